package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.audit.AuditSearch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Somebody has lost phone, passkey and paper.
class ResetsTest {
    private static final String CHECK = "called back on the ward's number, manager confirmed";

    private final TestIdentity ground = TestIdentity.start();
    private final TestHttp http = TestHttp.serving(ground.identity);
    private final UserId ann = person("ann", "Ann Jones", "");
    private final Credentials known = ground.credentials(ann);
    private final UserId jack = person("jack", "Jack Turner", "1");
    private final String desk = token(jack, Duty.HELP_DESK);
    private final UserId ines = person("ines", "Ines Governance", "2");
    private final String administrator = token(ines, Duty.ADMINISTRATOR);

    @AfterEach
    void close() {
        http.close();
        ground.close();
    }

    private UserId person(String localpart, String name, String registration) {
        var body = registration.isEmpty() ? "" : "NMC";
        return ground.person(localpart, name, new NewPerson.Post("Nurse", "Ward 7", body, registration));
    }

    private String token(UserId user, Duty duty) {
        ground.writer.write(commit -> {
            ground.identity.duties().give(commit, user, duty, ann);
            return user;
        });
        return ground.signedIn(user).accessToken();
    }

    private static String path(UserId user) {
        return "/_lanyard/v1/people/" + user.value() + "/second-step-reset";
    }

    private Answer ask(UserId user, String by) {
        return http.post(path(user), by, Json.object().put("identity_check", CHECK));
    }

    private Answer ask(String check) {
        return http.post(path(ann), desk, Json.object().put("identity_check", check));
    }

    /// Whatever waits, as the list shows it.
    private Answer confirm(UserId user, String by) {
        var waiting = http.get("/_lanyard/v1/second-step-resets", administrator).json();
        return confirm(user, by, waiting.at("/resets/0/asking_id").asString("none"));
    }

    private Answer confirm(UserId user, String by, String asking) {
        return http.post(path(user) + "/confirm", by, Json.object().put("asking_id", asking));
    }

    private Answer password(String password) {
        return http.post(
                "/_lanyard/v1/sign-in/password",
                null,
                Json.object().put("user", "ann").put("password", password));
    }

    private String totpKey() {
        return ground.database
                .read(tx -> new CredentialStore().find(tx, ann))
                .flatMap(CredentialStore.Known::totp)
                .orElseThrow()
                .key();
    }

    @Test
    @Rule("G20")
    void twoColleaguesLetSomebodyBeginAgainAndNothingOfBeforeLetsAnybodyIn() {
        ground.signedIn(ann);
        var key = totpKey();
        assertThat(ask(ann, desk).status()).isEqualTo(200);
        assertThat(ground.identity.devices().list(ann)).as("asked is not done").hasSize(1);
        var waiting = http.get("/_lanyard/v1/second-step-resets", administrator).json();
        assertThat(waiting.at("/resets/0/user_id").stringValue()).isEqualTo(ann.value());
        assertThat(waiting.at("/resets/0/asked_by").stringValue()).isEqualTo(jack.value());
        assertThat(waiting.at("/resets/0/identity_check").stringValue()).isEqualTo(CHECK);

        var code = Json.text(confirm(ann, administrator).json(), "code");
        assertThat(ground.identity.devices().list(ann)).isEmpty();
        assertThat(password(known.password()).errcode()).isEqualTo("M_FORBIDDEN");
        assertThatThrownBy(() -> ground.keys.find(SecondStep.keyOf(key)))
                .as("the secret of the codes")
                .isInstanceOf(DestroyedKeyException.class);
        assertThat(http.get("/_lanyard/v1/second-step-resets", administrator)
                        .json()
                        .get("resets"))
                .isEmpty();
        assertThat(confirm(ann, administrator).errcode()).as("a second time").isEqualTo("M_NOT_FOUND");

        var first = password(code).json();
        assertThat(Json.text(first, "next")).as("and nothing else").isEqualTo("enrol");
        var begun = Json.object().put("session", Json.text(first, "session"));
        var secret = Json.text(
                http.post("/_lanyard/v1/sign-in/enrol/totp", null, begun).json(), "secret");
        var proof = begun.put("code", Totp.code(Base32.decode(secret), ground.clock.instant()))
                .put("new_password", "four words and a bleep");
        var enrolled = http.post("/_lanyard/v1/sign-in/enrol/totp/confirm", null, proof);
        assertThat(enrolled.status()).isEqualTo(200);
        var device = ground.identity.signIn().login(Json.text(enrolled.json(), "login_token"), DeviceRequest.ANY);
        assertThat(device.user()).isEqualTo(ann);
    }

    @Test
    @Rule("G20")
    void itTakesTwoPeopleAndNeitherIsWhoseSignInItIs() {
        assertThat(ask(ann, ground.signedIn(ann).accessToken()).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(ask(ines, administrator).errcode()).as("for oneself").isEqualTo("M_FORBIDDEN");
        ask(ann, administrator);
        assertThat(confirm(ann, administrator).errcode()).as("alone").isEqualTo("M_FORBIDDEN");
        var same = token(person("ines2", "Ines Governance", "2"), Duty.ADMINISTRATOR);
        assertThat(confirm(ann, same).errcode()).as("by a second account").isEqualTo("M_FORBIDDEN");
        var numbered = person("jack2", "Jack Turner", "");
        ground.writer.write(commit -> {
            List.of(jack, numbered).forEach(user -> ground.identity.people().number(commit, user, "4711"));
            return numbered;
        });
        ask(ann, desk);
        assertThat(confirm(ann, token(numbered, Duty.ADMINISTRATOR)).errcode())
                .as("by a second account that the staff number tells")
                .isEqualTo("M_FORBIDDEN");
        assertThat(confirm(ann, desk).errcode()).as("the help desk asks only").isEqualTo("M_FORBIDDEN");
        assertThat(confirm(ann, ground.signedIn(ann).accessToken()).errcode()).isEqualTo("M_FORBIDDEN");
        ground.credentials(ines);
        assertThat(ask(ines, desk).errcode())
                .as("an administrator's is asked for by another")
                .isEqualTo("M_FORBIDDEN");
        assertThat(password(known.password()).status()).as("all is as it was").isEqualTo(200);
    }

    @Test
    @Rule("G20")
    void theSecondConfirmsWhatTheyHaveReadAndNothingThatWasAskedAnewSince() {
        var read = Json.text(
                ask("called back on the ward's number, manager confirmed").json(), "asking_id");
        var anew = Json.text(ask("she seemed to know her date of birth").json(), "asking_id");
        var refused = confirm(ann, administrator, read);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errcode()).isEqualTo("M_BAD_STATE");
        assertThat(refused.text()).contains("asked for this anew since you looked");
        assertThat(http.post(path(ann) + "/confirm", administrator, Json.object())
                        .status())
                .as("without saying which")
                .isEqualTo(400);
        assertThat(password(known.password()).status()).as("all is as it was").isEqualTo(200);
        assertThat(confirm(ann, administrator, anew).status()).isEqualTo(200);
    }

    @Test
    @Rule("G20")
    void whatTheFirstSaidIsReadInTheAuditForAYearAndThatItWasSaidStays() {
        ask(ann, desk);
        confirm(ann, administrator);
        assertThat(audited())
                .filteredOn(entry -> entry.reason().contains("manager"))
                .hasSize(1);
        assertThat(audited()).extracting(AuditEntry::action).contains("second_step.reset_asked", "second_step.reset");
        ground.clock.pass(Resets.WORDS_KEPT.minusMinutes(1));
        ground.identity.resets().sweep();
        assertThat(audited())
                .filteredOn(entry -> entry.reason().contains("manager"))
                .hasSize(1);
        ground.clock.pass(Duration.ofMinutes(2));
        ground.identity.resets().sweep();
        assertThat(audited())
                .filteredOn(entry -> entry.reason().contains("manager"))
                .isEmpty();
        assertThat(audited())
                .extracting(AuditEntry::action)
                .contains("second_step.reset_asked", "second_step.reset", "audit.erased")
                .doesNotContain("second_step.reset_check");
    }

    private List<AuditEntry> audited() {
        var whenever =
                new AuditSearch.Query(Instant.EPOCH, ground.clock.instant().plusSeconds(1), _ -> true);
        return ground.audit.search().find(whenever, 1_000).found().stream()
                .map(AuditSearch.Found::entry)
                .toList();
    }

    /// It would sign somebody in and so keep their person from enrolling, too.
    @Test
    @Rule("G20")
    void whoHadPassedBothStepsBeforeComesInNoMore() {
        var first = password(known.password()).json();
        var second = Json.object().put("session", Json.text(first, "session")).put("code", ground.code(known));
        var passed = http.post("/_lanyard/v1/sign-in/second-step", null, second).json();
        ask(ann, desk);
        var code = Json.text(confirm(ann, administrator).json(), "code");
        assertThatThrownBy(() -> ground.identity.signIn().login(Json.text(passed, "login_token"), DeviceRequest.ANY))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("Sign in again");
        assertThat(Json.text(password(code).json(), "next")).isEqualTo("enrol");
    }

    @Test
    void itIsAskedWithAReasonForSomebodyWhoHasASecondStepAndConfirmedWithinADay() {
        assertThat(confirm(ann, administrator).errcode()).as("nobody asked").isEqualTo("M_NOT_FOUND");
        var silent = Json.object().put("identity_check", "  it is ok ");
        assertThat(http.post(path(ann), desk, silent).errcode()).isEqualTo("M_INVALID_PARAM");
        assertThat(ask(TestIdentity.user("nobody"), desk).errcode()).isEqualTo("M_NOT_FOUND");
        assertThat(ask(person("new", "New Comer", "9"), desk).errcode()).isEqualTo("M_BAD_STATE");

        ask(ann, desk);
        assertThat(http.delete(path(ann), ground.signedIn(ann).accessToken()).errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(http.delete(path(ann), desk).status()).isEqualTo(200);
        assertThat(confirm(ann, administrator).errcode()).as("withdrawn").isEqualTo("M_NOT_FOUND");

        ask(ann, desk);
        ground.clock.pass(StepUp.FRESH);
        assertThat(confirm(ann, administrator).errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
        assertThat(ask(ann, desk).errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
        ground.clock.pass(Resets.OPEN.minus(StepUp.FRESH).plus(Duration.ofSeconds(1)));
        assertThat(confirm(ann, ground.signedIn(ines).accessToken()).errcode())
                .as("a day later")
                .isEqualTo("M_NOT_FOUND");
    }
}
