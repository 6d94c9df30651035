package lanyard.messaging.membership;

import static lanyard.TestServer.segment;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lanyard.messaging.account.Account;
import lanyard.messaging.account.AccountParts;
import lanyard.messaging.account.AccountSettings;
import lanyard.messaging.patient.TestRooms;
import lanyard.messaging.timeline.Messages;
import lanyard.messaging.timeline.Typing;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.platform.notify.Wakes;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.NewPerson.Post;
import lanyard.trust.identity.TestIdentity;
import lanyard.trust.policy.Policies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Membership with real rooms and people, and Matrix's own routes beside it.
final class TestMembership implements AutoCloseable {
    static final String MATRIX = "/_matrix/client/v3/rooms/";
    static final String OURS = "/_lanyard/v1/rooms/";

    final TestIdentity ward = TestIdentity.start();
    final TestRooms rooms = new TestRooms(ward);
    final Set<UserId> announced = new HashSet<>();
    final Set<RoomId> awaited = new HashSet<>();
    final Membership membership;
    final Account account;
    final TestHttp http;
    private int transactions;

    TestMembership() {
        var policies = new Policies(ward.database, ward.writer, ward.audit, ward.keys, ward.clock);
        policies.establish(TestIdentity.ORGANIZATION.odsCode());
        account = new Account(new AccountParts(
                ward.database,
                ward.writer,
                rooms.timeline,
                ward.identity,
                new Wakes(),
                new AccountSettings(URI.create("https://ward.test"), false, AccountSettings.Turn.NONE),
                new AccountParts.Given(ward.clock, ward.random)));
        membership = new Membership(new MembershipParts(
                ward.database,
                ward.writer,
                rooms.timeline,
                rooms.rooms,
                account.accountData(),
                new MembershipParts.Trust(ward.identity, policies, ward.audit),
                ward.clock));
        membership.urgentGoes((user, room) -> announced.contains(user));
        membership.keptOpenBy((commit, room) -> awaited.contains(room));
        var typing = new Typing(rooms.timeline);
        var messages =
                new Messages(rooms.timeline, rooms.marks, account.accountData()::markFullyRead, typing, ward.identity);
        messages.stands(membership.gate());
        http = TestHttp.serving(rooms.rooms, membership, messages);
    }

    UserId person(String localpart, String name, String role, String itsWard) {
        return person(localpart, name, new Post(role, itsWard, "", ""));
    }

    UserId person(String localpart, String name, Post post) {
        var id = ward.person(localpart, name, post);
        ward.writer.write(commit -> {
            ward.identity.people().reachable(commit, id);
            return id;
        });
        return id;
    }

    void moves(UserId user, String name, String to) {
        ward.writer.write(commit -> {
            ward.identity.people().update(commit, user, name, new Post("Nurse", to, "", ""));
            return user;
        });
    }

    /// The directory says so, and the jobs of half a minute have run.
    void leaves(UserId user) {
        ward.writer.write(commit -> {
            ward.identity.leave(commit, user, "a test", "a test");
            return user;
        });
        rooms.rooms.jobs((name, period, work) -> work.run());
    }

    Answer get(UserId user, RoomId room, String rest) {
        return http.get(OURS + segment(room.value()) + "/" + rest, rooms.token(user));
    }

    Answer post(UserId user, RoomId room, String rest, ObjectNode body) {
        return http.post(OURS + segment(room.value()) + "/" + rest, rooms.token(user), body);
    }

    Answer put(UserId user, RoomId room, String rest, ObjectNode body) {
        return http.put(OURS + segment(room.value()) + "/" + rest, rooms.token(user), body);
    }

    Answer matrix(UserId user, RoomId room, String rest, ObjectNode body) {
        return http.post(MATRIX + segment(room.value()) + "/" + rest, rooms.token(user), body);
    }

    /// As any app sends.
    Answer say(UserId user, RoomId room) {
        var body = Json.object().put("algorithm", "m.megolm.v1.aes-sha2").put("ciphertext", "sealed");
        var path = MATRIX + segment(room.value()) + "/send/m.room.encrypted/t" + ++transactions;
        return http.put(path, rooms.token(user), body);
    }

    static ObjectNode one(UserId user, String reason) {
        return Json.object().put("user_id", user.value()).put("reason", reason);
    }

    static ObjectNode team(UserId... users) {
        var body = Json.object().put("by", "ward").put("reason", "the ward's team");
        Arrays.stream(users).map(UserId::value).forEach(body.putArray("user_ids")::add);
        return body;
    }

    List<String> members(UserId reader, RoomId room) {
        return get(reader, room, "members")
                .json()
                .path("members")
                .valueStream()
                .map(member -> member.path("user_id").asString(""))
                .toList();
    }

    JsonNode member(UserId reader, RoomId room, UserId which) {
        return get(reader, room, "members")
                .json()
                .path("members")
                .valueStream()
                .filter(member -> member.path("user_id").asString("").equals(which.value()))
                .findFirst()
                .orElseThrow();
    }

    /// What the room says of itself.
    String said(RoomId room, String field) {
        return Json.object(mentioned(room).getBytes(StandardCharsets.UTF_8))
                .path(field)
                .asString("");
    }

    String mentioned(RoomId room) {
        return rooms.state(room, "org.lanyard.room", "").getLast();
    }

    @Override
    public void close() {
        http.close();
        rooms.close();
        ward.close();
    }
}
