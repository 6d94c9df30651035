package lanyard.messaging.urgent;

import java.util.Optional;
import lanyard.standards.matrix.UserId;

/// Somebody who was asked, and how far it has got with them.
///
/// @param quiet they are off duty and somebody covers who was asked too: their phone does not ring
/// @param passedTo a user id or a role's
record Asked(
        UserId user,
        int step,
        boolean quiet,
        Optional<Long> deliveredTs,
        Optional<Long> seenTs,
        Optional<Answer> answer,
        Optional<Long> answeredTs,
        Optional<String> passedTo) {
    boolean settles() {
        return answer.map(Answer::settles).orElse(false);
    }

    boolean mayStillAnswer() {
        return answer.isEmpty();
    }
}
