package lanyard.trust.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;

@Rule("G39")
class AuditTest extends AuditFixture {
    private static final YearMonth JUNE = YearMonth.of(2026, 6);

    @Test
    void anEmptyLogHolds() {
        audit.checkpoint();

        assertThat(verify()).isEqualTo(new Finding.Sound(0, 0, 0, 0));
    }

    @Test
    void nothingNewIsNotSignedAgain() throws IOException {
        deeds(2);
        audit.checkpoint();
        audit.checkpoint();

        assertThat(Files.readAllLines(witnessFile)).hasSize(1);
    }

    @Test
    void aRestartGoesOnWhereTheLogEnded() {
        deeds(5);
        audit.checkpoint();
        restart();
        deeds(2);
        audit.checkpoint();

        assertThat(verify()).isEqualTo(new Finding.Sound(7, 0, 2, 0));
    }

    @Test
    void aDeedThatFailsLeavesNoEntryAndNoGap() {
        deed("!before");
        assertThatThrownBy(() -> writer.write(c -> {
                    audit.record(c, new AuditEntry("hold.placed", "@officer:ward.example", "!never", "fails"));
                    throw new IllegalStateException("the deed failed");
                }))
                .hasMessage("the deed failed");
        deed("!after");
        audit.checkpoint();

        assertThat(verify()).isEqualTo(new Finding.Sound(2, 0, 1, 0));
    }

    @Test
    void oneDeedMayLeaveSeveralEntries() {
        writer.write(c -> {
            audit.record(c, new AuditEntry("hold.placed", "@o:ward.example", "!a", "one"));
            audit.record(c, new AuditEntry("hold.placed", "@o:ward.example", "!b", "two"));
            return 0;
        });
        audit.checkpoint();

        assertThat(verify()).isEqualTo(new Finding.Sound(2, 0, 1, 0));
    }

    @Test
    void whatIsInTheTableCannotBeReadThere() {
        deed("!secret-subject");

        var rows = database.read(tx ->
                tx.query("select sealed from audit_leaf").mapTo(byte[].class).list());
        assertThat(rows)
                .hasSize(1)
                .allSatisfy(row -> assertThat(new String(row, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("secret"));
    }

    @Test
    void c16TheDatabaseItselfRefusesToChangeOrDeleteALeaf() {
        deeds(1);

        audit.checkpoint();
        for (var statement : List.of(
                "delete from audit_leaf",
                "update audit_leaf set ts = 1",
                "truncate audit_leaf",
                "delete from audit_checkpoint",
                "truncate audit_checkpoint")) {
            assertThatThrownBy(() -> database.write(tx -> tx.update(statement).execute()))
                    .hasMessageContaining("only ever appended to");
        }
    }

    @Test
    void aTornLastLineOfTheWitnessIsOverwritten() throws IOException {
        deeds(2);
        audit.checkpoint();
        Files.writeString(witnessFile, "ward.example/audit/0\t4\tAAAA", StandardOpenOption.APPEND);
        assertThat(verify()).isInstanceOf(Finding.Sound.class);
        deeds(2);
        audit.checkpoint();

        assertThat(verify()).isEqualTo(new Finding.Sound(4, 0, 2, 0));
    }

    @Test
    void anErasedEntryStillVerifiesBecauseItsErasureIsRecorded() {
        deeds(2);
        var personal = deed("@someone:ward.example");
        deeds(1);
        audit.checkpoint();
        writer.write(c -> {
            audit.erase(c, personal, "@dpo:ward.example", "erasure request");
            return 0;
        });
        audit.checkpoint();

        assertThat(verify()).isEqualTo(new Finding.Sound(5, 1, 2, 0));
        List<Long> blank = database.read(tx -> tx.query("select leaf_index from audit_leaf where sealed is null")
                .mapTo(Long.class)
                .list());
        assertThat(blank).containsExactly(personal.index());
    }

    @Test
    void whatSomebodyTypedGoesWhenItsTimeHasComeAndTheLogStillVerifies() {
        var words = new AuditEntry("reset.check", "@desk:ward.example", "@ann:ward.example", "she sounded like Ann");
        writer.write(c -> {
            audit.recordWords(c, words, Duration.ofDays(30));
            return 0;
        });
        audit.checkpoint();
        now = now.plus(Duration.ofDays(29));
        eraseDue();
        assertThat(verify()).isEqualTo(new Finding.Sound(1, 0, 1, 0));
        now = now.plus(Duration.ofDays(1));
        eraseDue();
        eraseDue();
        audit.checkpoint();
        assertThat(verify()).as("one erased, one that says so").isEqualTo(new Finding.Sound(2, 1, 2, 0));
    }

    private void eraseDue() {
        writer.write(c -> {
            audit.eraseDue(c);
            return 0;
        });
    }

    @Test
    void erasingWhatIsNotThereIsRefused() {
        deeds(1);

        assertThatThrownBy(() -> writer.write(c -> {
                    audit.erase(c, new Leaf.Place(slot(), 7), "@dpo:ward.example", "no such entry");
                    return 0;
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(verify()).isEqualTo(new Finding.Sound(1, 0, 0, 1));
    }

    @Test
    void aMonthWhoseKeyWasDestroyedStillVerifies() {
        deeds(4);
        now = now.plus(Duration.ofDays(1));
        deeds(2);
        audit.checkpoint();
        keyStore.destroy(AuditKeys.nameOf(JUNE), "retention has run out");

        assertThat(verify()).isEqualTo(new Finding.Sound(6, 4, 1, 0));
    }

    @Test
    void aClockThatRunsBackwardsDoesNotBreakTheLog() {
        deeds(2);
        now = now.minus(Duration.ofHours(1));
        deeds(2);
        audit.checkpoint();

        assertThat(verify()).isInstanceOf(Finding.Sound.class);
    }

    @Test
    void aBigLogIsVerifiedPageByPage() {
        writer.write(c -> {
            for (var i = 0; i < 2_500; i++) {
                audit.record(
                        c,
                        new AuditEntry(
                                "test.many",
                                "@o:ward.example",
                                "!r" + i,
                                "",
                                Json.object().put("n", i)));
            }
            return 0;
        });
        audit.checkpoint();

        assertThat(verify()).isEqualTo(new Finding.Sound(2_500, 0, 1, 0));
    }

    @Test
    void entriesThatSayTooLittleOrTooMuchAreRefused() {
        assertThatThrownBy(() -> new AuditEntry("Placed!", "@o:x", "!r", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AuditEntry("hold.placed", " ", "!r", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AuditEntry("hold.placed", "@o:x", "!r", "x".repeat(1_001)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
