package lanyard.messaging.membership;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lanyard.messaging.room.Conversation;
import lanyard.messaging.timeline.RoomState;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// Whose a conversation is. What could go wrong: its owner goes and nobody answers for who is in it. So whoever is an
/// owner when they leave has a successor in the same deed: the deputy, or who has been there longest.
final class Owners {
    private static final String POWER_LEVELS = "m.room.power_levels";
    private static final int MODERATOR = 50;

    private final MembershipParts parts;

    Owners(MembershipParts parts) {
        this.parts = parts;
    }

    /// Errors: `M_FORBIDDEN` for whoever is not the owner, `M_INVALID_PARAM` for whoever cannot be owner or deputy.
    void handOver(Caller caller, RoomId id, UserId owner, Optional<UserId> deputy) {
        parts.timeline().getRoomOf(caller.user(), id);
        parts.writer().write(commit -> {
            var room = parts.timeline().getRoom(commit, id);
            var before = parts.rooms()
                    .find(commit, id)
                    .filter(conversation -> conversation.owner().equals(caller.user()))
                    .orElseThrow(() -> new MatrixException(
                            ErrorCode.M_FORBIDDEN, "Only the owner names another owner or a deputy."));
            mustBeFit(room, owner);
            deputy.ifPresent(person -> mustBeFit(room, person));
            var after = before.ownedBy(owner, deputy.filter(person -> !person.equals(owner)));
            give(commit, before, after);
            audit(commit, "room.handed_over", caller.user(), after);
            return id;
        });
    }

    private void mustBeFit(RoomState room, UserId user) {
        var fit = parts.rooms().people(room).contains(user)
                && parts.identity()
                        .people()
                        .find(user)
                        .filter(person -> !person.isOutsider())
                        .isPresent();
        if (!fit) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "Owner and deputy are members of the conversation who work for this organisation.");
        }
    }

    /// Somebody is no longer in the room; it may have been theirs.
    void left(Commit commit, RoomState room, UserId user) {
        if (parts.rooms().closing().isBlocked(room.id())) {
            return;
        }
        parts.rooms().find(commit, room.id()).ifPresent(before -> {
            var deputy = before.deputy().filter(person -> !person.equals(user));
            if (before.owner().equals(user)) {
                successor(room, deputy).ifPresent(next -> {
                    var after = before.ownedBy(next, deputy.filter(person -> !person.equals(next)));
                    give(commit, before, after);
                    audit(commit, "room.owner_succeeded", serviceUser(room), after);
                });
            } else if (!deputy.equals(before.deputy())) {
                give(commit, before, before.ownedBy(before.owner(), deputy));
            }
        });
    }

    private UserId serviceUser(RoomState room) {
        return parts.rooms().organization(room).serviceUser();
    }

    private Optional<UserId> successor(RoomState room, Optional<UserId> deputy) {
        return deputy.filter(room::isJoined)
                .or(() -> parts.rooms().people(room).stream()
                        .filter(user -> parts.identity()
                                .people()
                                .find(user)
                                .filter(person -> !person.isOutsider())
                                .isPresent())
                        .min(Comparator.comparingLong(room::joinedSince)));
    }

    /// Whoever becomes owner or deputy can add and remove people and is told; whoever no longer is cannot.
    private void give(Commit commit, Conversation before, Conversation after) {
        var room = parts.timeline().getRoom(commit, after.room());
        var levels = room.state(StateKey.of(POWER_LEVELS))
                .map(event -> event.content().deepCopy())
                .orElseGet(Json::object);
        var users = levels.get("users") instanceof ObjectNode known ? known : levels.putObject("users");
        users.remove(before.owner().value());
        before.deputy().ifPresent(person -> users.remove(person.value()));
        users.put(after.owner().value(), MODERATOR);
        after.deputy().ifPresent(person -> users.put(person.value(), MODERATOR));
        parts.rooms().sendStateAsService(commit, after.room(), POWER_LEVELS, "", levels);
        var told = before.owner().equals(after.owner()) ? Set.<UserId>of() : Set.of(after.owner());
        parts.rooms().update(commit, after, List.copyOf(told));
    }

    private void audit(Commit commit, String action, UserId by, Conversation after) {
        var details = Json.object().put("owner", after.owner().value());
        after.deputy().ifPresent(person -> details.put("deputy", person.value()));
        var entry = new AuditEntry(action, by.value(), after.room().value(), "", details);
        parts.trust().audit().record(commit, entry);
    }
}
