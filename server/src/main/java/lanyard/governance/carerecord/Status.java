package lanyard.governance.carerecord;

import java.util.Locale;

/// Where a decision is on its way. As a word it is what our interface, room state and database say.
enum Status {
    WAITING,
    /// Somebody copies it into the record and says where it is.
    TO_PASTE,
    IN_RECORD,
    /// A file lies in a folder, and nobody has said that what it says is in the record.
    SAVED_TO_FOLDER,
    /// Somebody vouches that it is in the record.
    PASTED,
    REFUSED,
    /// Marked as entered in error before anybody could have it: it goes nowhere any more.
    WITHDRAWN,
    DISPOSED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    boolean isAcknowledged() {
        return this == IN_RECORD || this == PASTED;
    }

    /// The record has had it, whatever became of the messages since.
    boolean isFiled() {
        return isAcknowledged() || this == DISPOSED;
    }

    /// Nobody waits for it to come into the record.
    boolean isOver() {
        return isFiled() || this == WITHDRAWN;
    }

    /// It left us, and can be corrected by a document that follows it.
    boolean isSent() {
        return isFiled() || this == SAVED_TO_FOLDER;
    }
}
