package lanyard.governance.carerecord;

import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.UserId;

/// Who is told, in the deed that keeps the health record's acknowledgement, that the record has a file itself.
@FunctionalInterface
public interface RecordedFiles {
    void isInRecord(Commit commit, String media, UserId by, String reference);
}
