package lanyard.messaging.room;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Organization;

/// How administrators end a room: nobody comes in any more, and everybody is sent away. What was said is not touched
/// here; the organisation's own members stay, so that a closed room can still be disclosed from.
public final class RoomClosing {
    private static final Set<String> INSIDE = Set.of("join", "invite", "knock");

    private final RoomParts parts;
    private final Members members;
    private final Aliases aliases;
    private final RoomBlockStore store = new RoomBlockStore();
    private final Set<RoomId> blocked = ConcurrentHashMap.newKeySet();

    RoomClosing(RoomParts parts, Members members, Aliases aliases) {
        this.parts = parts;
        this.members = members;
        this.aliases = aliases;
        blocked.addAll(parts.database().read(store::list));
    }

    public boolean isBlocked(RoomId room) {
        return blocked.contains(room);
    }

    /// From now on nobody comes in, or people may again.
    public void block(Commit commit, RoomId room, UserId by, boolean block) {
        if (block) {
            store.add(commit.tx(), room, by, parts.clock().instant());
        } else {
            store.remove(commit.tx(), room);
        }
        var action = block ? "room.blocked" : "room.unblocked";
        parts.audit().record(commit, new AuditEntry(action, by.value(), room.value(), "", Json.object()));
        commit.afterCommit(() -> {
            if (block) {
                blocked.add(room);
            } else {
                blocked.remove(room);
            }
        });
    }

    /// Errors: `M_FORBIDDEN` for who would come into a blocked room.
    void mustBeOpen(RoomId room, String membership) {
        if (INSIDE.contains(membership) && isBlocked(room)) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "This conversation has been closed by an administrator.");
        }
    }

    /// Sends up to `most` people away, in the organisation's name where it is in the room; answers who went. Empty when
    /// nobody is left.
    public List<UserId> sendAway(Commit commit, RoomId id, int most) {
        var room = parts.timeline().getRoom(commit, id);
        var organization = parts.identity().organizations().get(room.organization());
        aliases.publish(commit, id, false);
        var present = INSIDE.stream()
                .flatMap(room::withMembership)
                .filter(user -> !isOwn(organization, user))
                .sorted()
                .limit(most)
                .toList();
        for (var user : present) {
            var by = room.isJoined(organization.serviceUser()) ? organization.serviceUser() : user;
            var content = Json.object().put("membership", "leave");
            content.put("reason", "An administrator has closed this conversation.");
            members.change(commit, id, by, user, content);
        }
        return present;
    }

    private static boolean isOwn(Organization organization, UserId user) {
        return user.equals(organization.serviceUser()) || user.equals(organization.custodian());
    }
}
