package lanyard.messaging.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import lanyard.Behind;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.traceability.Hazard;
import lanyard.trust.console.TestConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The rota in the console, without JavaScript.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RotaPagesTest {
    private static final String PATH = "/console/rota";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private TestServer server;
    private TestConsole carys;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of());
        carys = TestConsole.signedIn(server, "carys.bevan");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String added(String name) {
        var added = carys.post(PATH, PATH, Map.of("name", name, "ward", "Oak Ward", "next", "", "lead", ""));
        assertThat(added.status()).as(added.text()).isEqualTo(303);
        return added.location();
    }

    private static Map<String, String> shift(String who, int fromDay, String fromTime, int untilDay, String untilTime) {
        var fields = new HashMap<>(Map.of("who", who, "from-time", fromTime, "until-time", untilTime));
        for (var part : Map.of("from", fromDay, "until", untilDay).entrySet()) {
            fields.put(part.getKey() + "-day", "" + part.getValue());
            fields.put(part.getKey() + "-month", "11");
            fields.put(part.getKey() + "-year", "2026");
        }
        return fields;
    }

    @Test
    @Hazard("H17")
    void whatIsEmptyStandsFirstAndIsFilled() {
        var role = added("Surgical registrar");
        var list = carys.get(PATH).text();
        assertThat(list).contains("Empty within twelve hours", "arrest bleep");
        assertThat(list.indexOf("Surgical registrar")).isLessThan(list.indexOf("Medical registrar on call"));
        assertThat(carys.get(role).text()).contains("Nobody 23 November 2026, 09:00 7 December 2026, 09:00");
        var rhian = "@rhian.lloyd:lanyard.localhost";
        assertThat(carys.post(role + "/plan", role, shift(rhian, 23, "08:00", 23, "20:00"))
                        .status())
                .isEqualTo(303);
        assertThat(carys.get(role).text())
                .contains("Rhian Lloyd 23 November 2026, 08:00 23 November 2026, 20:00")
                .contains("Nobody 23 November 2026, 20:00 7 December 2026, 09:00");
        assertThat(carys.get(PATH).text()).contains("Now: Rhian Lloyd");
        carys.post(role + "/plan", role, shift("", 23, "12:00", 23, "13:00"));
        assertThat(carys.get(role).text()).contains("Nobody 23 November 2026, 12:00 23 November 2026, 13:00");
        assertThat(Behind.audited(server, "on_call.rota_planned")).isEqualTo(2);
    }

    @Test
    void whatIsWrongIsShownAgainWithWhatWasTyped() {
        var role = added("Dental officer");
        var who = "@rhian.lloyd:lanyard.localhost";
        var noTime = carys.post(role + "/plan", role, shift(who, 23, "eight", 23, "20:00"));
        assertThat(noTime.status()).isEqualTo(422);
        assertThat(noTime.html()).contains("08:00", "value=\"eight\"");
        var backwards = carys.post(role + "/plan", role, shift(who, 23, "20:00", 23, "08:00"));
        assertThat(backwards.text()).contains("begins before it ends");
        assertThat(carys.post(PATH, PATH, Map.of("name", "dental OFFICER")).text())
                .contains("of that name already");
        assertThat(carys.post(PATH, PATH, Map.of("name", "")).status()).isEqualTo(422);
        assertThat(carys.get(PATH + "/roles/none").status()).isEqualTo(404);
        var jack = TestConsole.signedIn(server, "jack.turner");
        assertThat(jack.get(PATH).status()).isEqualTo(403);
        clock.move(Duration.ofSeconds(1));
    }

    @Test
    void aRoleIsChangedAndEnded() {
        var role = added("Porter");
        var next = carys.get(PATH).html();
        assertThat(next).contains("demonstration-site");
        var changed = Map.of("name", "Porter on call", "ward", "", "next", "demonstration-site", "lead", "");
        assertThat(carys.post(role, role, changed).status()).isEqualTo(303);
        assertThat(carys.get(role).html())
                .contains("value=\"Porter on call\"", "value=\"demonstration-site\" selected");
        assertThat(carys.post(role + "/end", role, Map.of()).location()).isEqualTo(PATH);
        assertThat(carys.get(PATH).text()).doesNotContain("Porter on call");
    }
}
