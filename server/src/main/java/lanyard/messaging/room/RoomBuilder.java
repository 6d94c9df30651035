package lanyard.messaging.room;

import java.util.List;
import java.util.stream.Stream;
import lanyard.messaging.timeline.Draft;
import lanyard.messaging.timeline.OwnTypes;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.trust.identity.Organization;
import tools.jackson.databind.node.ObjectNode;

/// Writes the first events of a room, all in one batch. The organisation's service user creates it and stays, because
/// in room
/// version 12 a creator can never lose power and the organisation must stay in control (D1); the records custodian
/// joins
/// before encryption is set, so that nothing is ever said that could not be disclosed (D3); the person is a moderator.
final class RoomBuilder {
    private static final int MODERATOR = 50;
    private static final int ORGANISATION_ONLY = 100;
    /// What only the organisation changes in a room.
    private static final List<String> GUARDED = List.of(
            "m.room.encryption",
            "m.room.history_visibility",
            "m.room.power_levels",
            "m.room.server_acl",
            "m.room.tombstone",
            "m.room.guest_access",
            "m.room.join_rules",
            OwnTypes.RETENTION,
            "org.lanyard.retention",
            Rooms.STATE,
            "org.lanyard.patient",
            "org.lanyard.decision",
            "io.element.functional_members");

    private final Timeline timeline;
    private final Members members;
    private final Commit commit;
    private final RoomOrder order;
    private final Organization organization;

    RoomBuilder(Timeline timeline, Members members, Commit commit, RoomOrder order, Organization organization) {
        this.timeline = timeline;
        this.members = members;
        this.commit = commit;
        this.order = order;
        this.organization = organization;
    }

    /// Answers the room's id.
    RoomId build(Conversation conversation) {
        var service = organization.serviceUser();
        var room = create(service, new RoomId("!pending"));
        members.join(commit, room, service);
        state(room, service, StateKey.of("m.room.power_levels"), powerLevels());
        state(room, service, StateKey.of("m.room.join_rules"), Json.object().put("join_rule", "invite"));
        state(room, service, StateKey.of("m.room.history_visibility"), visibility());
        state(room, service, StateKey.of("m.room.guest_access"), Json.object().put("guest_access", "forbidden"));
        members.add(commit, room, service, organization.custodian());
        state(room, service, StateKey.of("m.room.encryption"), encryption());
        state(room, service, StateKey.of("io.element.functional_members"), functionalMembers(service));
        state(room, service, StateKey.of(Rooms.STATE), conversation.face());
        members.add(commit, room, service, order.owner());
        Stream.concat(order.shape().state().stream(), order.shape().named().stream())
                .filter(piece -> !GUARDED.contains(piece.key().type()))
                .forEach(piece -> state(room, order.owner(), piece.key(), piece.content()));
        var guests = order.guests();
        var direct = guests.direct() ? Json.object().put("is_direct", true) : Json.object();
        guests.members().forEach(member -> members.add(commit, room, order.owner(), member));
        guests.invited().forEach(guest -> members.invite(commit, room, order.owner(), guest, direct));
        return room;
    }

    private RoomId create(UserId creator, RoomId pending) {
        var content = Json.object().put("m.federate", false);
        // Only what a client may decide; who creates and which version is the server's word.
        Json.optionalText(order.shape().creation(), "type").ifPresent(type -> content.put("type", type));
        content.put("org.lanyard.kind", order.kind().word());
        var draft = Draft.state(pending, creator, StateKey.of("m.room.create"), content);
        return timeline.create(commit, order.organization(), order.version(), draft)
                .id();
    }

    private void state(RoomId room, UserId sender, StateKey key, ObjectNode content) {
        timeline.append(commit, Draft.state(room, sender, key, content));
    }

    private ObjectNode powerLevels() {
        var levels = Json.object();
        levels.put("ban", MODERATOR)
                .put("kick", MODERATOR)
                .put("redact", MODERATOR)
                .put("invite", MODERATOR);
        levels.put("state_default", MODERATOR).put("events_default", 0).put("users_default", 0);
        var events = levels.putObject("events");
        GUARDED.forEach(type -> events.put(type, ORGANISATION_ONLY));
        // Whoever ends a shift pins the handover note, and that is seldom the owner.
        events.put("m.room.pinned_events", 0);
        var users = levels.putObject("users");
        users.put(order.owner().value(), MODERATOR);
        // Nobody but the organisation can remove the custodian. It never acts: its device is sealed.
        users.put(organization.custodian().value(), ORGANISATION_ONLY);
        levels.putObject("notifications").put("room", MODERATOR);
        return levels;
    }

    /// A new member of a clinical room reads from joining on (G27).
    private ObjectNode visibility() {
        return Json.object().put("history_visibility", order.kind() == RoomKind.CLINICAL ? "joined" : "invited");
    }

    private static ObjectNode encryption() {
        return Json.object()
                .put("algorithm", "m.megolm.v1.aes-sha2")
                .put("rotation_period_ms", 86_400_000)
                .put("rotation_period_msgs", 100);
    }

    private ObjectNode functionalMembers(UserId service) {
        var content = Json.object();
        content.putArray("service_members")
                .add(service.value())
                .add(organization.custodian().value());
        return content;
    }
}
