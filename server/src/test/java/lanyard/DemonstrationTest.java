package lanyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lanyard.messaging.directory.Directory;
import lanyard.messaging.directory.DirectoryParts;
import lanyard.platform.db.Database;
import lanyard.platform.db.TestDatabase;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemonstrationTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T09:00:00Z"));
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theFirstStartMakesItAndLaterOnesTellNothingSecret() throws Exception {
        assertThat(server.first().signIns()).hasSize(23);
        assertThat(server.first().toString()).isEqualTo("First[hidden]");
        try (var shares = Files.list(server.data().resolve("custodian"))) {
            assertThat(shares).hasSize(3);
        }
        server.restart();
        assertThat(server.app().first().signIns()).isEmpty();
        assertThat(server.app().first().passphrases()).isEmpty();
    }

    /// Whenever somebody looks, also after a year in which nobody did.
    @Test
    void theDemonstrationsRolesAreHeld() {
        var nurse = server.signIn("sian.evans");
        for (var away : new int[] {0, 3, 400}) {
            clock.move(Duration.ofDays(away));
            Behind.fillRota(server);
            var roles = server.get(nurse, "/_lanyard/v1/on-call/roles").body().path("roles");
            assertThat(roles).hasSize(3);
            assertThat(roles.toString()).contains("Medical registrar on call").doesNotContain("warning");
            roles.forEach(role -> assertThat(role.path("holders")).hasSize(1));
        }
    }

    @Test
    void aFirstStartThatDiedBeforeTellingIsFinishedByTheNext() {
        var data = TestServer.directory();
        var settings = Settings.read(Map.of(
                "LANYARD_PORT", "0", "LANYARD_DATA", data.toString(), "LANYARD_SERVER_NAME", "lanyard.localhost"));
        try (var database = TestDatabase.fresh()) {
            Demonstration.First untold;
            try (var died = App.start(settings, database)) {
                untold = died.first();
            }
            removeCeremony(database);
            try (var next = App.start(settings, database)) {
                assertThat(next.first()).isEqualTo(untold);
                assertThat(next.governance().custodian().isHeldFor(new UserId("@records:lanyard.localhost")))
                        .isTrue();
                int patients = database.read(tx -> tx.query("select count(*) from patient")
                        .mapTo(Integer.class)
                        .one());
                assertThat(patients).isEqualTo(DemonstrationPatients.ALL.size());
                next.firstIsTold();
            }
            try (var later = App.start(settings, database)) {
                assertThat(later.first().signIns()).isEmpty();
            }
            assertThat(data.resolve("untold-sign-ins")).doesNotExist();
        }
    }

    /// As if the first start had died before the ceremony.
    private static void removeCeremony(Database database) {
        database.write(tx -> tx.update(
                        "truncate custodian_identity, custodian_officer, custodian_listed, custodian_month, custodian_mailbox,"
                                + " custodian_replacement")
                .execute());
    }

    @Test
    @Rule("G20")
    void aPasswordAloneReachesNothing() {
        var told = server.first().signIns().getFirst();
        var login = Json.object().put("type", "m.login.password").put("password", told.password());
        login.putObject("identifier").put("type", "m.id.user").put("user", told.user());
        assertThat(server.call("POST", "/_matrix/client/v3/login", null, login).status())
                .isEqualTo(403);
        var pending = server.call(
                "POST",
                "/_lanyard/v1/sign-in/password",
                null,
                Json.object().put("user", told.user()).put("password", told.password()));
        assertThat(pending.text("next")).isEqualTo("totp");
        var wrong = Json.object().put("session", pending.text("session")).put("code", "000000");
        assertThat(server.call("POST", "/_lanyard/v1/sign-in/second-step", null, wrong)
                        .status())
                .isEqualTo(403);
        assertThat(server.call("POST", "/_matrix/client/v3/register", null, Json.object())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void itsPeopleSignInWithWhatWasTold() {
        clock.move(Duration.ofMinutes(2));
        var rhian = server.signIn("rhian.lloyd");
        assertThat(rhian.id()).isEqualTo("@rhian.lloyd:lanyard.localhost");
        assertThat(server.get(rhian, "/_matrix/client/v3/account/whoami").text("device_id"))
                .isEqualTo(rhian.device());
    }

    @Test
    @Rule("G26")
    void exactlyTwoPairsHaveNearNames() {
        var identity = server.app().ground().identity();
        var directory = new Directory(new DirectoryParts(
                server.app().ground().identityGround(),
                identity,
                (one, other) -> List.of(),
                (one, room) -> Set.of(),
                picture -> picture));
        var near = identity.people().listStaff(Demonstration.ODS_CODE).stream()
                .filter(person -> !directory.near(person).isEmpty())
                .map(person -> person.id().localpart());
        assertThat(near).containsExactlyInAnyOrder("amara.okafor", "amarah.okafor", "mohammed.khan", "muhammad.khan");
    }
}
