package lanyard.messaging.room;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a room is for, fixed at birth: it sets colour, retention, who may join, whether a patient can be linked and
/// what may
/// be forwarded. Holds G29: social groups stay apart from clinical and operational ones.
public enum RoomKind {
    CLINICAL,
    OPERATIONAL,
    SOCIAL;

    public static Optional<RoomKind> find(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
