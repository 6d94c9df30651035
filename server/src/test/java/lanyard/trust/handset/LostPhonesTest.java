package lanyard.trust.handset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.identity.NewSession;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostPhonesTest {
    private static final RoomId ROOM = new RoomId("!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

    private final TestIdentity ground = TestIdentity.start();
    private final Handsets handsets = new Handsets(ground.ground(), ground.identity);
    private final TestHttp http = TestHttp.serving(ground.identity, handsets);
    private final AtomicInteger people = new AtomicInteger();

    /// Somebody with a phone that was lost, and the sign-in of the page in another browser.
    private final class Owner {
        final NewSession session;
        final TestPhone phone = new TestPhone(http);
        String token;

        Owner() {
            var name = "owner" + people.incrementAndGet();
            session = ground.signedIn(ground.person(name, "Person " + name));
            phone.enrol(session.accessToken());
            phone.newPasscode(session.accessToken(), "271828");
            token = loginToken(session.user());
        }

        Answer ask(String deed, ObjectNode body) {
            return ask(deed, phone.id, body);
        }

        Answer ask(String deed, String id, ObjectNode body) {
            var path = "/_lanyard/v1/lost" + (deed.isEmpty() ? "" : "/" + id + "/" + deed);
            var answer = http.post(path, null, body.put("login_token", token));
            if (answer.status() == 200) {
                token = Json.text(answer.json(), "login_token");
            } else {
                token = loginToken(session.user());
            }
            return answer;
        }

        Answer ask(String deed) {
            return ask(deed, Json.object());
        }

        Answer wipe() {
            return ask("wipe", Json.object().put("confirm", true));
        }

        String state() {
            return Json.text((ObjectNode) ask("").json().at("/handsets/0"), "state");
        }

        void allowOffline(Duration time) {
            ground.database.write(tx -> tx.update("update handset set offline_until = :until where handset_id = :id")
                    .bind("until", ground.clock.instant().plus(time))
                    .bind("id", phone.id)
                    .execute());
        }

        Answer call() {
            return http.get("/_lanyard/v1/handsets", session.accessToken());
        }
    }

    LostPhonesTest() {
        handsets.showRooms(new ReadableRooms() {
            @Override
            public List<RoomId> of(UserId user) {
                return List.of(ROOM);
            }

            @Override
            public List<ReadableRoom> describe(List<RoomId> rooms) {
                return rooms.stream()
                        .map(room -> new ReadableRoom(room, "clinical", "Bed 4 <discharge>", 5))
                        .toList();
            }
        });
    }

    @AfterAll
    void close() {
        http.close();
        ground.close();
    }

    private String loginToken(UserId user) {
        return ground.writer.write(commit -> ground.identity.appSessions().giveLoginToken(commit, user));
    }

    private int leaves() {
        return ground.database.read(tx ->
                tx.query("select count(*) from audit_leaf").mapTo(Integer.class).one());
    }

    @Test
    @Rule("G24")
    @Rule("G33")
    void aLockedPhoneCanDoNothingButSignItselfOutAndIsGivenBackWhatItHadWhenFound() {
        var owner = new Owner();
        var other = ground.signedIn(owner.session.user());
        var before = leaves();
        var locked = owner.ask("lock");
        assertThat(locked.status()).isEqualTo(200);
        assertThat(locked.json().at("/handsets/0/state").stringValue()).isEqualTo("locked");
        assertThat(locked.json().at("/handsets/0/evidence/kind").stringValue()).isEqualTo("access_stopped");
        assertThat(leaves()).isEqualTo(before + 1);

        var refused = owner.call();
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.errcode()).isEqualTo("M_USER_LOCKED");
        assertThat(refused.json().get("soft_logout").booleanValue()).isTrue();
        assertThat(refused.header("Clear-Site-Data"))
                .as("nothing is thrown away")
                .isEmpty();
        assertThat(http.get("/_lanyard/v1/handsets", other.accessToken()).status())
                .as("the person's other devices go on")
                .isEqualTo(200);
        var share = owner.phone.open("271828");
        assertThat(share.errcode()).isEqualTo("M_USER_LOCKED");
        assertThat(share.json().get("soft_logout").booleanValue()).isTrue();

        assertThat(owner.ask("lock").status()).as("asked for twice").isEqualTo(200);
        assertThat(owner.ask("unlock").status()).isEqualTo(200);
        assertThat(leaves()).as("once locked, once unlocked").isEqualTo(before + 2);
        assertThat(owner.call().status()).isEqualTo(200);
        assertThat(owner.phone.open("271828").status()).isEqualTo(200);
        assertThat(owner.state()).isEqualTo("active");
    }

    @Test
    @Rule("G24")
    void wipingAsksTwiceAndIsOneTransactionAndWhatIsShownIsTheStrongestEvidenceAndNoMore() {
        var owner = new Owner();
        assertThat(owner.ask("wipe").errcode()).as("without the confirmation").isEqualTo("M_INVALID_PARAM");
        assertThat(owner.call().status()).isEqualTo(200);
        owner.allowOffline(Duration.ofHours(12));
        owner.ask("lock");
        ground.clock.pass(Duration.ofMinutes(1));

        assertThat(owner.wipe().status()).isEqualTo(200);
        assertThat(owner.state()).isEqualTo("wipe_requested");
        assertThat(owner.ask("").text().toLowerCase(java.util.Locale.ROOT))
                .as("never a bare word")
                .doesNotContain("wiped\"");
        assertThatThrownBy(() -> ground.keys.find(Handsets.keyOf(owner.phone.id, 1)))
                .isInstanceOf(DestroyedKeyException.class);
        assertThat(ground.identity.devices().list(owner.session.user())).isEmpty();

        var contact = owner.call();
        assertThat(contact.status()).isEqualTo(401);
        assertThat(contact.errcode()).isEqualTo("M_UNKNOWN_TOKEN");
        assertThat(contact.json().has("soft_logout")).isFalse();
        assertThat(contact.header("Clear-Site-Data")).isEqualTo("\"cache\", \"cookies\", \"storage\"");
        assertThat(owner.state()).isEqualTo("instruction_delivered");
        var leaves = leaves();
        owner.call();
        assertThat(leaves()).as("a second contact is no news").isEqualTo(leaves);

        assertThat(owner.phone
                        .reportDeleted(Json.text(owner.phone.challenge().json(), "nonce"))
                        .status())
                .isEqualTo(200);
        assertThat(owner.state()).isEqualTo("app_reported");
        assertThat(leaves()).isEqualTo(leaves + 1);
        assertThat(owner.wipe().errcode()).as("nothing is left to stop").isEqualTo("M_BAD_STATE");
        assertThat(owner.ask("unlock").errcode()).isEqualTo("M_BAD_STATE");
    }

    @Test
    @Rule("G24")
    @DisplayName("J3: a phone that stays away is pending, and unreadable once its offline allowance has ended")
    void j3SilenceIsNeverShownAsDone() {
        var owner = new Owner();
        owner.allowOffline(Duration.ofHours(12));
        owner.wipe();
        for (var hour = 0; hour < 11; hour++) {
            ground.clock.pass(Duration.ofHours(1));
            handsets.lost().noteUnreadable();
            owner.token = loginToken(owner.session.user());
            assertThat(owner.state()).isEqualTo("wipe_requested");
        }
        var report = owner.ask("report").json();
        assertThat(report.at("/readable/offline").booleanValue()).isTrue();
        assertThat(report.at("/readable/over").booleanValue()).isFalse();
        assertThat(Json.text((ObjectNode) report.at("/breach_note"), "text"))
                .contains("until then assume readable")
                .contains("Instruction not delivered")
                .doesNotContainIgnoringCase("was wiped");
        var before = leaves();
        ground.clock.pass(Duration.ofHours(1));
        handsets.lost().noteUnreadable();
        assertThat(leaves()).isGreaterThan(before);
        var noted = leaves();
        handsets.lost().noteUnreadable();
        assertThat(leaves()).as("noted once").isEqualTo(noted);
        owner.token = loginToken(owner.session.user());
        assertThat(owner.state()).isEqualTo("unreadable_since");
        assertThat(owner.ask("report").json().at("/readable/over").booleanValue())
                .isTrue();
    }

    @Test
    @Rule("G24")
    void withoutAnOfflineAllowanceAWipedPhoneIsUnreadableAtOnce() {
        var owner = new Owner();
        owner.wipe();
        assertThat(owner.state()).isEqualTo("unreadable_since");
    }

    @Test
    @DisplayName("J2: another phone's or an old acknowledgement is refused, and a second one changes nothing")
    void j2AForgedOrReplayedAcknowledgementIsNothing() {
        var owner = new Owner();
        owner.allowOffline(Duration.ofHours(12));
        var early = owner.phone.nonce();
        assertThat(owner.phone.reportDeleted(early).errcode())
                .as("nobody asked it to")
                .isEqualTo("M_FORBIDDEN");
        owner.wipe();
        var thief = new TestPhone(http);
        thief.id = owner.phone.id;
        assertThat(thief.reportDeleted(nonce(owner)).errcode()).isEqualTo("M_FORBIDDEN");
        var mallory = new Owner();
        assertThat(owner.phone.reportDeleted(mallory.phone.nonce()).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(owner.phone.reportDeleted(early).errcode()).isEqualTo("M_FORBIDDEN");
        var nonce = nonce(owner);
        assertThat(owner.phone
                        .reportDeleted(nonce, owner.phone.signature(nonce))
                        .errcode())
                .as("what it signed to be opened")
                .isEqualTo("M_FORBIDDEN");
        assertThat(owner.phone
                        .reportDeleted(nonce(owner), Base64.getEncoder().encodeToString(new byte[64]))
                        .errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(owner.state()).isEqualTo("wipe_requested");

        var good = nonce(owner);
        assertThat(owner.phone.reportDeleted(good).status()).isEqualTo(200);
        var before = leaves();
        assertThat(owner.phone.reportDeleted(good).errcode()).as("replayed").isEqualTo("M_FORBIDDEN");
        assertThat(owner.phone.reportDeleted(nonce(owner)).status()).isEqualTo(200);
        assertThat(leaves()).isEqualTo(before);
    }

    private static String nonce(Owner owner) {
        return Json.text(owner.phone.challenge().json(), "nonce");
    }

    @Test
    @Rule("G33")
    @Rule("G25")
    void theReportSaysWhatWasReadableAndDraftsTheNoteWithItsClock() {
        var owner = new Owner();
        assertThat(owner.ask("report").errcode()).as("nothing was reported").isEqualTo("M_BAD_STATE");
        ground.clock.pass(Duration.ofMinutes(7));
        owner.token = loginToken(owner.session.user());
        owner.ask("lock");
        var reported = ground.clock.instant();
        ground.clock.pass(Duration.ofMinutes(1));
        var report = owner.ask("report").json();
        assertThat(report.at("/readable/from_ts").longValue())
                .isEqualTo(reported.minus(Duration.ofMinutes(7)).toEpochMilli());
        assertThat(report.at("/readable/until_ts").longValue()).isEqualTo(reported.toEpochMilli());
        JsonNode room = report.at("/readable/rooms/0");
        assertThat(room.propertyNames()).containsExactlyInAnyOrder("room_id", "kind", "purpose", "members");
        assertThat(room.get("members").intValue()).isEqualTo(5);
        assertThat(report.at("/breach_note/due_ts").longValue())
                .isEqualTo(reported.plus(Duration.ofDays(3)).toEpochMilli());
        assertThat(report.at("/breach_note/text").stringValue())
                .contains("Reported to Lanyard: " + inLondon(reported))
                .contains("end: " + inLondon(reported.plus(Duration.ofDays(3))))
                .contains("Nothing else on the phone was touched.")
                .contains("clinical: Bed 4 <discharge>, 5 members");
        assertThat(report.at("/breach_note/html").stringValue())
                .contains("Bed 4 &lt;discharge&gt;")
                .doesNotContain("<discharge>");
    }

    private static String inLondon(java.time.Instant time) {
        return java.time.format.DateTimeFormatter.ofPattern("d MMMM uuuu 'at' HH:mm 'GMT'")
                .withZone(java.time.ZoneOffset.UTC)
                .format(time);
    }

    @Test
    void aLostPagesTokenWorksOnceAndOnlyForItsOwnersPhones() {
        var owner = new Owner();
        var mallory = new Owner();
        var before = leaves();
        for (var deed : List.of("lock", "unlock", "report")) {
            assertThat(mallory.ask(deed, owner.phone.id, Json.object()).errcode())
                    .isEqualTo("M_NOT_FOUND");
        }
        assertThat(mallory.ask("wipe", owner.phone.id, Json.object().put("confirm", true))
                        .errcode())
                .isEqualTo("M_NOT_FOUND");
        assertThat(leaves()).isEqualTo(before);
        assertThat(owner.call().status()).isEqualTo(200);
        var used = owner.token;
        owner.ask("");
        owner.token = used;
        assertThat(owner.ask("lock").errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(http.post("/_lanyard/v1/lost", null, Json.object()).status()).isEqualTo(400);
        ground.clock.pass(Duration.ofMinutes(3));
        assertThat(owner.ask("lock").errcode()).as("too late").isEqualTo("M_FORBIDDEN");
    }
}
