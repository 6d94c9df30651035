package lanyard.messaging.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lanyard.messaging.room.RoomOrder.Guests;
import lanyard.messaging.room.RoomOrder.Piece;
import lanyard.messaging.room.RoomOrder.Shape;
import lanyard.messaging.timeline.Draft;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.StateEvent;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.RoomVersion;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.PowerLevels;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A room goes on as a new one of another version. <https://spec.matrix.org/v1.18/client-server-api/#room-upgrades>
final class UpgradeEndpoints {
    private static final StateKey POWER_LEVELS = StateKey.of("m.room.power_levels");
    private static final Set<String> TRANSFERRED = Set.of(
            "m.room.server_acl",
            "m.room.encryption",
            "m.room.name",
            "m.room.avatar",
            "m.room.topic",
            "m.room.guest_access",
            "m.room.history_visibility",
            "m.room.join_rules",
            "m.space.child");

    private final Rooms rooms;
    private final RoomParts parts;

    UpgradeEndpoints(Rooms rooms, RoomParts parts) {
        this.rooms = rooms;
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("POST /_matrix/client/v3/rooms/{roomId}/upgrade", this::upgradeRoom);
    }

    private Reply upgradeRoom(Exchange x) {
        var caller = parts.identity().caller(x);
        var old = parts.timeline().getRoomOf(caller.user(), new RoomId(x.param("roomId")));
        var version = RoomVersion.of(Json.text(x.body(), "new_version"));
        var creators = Json.optionalArray(x.body(), "additional_creators").orElseGet(Json::array);
        if (!parts.conformance()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Your organisation keeps its conversations up to date itself.");
        }
        var replacement =
                parts.writer().write(commit -> upgrade(commit, caller, old.id(), new Plan(version, creators)));
        return Reply.json(Json.object().put("replacement_room", replacement.value()));
    }

    private record Plan(RoomVersion version, ArrayNode creators) {}

    private RoomId upgrade(Commit commit, Caller caller, RoomId id, Plan plan) {
        var old = parts.timeline().getRoom(commit, id);
        var levels = PowerLevels.of(old.version(), old);
        if (levels.user(caller.user().value()) < levels.required("m.room.tombstone", true)) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You may not close this room.");
        }
        var order = new RoomOrder(
                caller.user(),
                caller.organization(),
                plan.version(),
                RoomKind.CLINICAL,
                "",
                new Guests(List.of(), List.of(), false),
                shape(old, caller.user(), plan),
                Optional.empty());
        var replacement = rooms.createAsCaller(commit, order);
        banned(commit, old, replacement, caller.user());
        rooms.aliases().move(commit, id, replacement);
        close(commit, old, caller.user(), replacement);
        var details = Json.object().put("replacement", replacement.value());
        rooms.audit(commit, new AuditEntry("room.upgraded", caller.user().value(), id.value(), "", details));
        return replacement;
    }

    private static Shape shape(RoomState old, UserId user, Plan plan) {
        var creation = Json.object();
        old.state(StateKey.of("m.room.create")).ifPresent(create -> {
            for (var field : new String[] {"type", "m.federate"}) {
                if (create.content().has(field)) {
                    creation.set(field, create.content().get(field));
                }
            }
            var predecessor =
                    creation.putObject("predecessor").put("room_id", old.id().value());
            if (!plan.version().roomIdIsCreateHash()) {
                predecessor.put("event_id", old.newest().value());
            }
        });
        creation.set("additional_creators", plan.creators());
        var state = new ArrayList<Piece>();
        old.allState().stream()
                .filter(event -> TRANSFERRED.contains(event.type()))
                .sorted((one, two) -> Long.compare(one.seq(), two.seq()))
                .forEach(event -> state.add(new Piece(new StateKey(event.type(), event.stateKey()), event.content())));
        return new Shape(
                Preset.PRIVATE_CHAT, creation, powerLevels(old, user, plan), state, List.of(), Optional.empty(), false);
    }

    /// The old room's levels, but that creators of a version 12 room stand above them and are not named.
    private static ObjectNode powerLevels(RoomState old, UserId user, Plan plan) {
        var levels = old.state(POWER_LEVELS)
                .map(StateEvent::content)
                .map(ObjectNode::deepCopy)
                .orElseGet(Json::object);
        var users = levels.get("users") instanceof ObjectNode there ? there : levels.putObject("users");
        if (plan.version().creatorsHaveInfinitePower()) {
            users.remove(user.value());
            plan.creators().forEach(creator -> users.remove(creator.asString("")));
            levels.withObject("/events").put("m.room.tombstone", 150);
        } else {
            var mine = PowerLevels.of(old.version(), old).user(user.value());
            users.put(user.value(), mine == PowerLevels.INFINITE ? 150 : mine);
        }
        return levels;
    }

    private void banned(Commit commit, RoomState old, RoomId replacement, UserId by) {
        old.withMembership("ban")
                .forEach(user -> rooms.members()
                        .change(commit, replacement, by, user, Json.object().put("membership", "ban")));
    }

    private void close(Commit commit, RoomState old, UserId by, RoomId replacement) {
        var content =
                Json.object().put("body", "This room has been replaced").put("replacement_room", replacement.value());
        parts.timeline().append(commit, Draft.state(old.id(), by, StateKey.of("m.room.tombstone"), content));
        var levels = PowerLevels.of(old.version(), old);
        if (levels.user(by.value()) >= levels.required("m.room.power_levels", true)) {
            var quiet = old.state(POWER_LEVELS)
                    .map(StateEvent::content)
                    .map(ObjectNode::deepCopy)
                    .orElseGet(Json::object);
            var above = Math.max(50, quiet.path("users_default").asLong(0) + 1);
            quiet.put(
                    "events_default",
                    Math.max(above, quiet.path("events_default").asLong(0)));
            quiet.put("invite", Math.max(above, quiet.path("invite").asLong(0)));
            parts.timeline().append(commit, Draft.state(old.id(), by, POWER_LEVELS, quiet));
        }
    }
}
