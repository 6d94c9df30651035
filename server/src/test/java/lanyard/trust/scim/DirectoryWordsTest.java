package lanyard.trust.scim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditSearch;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What a directory has said counts, though it was said too early or together with something that cannot be had.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectoryWordsTest {
    private static final String USERS = "/scim/v2/Users";

    private final TestIdentity ground = TestIdentity.start();
    private final Scim scim =
            new Scim(new ScimParts(ground.ground(), ground.identity, URI.create("https://ward.test"), true));
    private TestHttp http;
    private String token;

    @BeforeAll
    void start() {
        scim.photographs(new Busy());
        http = TestHttp.routing(routes -> {
            ground.identity.routes(routes);
            scim.routes(routes);
        });
        var boss = ground.person("boss", "The Boss");
        ground.writer.write(commit -> {
            ground.identity.moderation().appoint(commit, boss, true, "@lanyard:ward.test");
            return boss;
        });
        var administrator = ground.signedIn(boss).accessToken();
        token = Json.text(
                http.post("/_lanyard/v1/scim/tokens", administrator, Json.object())
                        .json(),
                "token");
    }

    @AfterAll
    void close() {
        http.close();
        ground.close();
    }

    private Answer send(String method, String path, String body) {
        return http.send(method, path, token, body.getBytes(StandardCharsets.UTF_8));
    }

    /// Most directories send only what changes. (A control character in what else was said keeps no server from
    /// starting.)
    @Test
    void aStaffNumberThatWasSaidBeforeThereWasAColumnForItCountsAsWell() throws IOException {
        for (var user : List.of("kim.one", "kim.two")) {
            var answer = send("POST", USERS, """
                    {"userName":"%s","displayName":"Kim","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                        {"employeeNumber":"77","department":"O\\"Hara\\u0001"}}
                    """.formatted(user));
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        }
        ground.database.write(
                tx -> tx.update("update person set staff_number = ''").execute());
        var one = TestIdentity.user("kim.one");
        assertThat(ground.identity.people().accountsOf(one)).containsExactly(one);
        var step = step();
        ground.database.write(tx -> tx.update(step).execute());
        assertThat(ground.identity.people().accountsOf(one))
                .containsExactlyInAnyOrder(one, TestIdentity.user("kim.two"));
    }

    private static String step() throws IOException {
        try (var in = Scim.class.getResourceAsStream("/db/migration/V0246__staff_number_said.sql")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// It is taken, or who leaves would be kept in; who runs the directory sees it in the audit.
    @Test
    void whatIsNoStaffNumberMakesNobodyOnePersonAndIsOnRecord() {
        for (var user : List.of("temp.one", "temp.two")) {
            var answer = send("POST", USERS, """
                    {"userName":"%s","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                        {"employeeNumber":"000000"}}
                    """.formatted(user));
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        }
        var one = TestIdentity.user("temp.one");
        assertThat(ground.identity.people().accountsOf(one)).containsExactly(one);
        var whenever = new AuditSearch.Query(
                Instant.EPOCH,
                ground.clock.instant().plusSeconds(1),
                entry -> entry.action().equals("directory.number_is_none"));
        assertThat(ground.audit.search().find(whenever, 10).found()).hasSize(2);
    }

    @Test
    void whoLeavesIsNotKeptByAPhotoThatNobodyHasTimeFor() {
        var made = send("POST", USERS, "{\"userName\":\"may.leaver\"}");
        var path = USERS + "/" + Json.text(made.json(), "id");
        var body =
                "{\"userName\":\"may.leaver\",\"active\":%s,\"photos\":[{\"value\":\"data:image/png;base64,AAAA\"}]}";
        assertThat(send("PUT", path, body.formatted(true)).status()).isEqualTo(429);
        assertThat(send("PUT", path, body.formatted(false)).status()).isEqualTo(200);
        assertThat(ground.identity.leavers().listEnded(List.of(TestIdentity.user("may.leaver"))))
                .hasSize(1);
    }

    /// A decoder of pictures with too much to do.
    private record Busy() implements Photographs {
        @Override
        public byte[] small(byte[] picture) {
            throw new MatrixException(ErrorCode.M_LIMIT_EXCEEDED, "Too many pictures at once. Try again.");
        }

        @Override
        public void put(Commit commit, UserId user, byte[] small, String by) {
            throw new IllegalStateException("there is none");
        }

        @Override
        public void takeAway(Commit commit, UserId user, String by) {
            // There is none.
        }
    }
}
