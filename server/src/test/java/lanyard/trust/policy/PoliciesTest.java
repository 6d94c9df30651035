package lanyard.trust.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lanyard.platform.db.Database;
import lanyard.platform.db.TestDatabase;
import lanyard.platform.http.TestHttp;
import lanyard.platform.sealing.Ed25519;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.stream.Writer;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.ServerName;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.audit.Audit;
import lanyard.trust.audit.AuditKeys;
import lanyard.trust.audit.Witness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class PoliciesTest {
    private static final String TRUST = "RXX";
    private static final UserId OFFICER = new UserId("@officer:ward.example");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-01T09:00:00Z"));

    @TempDir
    Path data;

    private Database database;
    private Writer writer;
    private Audit audit;
    private KeyStore keyStore;
    private Policies policies;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        writer = Writer.start(database, "node");
        keyStore = KeyStore.open(data.resolve("keys"), CLOCK, new SecureRandom());
        var keys = new AuditKeys(keyStore, new SecureRandom(), new ServerName("ward.example"));
        audit = new Audit(database, keys, new Witness(data.resolve("witness")), CLOCK);
        policies = reopened();
        policies.establish(TRUST);
    }

    private Policies reopened() {
        return new Policies(database, writer, audit, keyStore, CLOCK);
    }

    @AfterEach
    void stop() {
        writer.close();
        database.close();
    }

    private static Policy locking(Policy from, int lockSeconds) {
        return with(from, document -> document.put("lock_seconds", lockSeconds));
    }

    private static Policy with(Policy from, Consumer<ObjectNode> change) {
        var document = PolicyDocument.of(TRUST, from, 0);
        change.accept(document);
        return PolicyDocument.read(document);
    }

    @Test
    @Rule("G22")
    void anOrganisationBeginsWithTheStandardPolicy() {
        var policy = policies.of(TRUST);

        assertThat(policy.version()).isOne();
        assertThat(policy.lockSeconds()).isEqualTo(120);
        assertThat(policy.hiddenLockSeconds()).isEqualTo(60);
        assertThat(policy.passcodeMinimumLength()).isEqualTo(6);
        assertThat(policy.gracePeriod()).isEqualTo(Duration.ofHours(24));
        assertThat(policy.recordOverdueAfter()).isEqualTo(Duration.ofHours(4));
        assertThat(policy.roomKind("clinical").reviewEvery()).isEqualTo(Duration.ofDays(28));
        assertThat(policy.roomKind("social").reviewEvery()).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void anOrganisationNobodyEstablishedHasNone() {
        assertThatThrownBy(() -> policies.of("RYY")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void establishingTwiceChangesNothing() {
        policies.change(TRUST, locking(policies.of(TRUST), 60), OFFICER, "busy ward");
        policies.establish(TRUST);

        assertThat(reopened().of(TRUST).lockSeconds()).isEqualTo(60);
    }

    @Test
    void aChangeIsTheNextVersionEverywhereAndAudited() {
        policies.change(TRUST, locking(policies.of(TRUST), 60), OFFICER, "busy ward");

        assertThat(policies.of(TRUST).lockSeconds()).isEqualTo(60);
        assertThat(reopened().of(TRUST).version()).isEqualTo(2);
        assertThat(database.<Long>read(tx -> tx.query("select count(*) from audit_leaf")
                        .mapTo(Long.class)
                        .one()))
                .isOne();
    }

    @Test
    void aChangeWithoutAReasonIsRefused() {
        var wanted = locking(policies.of(TRUST), 60);

        assertThatThrownBy(() -> policies.change(TRUST, wanted, OFFICER, " ")).isInstanceOf(MatrixException.class);
        assertThat(policies.of(TRUST).version()).isOne();
    }

    @Test
    void twoChangesAtOnceDoNotOverwriteOneAnother() {
        var other = reopened();
        assertThat(other.of(TRUST).version()).isOne();
        policies.change(TRUST, locking(policies.of(TRUST), 60), OFFICER, "first");
        var wanted = locking(other.of(TRUST), 90);

        assertThatThrownBy(() -> other.change(TRUST, wanted, OFFICER, "second")).isInstanceOf(MatrixException.class);
        assertThat(reopened().of(TRUST).lockSeconds()).isEqualTo(60);
    }

    @Test
    @Rule("G05")
    void nothingBelowAFloorIsEverInForce() {
        var good = policies.of(TRUST);
        var below = Map.<String, Consumer<ObjectNode>>of(
                "lock", d -> d.put("lock_seconds", 301),
                "never lock", d -> d.put("lock_seconds", 0),
                "hidden", d -> d.put("hidden_lock_seconds", 61),
                "passcode", d -> d.put("passcode_min_length", 5),
                "offline", d -> d.put("offline_hours", 73),
                "grace", d -> d.put("decision_grace_seconds", 3_599),
                "overdue", d -> d.put("record_overdue_seconds", 24 * 3_600 + 1),
                "clinical kept", d -> kind(d, "clinical").put("keep_days", 29),
                "review", d -> kind(d, "social").put("review_days", 91),
                "a kind missing", d -> ((ObjectNode) d.get("room_kinds")).remove("social"));

        below.forEach((what, change) -> assertThatThrownBy(
                        () -> policies.change(TRUST, with(good, change), OFFICER, "try"))
                .as(what)
                .isInstanceOfSatisfying(
                        MatrixException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.M_FORBIDDEN)));
        assertThat(reopened().of(TRUST)).isEqualTo(good);
    }

    @Test
    @Rule("G05")
    void nothingBelowAFloorOfEverydayUseIsEverInForce() {
        var good = policies.of(TRUST);
        var below = Map.<String, Consumer<ObjectNode>>of(
                "edit", d -> everyday(d).put("edit_seconds", 3_601),
                "undo", d -> everyday(d).put("undo_seconds", 61),
                "added at once", d -> everyday(d).put("most_added_at_once", 101),
                "outsiders", d -> everyday(d).put("outsider_days", 366),
                "urgent", d -> everyday(d).put("repeat_urgent_seconds", 301),
                "voice notes too long", d -> everyday(d).put("voice_note_seconds", 301),
                "voice notes too short", d -> everyday(d).put("voice_note_seconds", 9),
                "files", d -> everyday(d).put("file_megabytes", 26),
                "no nudge", d -> kind(d, "social").put("nudge", "off"));

        below.forEach((what, change) -> assertThatThrownBy(
                        () -> policies.change(TRUST, with(good, change), OFFICER, "try"))
                .as(what)
                .isInstanceOfSatisfying(
                        MatrixException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.M_FORBIDDEN)));
        policies.change(TRUST, with(good, d -> kind(d, "clinical").put("nudge", "off")), OFFICER, "noise");
        assertThat(reopened().of(TRUST).roomKind("clinical").nudge()).isEqualTo(Nudge.OFF);
    }

    @Test
    @Rule("G13")
    void whatGoesWithAMessageIsSaidForEachKindOfRoom() {
        var standard = policies.of(TRUST);
        assertThat(standard.roomKind("clinical").encloses()).isEqualTo(new Enclosures(true, false));
        assertThat(standard.roomKind("operational").encloses()).isEqualTo(new Enclosures(true, true));
        assertThat(standard.roomKind("social").encloses()).isEqualTo(new Enclosures(false, false));
        var older = with(standard, d -> kind(d, "clinical").remove(List.of("voice_notes", "files")));
        assertThat(older.roomKind("clinical").encloses()).isEqualTo(new Enclosures(false, false));

        policies.change(TRUST, with(standard, d -> kind(d, "clinical").put("voice_notes", false)), OFFICER, "quiet");

        assertThat(reopened().of(TRUST).roomKind("clinical").encloses()).isEqualTo(new Enclosures(false, false));
        try (var http = TestHttp.serving(policies.shownTo(exchange -> TRUST))) {
            var told = http.get("/_lanyard/v1/policy", null).json();
            assertThat(told.at("/room_kinds/clinical/voice_notes").asBoolean(true))
                    .isFalse();
            assertThat(told.at("/room_kinds/operational/files").asBoolean(false))
                    .isTrue();
            assertThat(told.at("/everyday/voice_note_seconds").asInt()).isEqualTo(120);
            assertThat(told.at("/everyday/file_megabytes").asInt()).isEqualTo(10);
        }
    }

    private static ObjectNode everyday(ObjectNode document) {
        return (ObjectNode) document.path("everyday");
    }

    private static ObjectNode kind(ObjectNode document, String kind) {
        return (ObjectNode) document.path("room_kinds").path(kind);
    }

    @Test
    void everyStandardValueStandsOnOrAboveItsFloor() {
        assertThat(Floors.refusal(Policy.standard())).isEmpty();
    }

    @Test
    void aDocumentReadBackIsTheSamePolicy() {
        assertThat(PolicyDocument.read(PolicyDocument.of(TRUST, Policy.standard(), 5)))
                .isEqualTo(Policy.standard());
    }

    @Test
    void aPolicyChangedInTheDatabaseIsNotObeyed() {
        for (var change : List.of(
                "update policy_document set document = convert_to(replace(convert_from(document, 'UTF8'),"
                        + " '\"lock_seconds\":120', '\"lock_seconds\":9999'), 'UTF8')",
                "insert into policy_document (organization, version, document)"
                        + " select 'RYY', 1, document from policy_document limit 1")) {
            database.write(tx -> tx.update(change).execute());
        }

        assertThatThrownBy(() -> reopened().of(TRUST)).hasMessageContaining("not obeyed");
        assertThatThrownBy(() -> reopened().of("RYY")).hasMessageContaining("not obeyed");
    }

    @Test
    void theAppReadsTheSignedDocument() {
        try (var http = TestHttp.serving(policies.shownTo(exchange -> TRUST))) {
            var answer = http.get("/_lanyard/v1/policy", null);

            assertThat(answer.status()).isEqualTo(200);
            var body = answer.json();
            assertThat(body.path("lock_seconds").asInt()).isEqualTo(120);
            assertThat(body.path("passcode_min_length").asInt()).isEqualTo(6);
            assertThat(body.path("decision_grace_seconds").asInt()).isEqualTo(86_400);
            assertThat(body.path("room_kinds")
                            .path("clinical")
                            .path("review_days")
                            .asInt())
                    .isEqualTo(28);
            var key = java.util.Base64.getDecoder()
                    .decode(body.path("signing_key").asString());
            assertThat(key).hasSize(Ed25519.KEY_BYTES);
            assertThat(PolicyDocument.isSigned(body, key)).isTrue();
            assertThat(PolicyDocument.isSigned(body.put("lock_seconds", 5), key))
                    .isFalse();
        }
    }

    @Test
    void whoIsNotSignedInGetsNoPolicy() {
        var unsigned = policies.shownTo(exchange -> {
            throw new MatrixException(ErrorCode.M_MISSING_TOKEN, "Sign in first.");
        });
        try (var http = TestHttp.serving(unsigned)) {
            assertThat(http.get("/_lanyard/v1/policy", null).status()).isEqualTo(401);
        }
    }
}
