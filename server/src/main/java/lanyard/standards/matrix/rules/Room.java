package lanyard.standards.matrix.rules;

import java.util.LinkedHashSet;
import java.util.Set;
import lanyard.standards.matrix.EventHashes;
import lanyard.standards.matrix.RoomVersion;
import tools.jackson.databind.node.ObjectNode;

/// What the rules ask of a room's state, in the specification's words.
record Room(RoomVersion version, ObjectNode create, AuthState state) {
    static final String CREATE = "m.room.create";
    static final String MEMBER = "m.room.member";
    static final String JOIN_RULES = "m.room.join_rules";
    static final String POWER_LEVELS = "m.room.power_levels";
    static final String THIRD_PARTY_INVITE = "m.room.third_party_invite";

    static String text(ObjectNode event, String field) {
        return event.path(field).stringValue("");
    }

    static String contentText(ObjectNode event, String field) {
        return event.path("content").path(field).stringValue("");
    }

    /// The domain of a user or room id; empty where there is none.
    static String domain(String id) {
        var colon = id.indexOf(':');
        return colon < 0 ? "" : id.substring(colon + 1);
    }

    /// Nobody asked, nobody answered: someone without a membership event has left.
    String membership(String user) {
        return state.event(MEMBER, user)
                .map(event -> contentText(event, "membership"))
                .orElse("leave");
    }

    boolean hasJoined(String user) {
        return membership(user).equals("join");
    }

    String joinRule() {
        return state.event(JOIN_RULES, "")
                .map(event -> contentText(event, "join_rule"))
                .orElse("invite");
    }

    PowerLevels powerLevels() {
        return PowerLevels.of(this);
    }

    /// Who made the room: the one whose first join needs no permission.
    String creator() {
        return version.namesCreatorInContent() ? contentText(create, "creator") : text(create, "sender");
    }

    /// Version 12: all who stand above the power levels. <https://spec.matrix.org/v1.18/rooms/v12/#authorisation-rules>
    Set<String> creators() {
        var creators = new LinkedHashSet<String>();
        creators.add(creator());
        for (var additional : create.path("content").path("additional_creators")) {
            creators.add(additional.stringValue(""));
        }
        return creators;
    }

    boolean isFirstAfterCreate(ObjectNode event) {
        var previous = event.path("prev_events");
        return previous.size() == 1
                && previous.path(0)
                        .stringValue("")
                        .equals(EventHashes.referenceHash(create, version).value());
    }
}
