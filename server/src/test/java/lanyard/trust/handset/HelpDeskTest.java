package lanyard.trust.handset;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.identity.NewSession;
import lanyard.trust.identity.StepUp;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HelpDeskTest {
    private static final String DESK = "/_lanyard/v1/help-desk";

    private final TestIdentity ground = TestIdentity.start();
    private final Handsets handsets = new Handsets(ground.ground(), ground.identity);
    private final TestHttp http = TestHttp.serving(ground.identity, handsets);
    private final AtomicInteger people = new AtomicInteger();
    private NewSession desk;
    private NewSession owner;
    private TestPhone phone;

    @BeforeEach
    void start() {
        desk = somebody();
        ground.writer.write(commit -> {
            ground.identity.moderation().appointToHelpDesk(commit, desk.user(), true, "@lanyard:ward.test");
            return desk;
        });
        owner = somebody();
        phone = phone(owner);
    }

    @AfterAll
    void close() {
        http.close();
        ground.close();
    }

    private NewSession somebody() {
        var name = "desk" + people.incrementAndGet();
        return ground.signedIn(ground.person(name, "Person " + name));
    }

    private TestPhone phone(NewSession of) {
        var enrolled = new TestPhone(http);
        enrolled.enrol(of.accessToken());
        enrolled.newPasscode(of.accessToken(), "271828");
        return enrolled;
    }

    private Answer ask(NewSession who, String deed, UserId user, TestPhone which) {
        return ask(who, deed, which, body(user));
    }

    private Answer ask(NewSession who, String deed, TestPhone which, ObjectNode body) {
        return http.post(DESK + "/handsets/" + which.id + "/" + deed, who.accessToken(), body);
    }

    private static ObjectNode body(UserId user) {
        return Json.object()
                .put("user_id", user.value())
                .put("reason", "rang 2222")
                .put("confirm", true);
    }

    private int leaves() {
        return ground.database.read(tx ->
                tx.query("select count(*) from audit_leaf").mapTo(Integer.class).one());
    }

    private int status(NewSession session) {
        return http.get("/_lanyard/v1/handsets", session.accessToken()).status();
    }

    @Test
    @Rule("G24")
    @Rule("G33")
    void theHelpDeskLocksUnlocksReportsAndWipesForANamedPersonAndEachHasALeaf() {
        var before = leaves();
        var list = http.post(DESK + "/handsets", desk.accessToken(), body(owner.user()));
        assertThat(list.json().at("/handsets/0/handset_id").stringValue()).isEqualTo(phone.id);
        assertThat(ask(desk, "lock", owner.user(), phone).status()).isEqualTo(200);
        assertThat(status(owner)).isEqualTo(401);
        var report = ask(desk, "report", owner.user(), phone);
        assertThat(report.json().at("/breach_note/text").stringValue()).contains("Access stopped");
        assertThat(ask(desk, "unlock", owner.user(), phone).status()).isEqualTo(200);
        assertThat(status(owner)).isEqualTo(200);
        assertThat(leaves()).isEqualTo(before + 4);
        assertThat(ask(desk, "wipe", owner.user(), phone).status()).isEqualTo(200);
        assertThat(status(owner)).isEqualTo(401);
        assertThat(phone.open("271828").status()).isEqualTo(410);
    }

    @Test
    @DisplayName("C13: without the role nobody else's phone is touched, nor found out about")
    void c13WithoutTheRoleNothingHappens() {
        var mallory = somebody();
        var before = leaves();
        for (var deed : List.of("lock", "unlock", "report", "wipe")) {
            assertThat(ask(mallory, deed, owner.user(), phone).errcode()).isEqualTo("M_FORBIDDEN");
            assertThat(ask(mallory, deed, phone, Json.object()).errcode())
                    .as("asked before the body is looked at")
                    .isEqualTo("M_FORBIDDEN");
            assertThat(ask(mallory, deed, TestIdentity.user("nobody"), phone).errcode())
                    .isEqualTo("M_FORBIDDEN");
        }
        assertThat(http.post(DESK + "/handsets", mallory.accessToken(), body(owner.user()))
                        .errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(http.put(
                                DESK + "/staff/" + mallory.user().value(),
                                mallory.accessToken(),
                                Json.object().put("member", true))
                        .errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(leaves()).isEqualTo(before);
        assertThat(status(owner)).isEqualTo(200);
    }

    @Test
    void thePhoneMustBeTheNamedPersonsAndAReasonIsGiven() {
        var other = somebody();
        assertThat(ask(desk, "lock", other.user(), phone).errcode()).isEqualTo("M_NOT_FOUND");
        assertThat(ask(desk, "lock", TestIdentity.user("nobody"), phone).errcode())
                .isEqualTo("M_NOT_FOUND");
        var without = body(owner.user()).put("reason", " ");
        assertThat(ask(desk, "lock", phone, without).errcode()).isEqualTo("M_INVALID_PARAM");
        var unconfirmed = body(owner.user()).put("confirm", false);
        assertThat(ask(desk, "wipe", phone, unconfirmed).errcode()).isEqualTo("M_INVALID_PARAM");
        assertThat(status(owner)).isEqualTo(200);
    }

    @Test
    void wipingAsksForFreshProofAndLockingDoesNot() {
        ground.clock.pass(StepUp.FRESH);
        assertThat(ask(desk, "wipe", owner.user(), phone).errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
        assertThat(ask(desk, "lock", owner.user(), phone).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("C13: the twenty-first wipe of an hour is refused and raises an alarm")
    void c13WipingManyIsLimited() {
        for (var wiped = 0; wiped < HelpDesk.WIPES_AN_HOUR; wiped++) {
            var one = somebody();
            assertThat(ask(desk, "wipe", one.user(), phone(one)).status()).isEqualTo(200);
        }
        var before = leaves();
        var refused = ask(desk, "wipe", owner.user(), phone);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.errcode()).isEqualTo("M_LIMIT_EXCEEDED");
        assertThat(leaves()).as("the alarm").isEqualTo(before + 1);
        assertThat(status(owner)).isEqualTo(200);
        assertThat(ask(desk, "lock", owner.user(), phone).status())
                .as("access can still be stopped")
                .isEqualTo(200);
        ground.clock.pass(Duration.ofMinutes(61));
        var fresh = ground.signedIn(desk.user());
        assertThat(ask(fresh, "wipe", owner.user(), phone).status()).isEqualTo(200);
    }

    @Test
    void administratorsSayWhoTheHelpDeskIs() {
        var boss = somebody();
        ground.writer.write(commit -> {
            ground.identity.moderation().appoint(commit, boss.user(), true, "@lanyard:ward.test");
            return boss;
        });
        var novice = somebody();
        var path = DESK + "/staff/" + novice.user().value();
        assertThat(http.put(path, boss.accessToken(), Json.object().put("member", true))
                        .status())
                .isEqualTo(200);
        assertThat(ask(novice, "lock", owner.user(), phone).status()).isEqualTo(200);
        http.put(path, boss.accessToken(), Json.object().put("member", false));
        assertThat(ask(novice, "unlock", owner.user(), phone).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(ask(boss, "unlock", owner.user(), phone).errcode())
                .as("administering is another role")
                .isEqualTo("M_FORBIDDEN");
        ground.clock.pass(StepUp.FRESH);
        assertThat(http.put(path, boss.accessToken(), Json.object().put("member", true))
                        .errcode())
                .isEqualTo("ORG_LANYARD_STEP_UP");
    }
}
