package lanyard.governance.carerecord;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import lanyard.standards.matrix.UserId;

/// To whom a decision was sent in the conversation, and when.
///
/// What could go wrong: a patient's record says of somebody that they were told who were not, or names people for ever
/// who had nothing to do with it. The principles: only those are told who could see the summary when it was sent and
/// are in the conversation still; that they have read it is not said; of a large conversation those are named who took
/// part in the decision, and the others are counted.
///
/// @param others how many more there were who are not named
record Told(Instant sent, List<Clinician> people, int others) {
    static final int MOST_NAMED = 30;

    Told {
        people = List.copyOf(people);
    }

    /// @param tookPart who is named of a conversation that is too large to name everybody
    static Told of(Instant sent, List<Clinician> everybody, Set<UserId> tookPart) {
        if (everybody.size() <= MOST_NAMED) {
            return new Told(sent, everybody, 0);
        }
        var named = everybody.stream()
                .filter(one -> tookPart.contains(one.user()))
                .limit(MOST_NAMED)
                .toList();
        return new Told(sent, named, everybody.size() - named.size());
    }

    @Override
    public String toString() {
        return "Told[hidden]";
    }
}
