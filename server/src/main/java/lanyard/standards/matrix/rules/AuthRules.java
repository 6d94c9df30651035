package lanyard.standards.matrix.rules;

import static lanyard.standards.matrix.rules.Room.contentText;
import static lanyard.standards.matrix.rules.Room.domain;
import static lanyard.standards.matrix.rules.Room.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lanyard.standards.matrix.RoomVersion;
import tools.jackson.databind.node.ObjectNode;

/// The authorisation rules of room versions 10, 11 and 12: may this event happen, given that state?
/// <https://spec.matrix.org/v1.18/server-server-api/#authorisation-rules>
///
/// Two halves: `checkAuthEvents` looks at what the event cites and is asked once, `check` looks at a state and is
/// asked for each state the event meets. Signatures are checked before either (`Signing.requiredSigners`).
public final class AuthRules {
    private AuthRules() {}

    /// Every rule that depends on a state: all but rule 3 (rule 2 in versions 10 and 11).
    public static AuthResult check(RoomVersion version, ObjectNode event, AuthState state) {
        var type = text(event, "type");
        // 1
        if (type.equals(Room.CREATE)) {
            return CreateRules.check(version, event);
        }
        var create = state.event(Room.CREATE, "");
        // 2 (in versions 10 and 11: 2.4)
        if (create.isEmpty() || !isRoomOf(version, event, create.get(), state)) {
            return AuthResult.refused("This event does not belong to a room that exists here.");
        }
        var room = new Room(version, create.get(), state);
        // 4
        var federates = create.get().path("content").path("m.federate").booleanValue(true);
        if (!federates && !domain(text(event, "sender")).equals(domain(text(create.get(), "sender")))) {
            return AuthResult.refused("This room is closed to people of other servers.");
        }
        // 5
        if (type.equals(Room.MEMBER)) {
            return MemberRules.check(room, event);
        }
        return checkDeed(room, event, type);
    }

    /// Rules 6 to 11: what somebody does who is in the room.
    private static AuthResult checkDeed(Room room, ObjectNode event, String type) {
        var sender = text(event, "sender");
        // 6
        if (!room.hasJoined(sender)) {
            return AuthResult.refused("You are not in this room.");
        }
        var levels = room.powerLevels();
        // 7.1
        if (type.equals(Room.THIRD_PARTY_INVITE)) {
            return levels.user(sender) >= levels.invite()
                    ? AuthResult.allowed()
                    : AuthResult.refused("You may not invite people to this room.");
        }
        // 8
        if (levels.required(type, event.has("state_key")) > levels.user(sender)) {
            return AuthResult.refused("You may not send this kind of event in this room.");
        }
        // 9
        var stateKey = text(event, "state_key");
        if (stateKey.startsWith("@") && !stateKey.equals(sender)) {
            return AuthResult.refused("Only the person whom this state names may set it.");
        }
        // 10
        if (type.equals(Room.POWER_LEVELS)) {
            return PowerLevelRules.check(room, event);
        }
        // 11
        return AuthResult.allowed();
    }

    /// Version 12: the room id is the create event's id. Before, the create event only names its room.
    private static boolean isRoomOf(RoomVersion version, ObjectNode event, ObjectNode create, AuthState state) {
        var room = version.roomIdIsCreateHash() ? state.madeBy(create, version).value() : text(create, "room_id");
        return !room.isEmpty() && text(event, "room_id").equals(room);
    }

    /// Rule 3 (rule 2 in versions 10 and 11): is what the event cites what it should cite? A create event cites nothing
    /// and is judged by `check` alone.
    public static AuthResult checkAuthEvents(RoomVersion version, ObjectNode event, List<AuthEvent> cited) {
        if (text(event, "type").equals(Room.CREATE)) {
            return AuthResult.allowed();
        }
        var selected = new HashSet<>(authEventTypes(version, event));
        var seen = new HashSet<StateKey>();
        for (var entry : cited) {
            var key = new StateKey(text(entry.event(), "type"), text(entry.event(), "state_key"));
            // 3.1
            if (!seen.add(key)) {
                return AuthResult.refused("The event cites two events for the same piece of state.");
            }
            // 3.2
            if (!entry.event().has("state_key") || !selected.contains(key)) {
                return AuthResult.refused("The event cites an event that has no bearing on it.");
            }
            // 3.3
            if (entry.rejected()) {
                return AuthResult.refused("The event relies on an event that was rejected.");
            }
        }
        // 2.4 in versions 10 and 11
        if (!version.roomIdIsCreateHash() && !seen.contains(new StateKey(Room.CREATE, ""))) {
            return AuthResult.refused("The event does not cite the room's create event.");
        }
        // 3.5
        if (cited.stream().anyMatch(entry -> !text(entry.event(), "room_id").equals(text(event, "room_id")))) {
            return AuthResult.refused("The event cites an event of another room.");
        }
        return AuthResult.allowed();
    }

    /// Which places of the room's state an event cites in `auth_events`, as far as they are filled. The event needs its
    /// `type`, `sender`, `state_key` (if any) and `content` only.
    /// <https://spec.matrix.org/v1.18/server-server-api/#auth-events-selection>
    public static List<StateKey> authEventTypes(RoomVersion version, ObjectNode event) {
        if (text(event, "type").equals(Room.CREATE)) {
            return List.of();
        }
        var keys = new LinkedHashSet<StateKey>();
        if (!version.roomIdIsCreateHash()) {
            keys.add(new StateKey(Room.CREATE, ""));
        }
        keys.add(new StateKey(Room.POWER_LEVELS, ""));
        keys.add(new StateKey(Room.MEMBER, text(event, "sender")));
        if (text(event, "type").equals(Room.MEMBER)) {
            addForMember(keys, event);
        }
        return new ArrayList<>(keys);
    }

    private static void addForMember(Set<StateKey> keys, ObjectNode event) {
        keys.add(new StateKey(Room.MEMBER, text(event, "state_key")));
        var membership = contentText(event, "membership");
        if (membership.equals("join") || membership.equals("invite") || membership.equals("knock")) {
            keys.add(new StateKey(Room.JOIN_RULES, ""));
        }
        var token =
                event.path("content").path("third_party_invite").path("signed").path("token");
        if (membership.equals("invite") && token.isString()) {
            keys.add(new StateKey(Room.THIRD_PARTY_INVITE, token.stringValue()));
        }
        var authoriser = event.path("content").path("join_authorised_via_users_server");
        if (membership.equals("join") && authoriser.isString()) {
            keys.add(new StateKey(Room.MEMBER, authoriser.stringValue()));
        }
    }

    /// Whether an accepted redaction is carried out: it needs the redact level, or the same server's author.
    /// <https://spec.matrix.org/v1.18/rooms/v12/#handling-redactions>
    public static boolean appliesRedaction(
            RoomVersion version, ObjectNode redaction, ObjectNode original, AuthState state) {
        var sender = text(redaction, "sender");
        var levels = PowerLevels.of(version, state);
        // 1
        if (levels.user(sender) >= levels.redact()) {
            return true;
        }
        // 2
        return domain(sender).equals(domain(text(original, "sender")));
    }
}
