package lanyard;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lanyard.TestServer.Person;
import lanyard.governance.custodian.CaseOrder;
import lanyard.governance.custodian.CustodianCommand;
import lanyard.governance.custodian.CustodianPublic;
import lanyard.governance.custodian.Sender;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// A case from end to end: a client finds the custodian's device as any client would, shares its key with it, talks;
/// the room is exported, and two officers open it with nothing but their files.
@Rule("G17")
class CustodianStoryTest {
    private static final String V3 = "/_matrix/client/v3/";
    private static final UserId RECORDS = new UserId("@records:lanyard.localhost");

    @TempDir
    Path desk;

    @Test
    void twoOfficersOpenWhatTheServerCannot() throws IOException {
        try (var server = TestServer.demonstration(InstantSource.system(), Map.of())) {
            var rhian = server.signIn("rhian.lloyd");
            var room = conversation(server, rhian);
            var client = new Sender(rhian.id());
            var custodian = CaseFixture.custodianAsSeenBy(server, rhian);
            share(
                    server,
                    rhian,
                    custodian,
                    client.share(custodian, custodian.months().getFirst(), room));
            say(server, rhian, room, client.say(room, "give 500 ml"), "1");
            var hidden = say(server, rhian, room, client.say(room, "said in anger"), "2");
            server.put(
                    rhian, V3 + "rooms/" + segment(room.value()) + "/redact/" + segment(hidden) + "/r1", Json.object());

            var file = desk.resolve("case");
            var approval = new CaseOrder.Approval(new UserId("@lanyard:lanyard.localhost"), "SAR 17");
            var order = new CaseOrder("SAR-17", room, 0, Long.MAX_VALUE / 2_000, approval);
            Files.write(file, server.app().governance().custodian().export(order));

            assertThat(Files.readString(file)).doesNotContain("500 ml", "anger");
            var shares = shares(server);
            assertThat(open(file, shares.subList(0, 2)))
                    .contains("give 500 ml", "said in anger (hidden later)", "0 could not be opened");
            assertThat(open(file, List.of(shares.get(0), shares.get(2)))).contains("give 500 ml");
            assertThat(open(file, List.of(shares.get(1), shares.get(1)))).contains("two different officers");
            assertThat(open(file, shares.subList(0, 1))).contains("two officers");
        }
    }

    private static RoomId conversation(TestServer server, Person owner) {
        var body =
                Json.object().put("kind", "clinical").put("purpose", "Ward 7").put("request_id", "1");
        body.putArray("member_user_ids").add(server.signIn("amara.okafor").id());
        return new RoomId(server.post(owner, "/_lanyard/v1/conversations", body).text("room_id"));
    }

    private static void share(TestServer server, Person person, CustodianPublic custodian, ObjectNode content) {
        var body = Json.object();
        body.putObject("messages")
                .putObject(RECORDS.value())
                .set(custodian.months().getFirst().device().value(), content);
        assertThat(server.put(person, V3 + "sendToDevice/m.room.encrypted/1", body)
                        .status())
                .isEqualTo(200);
    }

    private static String say(TestServer server, Person person, RoomId room, ObjectNode content, String transaction) {
        var path = V3 + "rooms/" + segment(room.value()) + "/send/m.room.encrypted/" + transaction;
        return server.put(person, path, content).text("event_id");
    }

    private record Share(Path file, Path passphrase) {}

    private List<Share> shares(TestServer server) throws IOException {
        var shares = new ArrayList<Share>();
        for (var passphrase : server.first().passphrases().values()) {
            var number = shares.size() + 1;
            var kept = Files.writeString(desk.resolve("passphrase-" + number), passphrase);
            shares.add(new Share(server.data().resolve("custodian").resolve("officer-" + number + ".share"), kept));
        }
        return shares;
    }

    /// Without the server's data: opening asks for none.
    private static String open(Path file, List<Share> shares) {
        var arguments = new ArrayList<>(List.of("open", "--print", "--case", file.toString()));
        shares.forEach(share -> arguments.addAll(List.of(
                "--share",
                share.file().toString(),
                "--passphrase-file",
                share.passphrase().toString())));
        var said = new StringWriter();
        var printer = new PrintWriter(said);
        CustodianCommand.line(new CustodianCommand.Tools(
                        () -> {
                            throw new AssertionError("opening needs no server");
                        },
                        InstantSource.system(),
                        new SecureRandom()))
                .setOut(printer)
                .setErr(printer)
                .setExecutionExceptionHandler(CustodianCommand.refusing((e, command, parsed) -> {
                    throw e;
                }))
                .execute(arguments.toArray(String[]::new));
        return said.toString();
    }
}
