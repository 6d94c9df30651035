package lanyard.governance.carerecord;

import java.util.Locale;

/// Where a decision is on its way. As a word it is what our interface, room state and database say.
enum Status {
    WAITING,
    /// Somebody copies it into the record and says where it is.
    TO_PASTE,
    IN_RECORD,
    SAVED_TO_FOLDER,
    /// Somebody vouches that it is in the record.
    PASTED,
    REFUSED,
    DISPOSED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    boolean isAcknowledged() {
        return this == IN_RECORD || this == SAVED_TO_FOLDER || this == PASTED;
    }

    /// The record has had it, whatever became of the messages since.
    boolean isFiled() {
        return isAcknowledged() || this == DISPOSED;
    }
}
