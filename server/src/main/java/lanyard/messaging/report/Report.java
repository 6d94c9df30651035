package lanyard.messaging.report;

import java.time.Instant;
import lanyard.standards.matrix.UserId;

/// One report. `room`, `event` and `subject` are empty strings where it is not about one.
///
/// @param reason what the reporter says, opened
public record Report(long id, UserId reporter, String organization, About about, String reason, Instant at) {
    /// What is reported.
    public record About(String room, String event, String subject) {
        static About room(String room) {
            return new About(room, "", "");
        }

        static About person(UserId subject) {
            return new About("", "", subject.value());
        }
    }
}
