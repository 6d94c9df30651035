package lanyard.messaging.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A sign-in on one more device is told on the others, and ended there by who did not expect it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NewDeviceTest {
    private static final String LIST = "/_lanyard/v1/me/new-devices";
    private static final String USER = "rhian.lloyd";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T03:00:00Z"));
    private final FakePushService service = new FakePushService();
    private TestServer server;
    private Person phone;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of("LANYARD_WEB_PUSH_HOSTS", service.origin()));
        phone = server.signIn(USER);
        server.put(phone, "/_lanyard/v1/push", service.browser("phone").subscription());
    }

    @AfterAll
    void stop() {
        server.close();
        service.close();
    }

    private Person another() {
        clock.move(Duration.ofMinutes(1));
        return server.signIn(USER);
    }

    private static String answer(Person about, String word) {
        return LIST + "/" + about.device() + "/" + word;
    }

    private Answer say(Person who, Person about, String word) {
        return server.post(who, answer(about, word), Json.object());
    }

    private String asked(Person who) {
        return server.get(who, LIST).body().path("devices").toString();
    }

    @Test
    void theFirstDeviceIsNoNews() {
        var first = server.signIn("amara.okafor");
        assertThat(asked(first)).isEqualTo("[]");
    }

    @Test
    void oneMoreIsAskedAboutOnTheOthersAndIsTheirsToAnswer() {
        var since = server.sync(phone, null).text("next_batch");
        var laptop = another();
        assertThat(asked(phone)).contains(laptop.device(), "since_ts", "\"other_app\":false");
        assertThat(asked(laptop)).as("not on itself").isEqualTo("[]");
        assertThat(server.sync(phone, since).body().path("account_data").toString())
                .contains("org.lanyard.new_devices");
        var pushed = Objects.requireNonNull(service.next(10_000), "the phone is told");
        assertThat(pushed.opened()).contains("You have a new message");

        for (var word : new String[] {"mine", "not-mine"}) {
            assertThat(say(laptop, laptop, word).status()).as("by itself").isEqualTo(404);
            assertThat(say(laptop, phone, word).status()).as("by a newer one").isEqualTo(404);
            assertThat(server.call("POST", answer(laptop, word), null, null).text("errcode"))
                    .isEqualTo("M_MISSING_TOKEN");
        }
        assertThat(server.get(laptop, LIST).status()).as("nothing was done").isEqualTo(200);
        assertThat(say(phone, laptop, "mine").status()).isEqualTo(200);
        assertThat(asked(phone)).isEqualTo("[]");
        assertThat(say(phone, laptop, "not-mine").status()).as("answered").isEqualTo(404);
        assertThat(server.get(laptop, LIST).status()).isEqualTo(200);
    }

    @Test
    void itWasNotMeEndsItAtOnceAndAdministratorsSeeIt() {
        var thief = another();
        var older = server.signIn("sian.evans");
        assertThat(say(older, thief, "not-mine").status()).as("somebody else's").isEqualTo(404);
        assertThat(say(phone, thief, "not-mine").status()).isEqualTo(200);
        assertThat(server.get(thief, LIST).text("errcode")).isEqualTo("M_UNKNOWN_TOKEN");
        assertThat(server.get(phone, LIST).status()).isEqualTo(200);
        var browsers = server.database()
                .read(tx -> tx.query("select count(*) from known_browser where user_id = :user")
                        .bind("user", phone.id())
                        .mapTo(Integer.class)
                        .one());
        assertThat(browsers).as("browsers are strangers again").isZero();
        var helen = server.signIn("helen.ashworth");
        assertThat(server.get(helen, "/_lanyard/v1/admin/sign-in-trouble")
                        .body()
                        .toString())
                .contains("device_disowned", phone.id())
                .doesNotContain("source");
    }
}
