package lanyard.governance.carerecord;

import java.util.Locale;

/// Where a decision is on its way. As a word it is what our interface, room state and database say.
enum Status {
    WAITING,
    IN_RECORD,
    SAVED_TO_FOLDER,
    REFUSED,
    DISPOSED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    boolean isAcknowledged() {
        return this == IN_RECORD || this == SAVED_TO_FOLDER;
    }
}
