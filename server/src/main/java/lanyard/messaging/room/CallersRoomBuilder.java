package lanyard.messaging.room;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lanyard.messaging.room.RoomOrder.Piece;
import lanyard.messaging.timeline.Draft;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.node.ObjectNode;

/// Conformance and load tests only: a room whose creator is the caller, made as Matrix's specification says, and that
/// holds nobody else. <https://spec.matrix.org/v1.18/client-server-api/#post_matrixclientv3createroom>
final class CallersRoomBuilder {
    private static final int ADMIN = 100;
    private static final int ABOVE_ADMIN = 150;
    private static final int MODERATOR = 50;
    private static final StateKey POWER_LEVELS = StateKey.of("m.room.power_levels");
    private static final StateKey CANONICAL_ALIAS = StateKey.of("m.room.canonical_alias");

    private final Timeline timeline;
    private final Members members;
    private final Commit commit;
    private final RoomOrder order;

    CallersRoomBuilder(Timeline timeline, Members members, Commit commit, RoomOrder order) {
        this.timeline = timeline;
        this.members = members;
        this.commit = commit;
        this.order = order;
    }

    /// The room with its creator alone in it, before anything else is said.
    RoomId begin() {
        var content = order.shape().creation().deepCopy();
        content.remove(List.of("creator", "room_version", "additional_creators"));
        if (!content.has("m.federate")) {
            content.put("m.federate", false);
        }
        if (order.version().namesCreatorInContent()) {
            content.put("creator", order.owner().value());
        }
        var additional = additionalCreators();
        if (!additional.isEmpty()) {
            additional.forEach(content.putArray("additional_creators")::add);
        }
        var draft = Draft.state(new RoomId("!pending"), order.owner(), StateKey.of("m.room.create"), content);
        var room = timeline.create(commit, order.organization(), order.version(), draft)
                .id();
        members.join(commit, room, order.owner());
        return room;
    }

    private Set<String> additionalCreators() {
        var creators = new LinkedHashSet<String>();
        if (order.version().creatorsHaveInfinitePower()) {
            for (var creator : Json.optionalArray(order.shape().creation(), "additional_creators")
                    .orElseGet(Json::array)) {
                creators.add(new UserId(creator.asString("")).value());
            }
            if (order.shape().preset() == Preset.TRUSTED_PRIVATE_CHAT) {
                order.guests().invited().forEach(guest -> creators.add(guest.value()));
            }
            creators.remove(order.owner().value());
        }
        return creators;
    }

    /// Everything after the creator's joining.
    void furnish(RoomId room) {
        var shape = order.shape();
        allowed(() -> state(room, new Piece(POWER_LEVELS, powerLevels())));
        shape.alias()
                .ifPresent(alias ->
                        state(room, new Piece(CANONICAL_ALIAS, Json.object().put("alias", alias.value()))));
        shape.preset().pieces().stream()
                .filter(piece -> !shape.says(piece.key()))
                .forEach(piece -> state(room, piece));
        allowed(() -> shape.state().forEach(piece -> state(room, piece)));
        allowed(() -> shape.named().forEach(piece -> state(room, piece)));
        order.guests().invited().forEach(guest -> members.invite(commit, room, order.owner(), guest, direct()));
    }

    private ObjectNode direct() {
        return order.guests().direct() ? Json.object().put("is_direct", true) : Json.object();
    }

    /// A room that its own state would not allow is a mistake of whoever asked for it.
    private static void allowed(Runnable state) {
        try {
            state.run();
        } catch (MatrixException refused) {
            throw refused.code() == ErrorCode.M_FORBIDDEN
                    ? new MatrixException(
                            ErrorCode.M_INVALID_ROOM_STATE,
                            "The room's own rules would not allow its state: "
                                    + Optional.ofNullable(refused.getMessage()).orElse(""))
                    : refused;
        }
    }

    private void state(RoomId room, Piece piece) {
        timeline.append(commit, Draft.state(room, order.owner(), piece.key(), piece.content()));
    }

    private ObjectNode powerLevels() {
        var levels = Json.object();
        for (var field : List.of("ban", "kick", "redact", "state_default")) {
            levels.put(field, MODERATOR);
        }
        for (var field : List.of("invite", "events_default", "users_default")) {
            levels.put(field, 0);
        }
        var above = order.version().creatorsHaveInfinitePower();
        var events = levels.putObject("events");
        for (var type : List.of("m.room.name", "m.room.avatar", "m.room.topic", "m.room.canonical_alias")) {
            events.put(type, MODERATOR);
        }
        for (var type :
                List.of("m.room.power_levels", "m.room.history_visibility", "m.room.server_acl", "m.room.encryption")) {
            events.put(type, ADMIN);
        }
        events.put("m.room.tombstone", above ? ABOVE_ADMIN : ADMIN);
        var users = levels.putObject("users");
        if (!above) {
            users.put(order.owner().value(), ADMIN);
            if (order.shape().preset() == Preset.TRUSTED_PRIVATE_CHAT) {
                order.guests().invited().forEach(guest -> users.put(guest.value(), ADMIN));
            }
        }
        levels.setAll(order.shape().powerLevels());
        return levels;
    }
}
