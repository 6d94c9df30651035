package lanyard.messaging.room;

import static lanyard.TestServer.segment;

import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The routes of one room, for tests.
record TestRoom(TestServer server, String id) {
    static final String V3 = "/_matrix/client/v3/";

    static TestRoom create(TestServer server, Person owner, ObjectNode body) {
        return new TestRoom(server, server.post(owner, V3 + "createRoom", body).text("room_id"));
    }

    /// A room of a version with a join rule, and whatever else `state` names.
    static ObjectNode asked(String version, String joinRule) {
        var body = Json.object().put("room_version", version);
        var rule = body.putArray("initial_state").addObject().put("type", "m.room.join_rules");
        rule.putObject("content").put("join_rule", joinRule);
        return body;
    }

    String path(String rest) {
        return V3 + "rooms/" + segment(id) + "/" + rest;
    }

    Answer post(Person person, String what, ObjectNode body) {
        return server.post(person, path(what), body);
    }

    Answer member(Person by, String what, Person whom) {
        return post(by, what, Json.object().put("user_id", whom.id()).put("reason", "because"));
    }

    Answer join(Person person) {
        return post(person, "join", Json.object());
    }

    Answer setState(Person person, String type, String key, ObjectNode content) {
        return server.put(person, path("state/" + type + "/" + segment(key)), content);
    }

    JsonNode state(Person person, String type, String key) {
        return server.get(person, path("state/" + type + "/" + segment(key))).body();
    }

    String membership(Person by, Person whom) {
        return state(by, "m.room.member", whom.id()).path("membership").asString("none");
    }
}
