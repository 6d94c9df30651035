package lanyard.messaging.room;

import java.util.List;
import java.util.Map;
import java.util.Set;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;

/// Takes people who have left the organisation out of their rooms, so that nobody goes on talking to who is not there
/// and phones stop encrypting to them.
///
/// What could go wrong: a room is forgotten. So what is left to do is not remembered but looked up, in the membership
/// itself, each time until there is nothing; a crash in between costs half a minute.
final class LeaversRooms {
    private static final Set<String> INSIDE = Set.of("join", "invite", "knock");
    /// What one deed may take on: others wait for it.
    private static final int ROOMS_AT_ONCE = 20;

    private final RoomParts parts;
    private final Members members;

    LeaversRooms(RoomParts parts, Members members) {
        this.parts = parts;
        this.members = members;
    }

    /// The job's work.
    void takeOut() {
        parts.identity().leavers().listInRooms().forEach(this::takeOut);
    }

    private void takeOut(UserId user) {
        var rooms = roomsOf(user);
        for (var from = 0; from < rooms.size(); from += ROOMS_AT_ONCE) {
            var some = rooms.subList(from, Math.min(rooms.size(), from + ROOMS_AT_ONCE));
            parts.timeline().prepare(some);
            parts.writer().write(commit -> {
                some.forEach(room -> takeOut(commit, room, user));
                return some;
            });
        }
        // Whoever was asked into a room meanwhile is found the next time.
        if (rooms.isEmpty()) {
            parts.writer().write(commit -> {
                parts.identity().leavers().leftRooms(commit, user);
                return user;
            });
        }
    }

    private List<RoomId> roomsOf(UserId user) {
        return parts.timeline().memberships().of(user).entrySet().stream()
                .filter(entry -> INSIDE.contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void takeOut(Commit commit, RoomId id, UserId user) {
        var room = parts.timeline().getRoom(commit, id);
        var service = parts.identity().organizations().get(room.organization()).serviceUser();
        members.takeOut(commit, room, service, user, "They have left the organisation.")
                .ifPresent(by -> {
                    var details = Json.object().put("member", user.value());
                    var entry = new AuditEntry("room.leaver_taken_out", by.value(), id.value(), "", details);
                    parts.audit().record(commit, entry);
                });
    }
}
