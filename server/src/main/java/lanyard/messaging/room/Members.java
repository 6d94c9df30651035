package lanyard.messaging.room;

import java.util.Optional;
import java.util.Set;
import lanyard.messaging.timeline.Draft;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.Timeline;
import lanyard.messaging.timeline.TimelineEvent;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.trust.identity.People;
import lanyard.trust.identity.Person;
import tools.jackson.databind.node.ObjectNode;

/// Membership events. Names in them are the organisation's, not the person's to choose.
final class Members {
    private static final Set<String> INSIDE = Set.of("join", "invite", "knock");

    private final Timeline timeline;
    private final People people;
    private final Door door;

    /// Asked before each change and told after it.
    interface Door {
        void before(RoomId room, String membership);

        void after(Commit commit, MemberChange change);
    }

    Members(Timeline timeline, People people, Door door) {
        this.timeline = timeline;
        this.people = people;
        this.door = door;
    }

    /// Asks and joins in one go: a colleague is added by the organisation's word, so that the first message reaches
    /// them
    /// even before they open the app.
    void add(Commit commit, RoomId room, UserId by, UserId member) {
        invite(commit, room, by, member);
        join(commit, room, member);
    }

    void invite(Commit commit, RoomId room, UserId by, UserId guest) {
        invite(commit, room, by, guest, Json.object());
    }

    /// `more` goes into the content: a reason, that it is a chat between two.
    void invite(Commit commit, RoomId room, UserId by, UserId guest, ObjectNode more) {
        var content = named("invite", guest);
        content.setAll(more);
        change(commit, room, by, guest, content);
    }

    void join(Commit commit, RoomId room, UserId member) {
        join(commit, room, member, Json.object());
    }

    void join(Commit commit, RoomId room, UserId member, ObjectNode more) {
        var content = named("join", member);
        content.setAll(more);
        change(commit, room, member, member, content);
    }

    /// Asks to be let in.
    void knock(Commit commit, RoomId room, UserId member, ObjectNode more) {
        var content = named("knock", member);
        content.setAll(more);
        change(commit, room, member, member, content);
    }

    TimelineEvent change(Commit commit, RoomId room, UserId by, UserId member, ObjectNode content) {
        var membership = content.path("membership").asString("");
        door.before(room, membership);
        var event = timeline.append(commit, Draft.state(room, by, StateKey.member(member.value()), content));
        var reason = content.path("reason").asString("");
        door.after(commit, new MemberChange(room, by, member, membership, reason));
        return event;
    }

    /// Ends a membership in the organisation's name where it is in the room. Answers in whose name; empty when they
    /// were not inside.
    Optional<UserId> takeOut(Commit commit, RoomState room, UserId service, UserId member, String reason) {
        if (!INSIDE.contains(room.membership(member))) {
            return Optional.empty();
        }
        var by = room.isJoined(service) ? service : member;
        var content = Json.object().put("membership", "leave").put("reason", reason);
        change(commit, room.id(), by, member, content);
        return Optional.of(by);
    }

    private ObjectNode named(String membership, UserId member) {
        var content = Json.object().put("membership", membership);
        content.put("displayname", people.find(member).map(Person::displayName).orElseGet(member::localpart));
        return content;
    }
}
