package lanyard.messaging.admin;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// Walks `docs/administration.md`: every call that Ketesa and Element Admin make is answered as it says.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminCallsTest {
    private static final Pattern ROW =
            Pattern.compile("\\| `(GET|PUT|POST|DELETE) (\\S+)` \\| \\w+ \\| (yes|no: .*) \\|");
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z]+)}");
    private static final Map<String, ObjectNode> BODIES = Map.of(
            "block", Json.object().put("block", false),
            "suspend", Json.object().put("suspend", true),
            "delete_devices", devices("NONE"));

    private TestServer server;
    private Person boss;
    private Person staff;
    private final Map<String, String> parameters = new HashMap<>();

    record Call(String method, String path, String answer) {}

    static Stream<Call> calls() {
        var calls = ROW.matcher(table())
                .results()
                .map(row -> new Call(row.group(1), row.group(2), row.group(3)))
                .toList();
        assertThat(calls).hasSizeGreaterThan(70);
        return calls.stream();
    }

    private static String table() {
        try {
            return Files.readString(Path.of("../docs/administration.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode devices(String device) {
        var body = Json.object();
        body.putArray("devices").add(device);
        return body;
    }

    @BeforeAll
    void start() {
        server = TestServer.conformance();
        boss = server.register("boss");
        staff = server.register("staff");
        server.appoint(boss);
        var room = server.room(boss, staff);
        var event = server.send(staff, room, "1", "very private words").text("event_id");
        server.post(
                boss,
                "/_matrix/client/v3/rooms/" + segment(room) + "/report/" + segment(event),
                Json.object().put("reason", "unkind"));
        parameters.put("userId", staff.id());
        parameters.put("deviceId", staff.device());
        parameters.put("roomId", room);
        parameters.put("eventId", event);
        parameters.put("serverName", "lanyard.localhost");
        parameters.put(
                "reportId",
                server.get(boss, "/_synapse/admin/v1/event_reports")
                        .body()
                        .path("event_reports")
                        .path(0)
                        .path("id")
                        .toString());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// Retention has run out for it, and the time to call its disposal off is over.
    private String oldFile() {
        var owner = server.register("owner" + UUID.randomUUID());
        var file = server.raw("POST", "/_matrix/media/v3/upload", owner, new byte[] {1, 2, 3})
                .text("content_uri")
                .replaceAll(".*/", "");
        server.database().write(tx -> tx.update("""
                                update media set uploaded_at = uploaded_at - interval '9 years' where media_id = :id
                                """).bind("id", file).execute());
        server.expire();
        server.database()
                .write(tx ->
                        tx.update("update file_order set destroy_from_ts = 0").execute());
        return file;
    }

    /// Each call has its own: a walk in which one takes away what the next asks for says nothing.
    private String fresh(String name) {
        return switch (name) {
            case "mediaId" -> oldFile();
            case "deleteId" -> {
                var room = server.room(boss);
                var path = "/_synapse/admin/v2/rooms/" + segment(room);
                yield server.call("DELETE", path, boss, Json.object()).text("delete_id");
            }
            case "token" ->
                server.post(boss, "/_synapse/admin/v1/registration_tokens/new", Json.object())
                        .text("token");
            default -> parameters.getOrDefault(name, "x");
        };
    }

    private Answer call(Person person, Call call) {
        var path = PARAMETER
                .matcher(call.path())
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(segment(fresh(found.group(1)))));
        var ends = call.method().equals("DELETE") && path.contains("/v2/rooms/");
        if (ends || call.path().endsWith("/delete_status")) {
            var room = server.room(boss);
            path = path.replace(segment(fresh("roomId")), segment(room));
            if (call.method().equals("GET")) {
                server.call("DELETE", "/_synapse/admin/v2/rooms/" + segment(room), boss, Json.object());
            }
        }
        if (call.path().contains("deactivate")) {
            path = path.replace(
                    segment(staff.id()), segment(server.register("leaver").id()));
        }
        if (path.endsWith("username_available")) {
            path += "?username=newcomer";
        }
        var last = call.path().replaceAll("/\\{[^}]*}$", "").replaceAll(".*/", "");
        return server.call(
                call.method(),
                path,
                person,
                call.method().equals("GET") ? null : BODIES.getOrDefault(last, Json.object()));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void eachCallIsAnsweredAsTheTableSays(Call call) {
        var answer = call(boss, call);
        if (call.answer().equals("yes")) {
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        } else {
            assertThat(answer.text("errcode")).as(answer.body().toString()).isEqualTo("M_FORBIDDEN");
            assertThat("no: " + answer.text("error")).isEqualTo(call.answer());
        }
        assertThat(answer.body().toString()).doesNotContain("private words");
        if (call.answer().equals("yes") && !call.path().contains("deactivate")) {
            var refused = call(staff, call);
            assertThat(List.of("M_FORBIDDEN", "M_USER_SUSPENDED", "M_UNKNOWN_TOKEN"))
                    .contains(refused.text("errcode"));
        }
    }
}
