package lanyard.messaging.push;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import lanyard.Behind;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.messaging.push.FakePushService.Pushed;
import lanyard.messaging.urgent.Bleep;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Phones ring for what is urgent until somebody answers, and say no more than that.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UrgentPushTest {
    private static final int ENOUGH = 10_000;
    private static final int MOMENT = 300;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T22:00:00Z"));
    private final FakePushService service = new FakePushService();
    private TestServer server;
    private Bleep bleep;
    private Person nurse;
    private Person registrar;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of("LANYARD_WEB_PUSH_HOSTS", service.origin()));
        bleep = new Bleep(server, clock);
        nurse = server.signIn("sian.evans");
        registrar = server.signIn("rhian.lloyd");
        for (var person : List.of(nurse, registrar)) {
            var browser = person.id().substring(1, person.id().indexOf('.'));
            server.put(person, "/_lanyard/v1/push", service.browser(browser).subscription());
        }
    }

    @AfterAll
    void stop() {
        server.close();
        service.close();
    }

    /// Who was told, and what, until nothing more comes.
    private List<Pushed> told() {
        var all = new ArrayList<Pushed>();
        for (var one = service.next(ENOUGH / 10); one != null; one = service.next(MOMENT)) {
            all.add(one);
        }
        return all;
    }

    private static List<String> urgent(List<Pushed> pushed) {
        return pushed.stream()
                .filter(one -> one.opened().contains("You have an urgent message"))
                .map(Pushed::path)
                .toList();
    }

    @Test
    @Rule("G23")
    @Hazard("H16")
    void aMutedRoomRingsEachMinuteUntilSomebodyAnswers() {
        var room = bleep.conversation("clinical", nurse, registrar);
        var mute = "/_matrix/client/v3/pushrules/global/room/" + segment(room);
        server.put(registrar, mute, PushRulesTest.json("{\"actions\":[]}"));
        told();
        bleep.text(nurse, room);
        assertThat(told()).as("it is muted").isEmpty();
        var id = bleep.announced(nurse, bleep.toPeople(room, registrar));
        assertThat(urgent(told())).containsExactly("/send/rhian");
        bleep.later(Duration.ofSeconds(59));
        assertThat(told()).isEmpty();
        bleep.later(Duration.ofSeconds(2));
        assertThat(urgent(told())).as("again").containsExactly("/send/rhian");
        server.restart();
        bleep.later(Duration.ofMinutes(1));
        assertThat(urgent(told())).as("and after a restart").containsExactly("/send/rhian");
        bleep.answer(registrar, id, "acknowledged");
        assertThat(urgent(told())).as("the sender is told, and need not hurry").isEmpty();
        bleep.later(Duration.ofMinutes(10));
        assertThat(told()).as("silence").isEmpty();
        server.call("DELETE", mute, registrar, null);
    }

    @Test
    @Rule("G23")
    void whateverIsUrgentForWhomAndWhyAPhoneIsToldTheSame() {
        clock.move(Duration.ofHours(1));
        var pushed = new ArrayList<Pushed>();
        var rooms = List.of(
                bleep.conversation("clinical", nurse, registrar), bleep.conversation("operational", nurse, registrar));
        told();
        for (var room : rooms) {
            var ids = new ArrayList<String>();
            ids.add(bleep.announced(nurse, bleep.toPeople(room, registrar).put("reply_within_minutes", 30)));
            ids.add(bleep.announced(registrar, bleep.toPeople(room, nurse)));
            ids.add(bleep.announced(nurse, bleep.toPeople(room).put("kind", "broadcast")));
            pushed.addAll(told());
            ids.forEach(id -> bleep.answer(registrar, id, "cannot"));
            ids.forEach(id -> bleep.answer(nurse, id, "on_my_way"));
            Behind.watchUrgent(server);
            pushed.addAll(told());
            bleep.text(nurse, room);
            pushed.addAll(told());
        }
        assertThat(distinct(pushed.stream().map(Pushed::opened).toList())).isEqualTo(2);
        assertThat(distinct(pushed.stream().map(Pushed::length).toList())).isEqualTo(1);
        assertThat(distinct(pushed.stream().map(Pushed::headers).toList())).isEqualTo(2);
        assertThat(urgent(pushed)).hasSizeGreaterThanOrEqualTo(6);
    }

    private static int distinct(List<?> values) {
        return new HashSet<>(values).size();
    }
}
