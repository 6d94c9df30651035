package lanyard;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lanyard.TestServer.Person;
import lanyard.governance.custodian.CustodianPublic;
import lanyard.governance.custodian.CustodianPublic.MonthDevice;
import lanyard.governance.custodian.Order;
import lanyard.governance.custodian.Sender;
import lanyard.governance.custodian.TestOfficer;
import lanyard.governance.custodian.Unsealing;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// Staff whose clients encrypt and share their keys with the custodian, and the three officers of the demonstration.
final class CaseFixture {
    static final String V3 = "/_matrix/client/v3/";
    static final UserId RECORDS = new UserId("@records:lanyard.localhost");
    static final UserId REQUESTER = new UserId("@helen.ashworth:lanyard.localhost");
    static final UserId APPROVER = new UserId("@samir.haddad:lanyard.localhost");
    private static final long EVER = 4_000_000_000_000L;

    private final TestServer server;
    private final Map<String, Sender> clients = new HashMap<>();
    private int transaction;

    CaseFixture(TestServer server) {
        this.server = server;
    }

    Unsealing unsealing() {
        return server.app().governance().custodian().unsealing();
    }

    RoomId conversation(Person owner, Person... others) {
        return conversation("Ward 7", owner, others);
    }

    RoomId conversation(String purpose, Person owner, Person... others) {
        var body = Json.object()
                .put("kind", "clinical")
                .put("purpose", purpose)
                .put("request_id", "case-" + transaction++);
        var members = body.putArray("member_user_ids");
        for (var other : others) {
            members.add(other.id());
        }
        return new RoomId(server.post(owner, "/_lanyard/v1/conversations", body).text("room_id"));
    }

    /// A new session of the person's in the room, shared with the custodian.
    void share(Person person, RoomId room) {
        var client = client(person, room);
        var custodian = custodianAsSeenBy(server, person);
        var body = Json.object();
        body.putObject("messages")
                .putObject(RECORDS.value())
                .set(
                        custodian.months().getFirst().device().value(),
                        client.share(custodian, custodian.months().getFirst(), room));
        server.put(person, V3 + "sendToDevice/m.room.encrypted/case-" + transaction++, body);
    }

    private Sender client(Person person, RoomId room) {
        return clients.computeIfAbsent(person.id() + " " + room, _ -> new Sender(person.id()));
    }

    EventId say(Person person, RoomId room, String text) {
        return say(person, room, Json.object().put("msgtype", "m.text").put("body", text));
    }

    /// Encrypted and not sent yet.
    ObjectNode said(Person person, RoomId room, String text) {
        return client(person, room)
                .sayContent(room, Json.object().put("msgtype", "m.text").put("body", text));
    }

    EventId say(Person person, RoomId room, ObjectNode content) {
        return send(person, room, client(person, room).sayContent(room, content));
    }

    /// An edit: what it relates to stands outside the encrypted part, as clients write it.
    EventId edit(Person person, RoomId room, EventId of, String text) {
        var content = Json.object().put("msgtype", "m.text").put("body", "* " + text);
        content.putObject("m.new_content").put("msgtype", "m.text").put("body", text);
        content.set("m.relates_to", relation(of));
        var encrypted = client(person, room).sayContent(room, content);
        encrypted.set("m.relates_to", relation(of));
        return send(person, room, encrypted);
    }

    private static ObjectNode relation(EventId of) {
        return Json.object().put("rel_type", "m.replace").put("event_id", of.value());
    }

    EventId send(Person person, RoomId room, ObjectNode content) {
        var path = V3 + "rooms/" + segment(room.value()) + "/send/m.room.encrypted/case-" + transaction++;
        var sent = server.put(person, path, content);
        if (sent.status() != 200) {
            throw new AssertionError("not sent: " + sent.body());
        }
        return new EventId(sent.text("event_id"));
    }

    void hide(Person person, RoomId room, EventId event) {
        var path = V3 + "rooms/" + segment(room.value()) + "/redact/" + segment(event.value()) + "/case-";
        server.put(person, path + transaction++, Json.object());
    }

    static CustodianPublic custodianAsSeenBy(TestServer server, Person person) {
        var query = Json.object();
        query.putObject("device_keys").putArray(RECORDS.value());
        var keys = server.post(person, V3 + "keys/query", query).body();
        var devices = keys.path("device_keys").path(RECORDS.value());
        assertThat(devices.size()).isOne();
        var deviceKeys = (ObjectNode) devices.values().iterator().next();
        var device = new DeviceId(deviceKeys.path("device_id").asString());
        var claim = Json.object();
        claim.putObject("one_time_keys").putObject(RECORDS.value()).put(device.value(), "signed_curve25519");
        var claimed = server.post(person, V3 + "keys/claim", claim).body();
        var fallback = claimed.path("one_time_keys")
                .path(RECORDS.value())
                .path(device.value())
                .properties()
                .iterator()
                .next();
        var month = new MonthDevice(
                YearMonth.from(InstantSource.system().instant().atOffset(ZoneOffset.UTC)),
                device,
                deviceKeys,
                fallback.getKey(),
                (ObjectNode) fallback.getValue());
        return new CustodianPublic(
                RECORDS,
                (ObjectNode) keys.path("master_keys").path(RECORDS.value()),
                (ObjectNode) keys.path("self_signing_keys").path(RECORDS.value()),
                List.of(month));
    }

    /// The three officers: company secretary, director of nursing, head of internal audit.
    List<TestOfficer> officers() {
        var officers = new ArrayList<TestOfficer>();
        var people = List.of("@martin.doyle", "@ngozi.eze", "@victor.sandhu");
        for (var passphrase : server.first().passphrases().values()) {
            var number = officers.size() + 1;
            Path file = server.data().resolve("custodian").resolve("officer-" + number + ".share");
            officers.add(TestOfficer.of(people.get(officers.size()) + ":lanyard.localhost", file, passphrase));
        }
        return officers;
    }

    static Order order(String caseId, RoomId... rooms) {
        return order(caseId, java.util.Set.of(), rooms);
    }

    static Order order(String caseId, java.util.Set<UserId> excluded, RoomId... rooms) {
        var spans = java.util.Arrays.stream(rooms)
                .map(room -> new Order.Span(room, 0, EVER))
                .toList();
        return new Order(
                caseId, Demonstration.ODS_CODE, spans, excluded, REQUESTER, APPROVER, "a subject access request");
    }
}
