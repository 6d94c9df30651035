package lanyard.messaging.admin;

import java.util.List;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jspecify.annotations.Nullable;

/// A room's end and how far it has come.
record RoomDeletion(
        String id,
        RoomId room,
        UserId askedBy,
        boolean purge,
        Status status,
        List<String> sentAway,
        @Nullable String error) {
    /// As Synapse's words.
    enum Status {
        SHUTTING_DOWN,
        COMPLETE,
        FAILED;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    RoomDeletion now(Status next) {
        return new RoomDeletion(id, room, askedBy, purge, next, sentAway, error);
    }

    RoomDeletion failed(String why) {
        return new RoomDeletion(id, room, askedBy, purge, Status.FAILED, sentAway, why);
    }

    RoomDeletion without(List<UserId> gone) {
        var all = new java.util.ArrayList<>(sentAway);
        gone.forEach(user -> all.add(user.value()));
        return new RoomDeletion(id, room, askedBy, purge, status, List.copyOf(all), error);
    }
}
