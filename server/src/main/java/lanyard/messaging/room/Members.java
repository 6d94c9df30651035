package lanyard.messaging.room;

import lanyard.messaging.timeline.Draft;
import lanyard.messaging.timeline.Timeline;
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
    private final Timeline timeline;
    private final People people;

    Members(Timeline timeline, People people) {
        this.timeline = timeline;
        this.people = people;
    }

    /// Asks and joins in one go: a colleague is added by the organisation's word, so that the first message reaches
    /// them
    /// even before they open the app.
    void add(Commit commit, RoomId room, UserId by, UserId member) {
        invite(commit, room, by, member);
        join(commit, room, member);
    }

    void invite(Commit commit, RoomId room, UserId by, UserId guest) {
        change(commit, room, by, guest, named("invite", guest));
    }

    void join(Commit commit, RoomId room, UserId member) {
        change(commit, room, member, member, named("join", member));
    }

    void change(Commit commit, RoomId room, UserId by, UserId member, ObjectNode content) {
        timeline.append(commit, Draft.state(room, by, StateKey.member(member.value()), content));
    }

    private ObjectNode named(String membership, UserId member) {
        var content = Json.object().put("membership", membership);
        content.put("displayname", people.find(member).map(Person::displayName).orElseGet(member::localpart));
        return content;
    }
}
