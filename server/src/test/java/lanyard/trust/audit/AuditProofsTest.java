package lanyard.trust.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Base64;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.MatrixException;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.node.ObjectNode;

@Rule("G39")
class AuditProofsTest extends AuditFixture {
    private String said = "";

    private int verifyFile(ObjectNode proof) {
        try {
            var file = Files.write(data.resolve("proof.json"), Json.bytes(proof));
            var out = new StringWriter();
            var command = new CommandLine(new VerifyProof())
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(out));
            var status = command.execute("--key", audit.proofs().verifierKey(), file.toString());
            said = out.toString();
            return status;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void anEntryIsProvedFromAFileAndTheKeyAlone() {
        deeds(5);
        var place = deed("!room");
        deeds(3);
        audit.checkpoint();
        var proof = audit.proofOf(place.slot(), place.index());
        assertThat(verifyFile(proof)).isZero();
        assertThat(said).contains("Entry 5 is in the log of 9 entries", "hold.placed by @officer:ward.example");

        var other = proof.deepCopy().put("index", 4);
        assertThat(verifyFile(other)).isEqualTo(1);
        assertThat(said).contains("is not in the log");
        var forged = proof.deepCopy();
        var entry = new String(
                        Base64.getDecoder().decode(Json.text(proof, "entry")), java.nio.charset.StandardCharsets.UTF_8)
                .replace("officer", "nobody1");
        forged.put(
                "entry", Base64.getEncoder().encodeToString(entry.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(verifyFile(forged)).isEqualTo(1);
        assertThat(said).contains("not the one whose hash is in the log");
        var unsigned = proof.deepCopy();
        unsigned.put("checkpoint", Json.text(proof, "checkpoint").replace("\n9\n", "\n8\n"));
        assertThat(verifyFile(unsigned)).isEqualTo(1);
        assertThat(said).contains("signature");
    }

    @Test
    void anErasedEntryIsStillProvedWithoutItsContent() {
        var place = deed("!room");
        var whole = deed("!other");
        writer.write(c -> {
            audit.erase(c, place, "@officer:ward.example", "asked for");
            return place;
        });
        now = now.plus(Duration.ofDays(2));
        deed("!july");
        audit.checkpoint();
        var proof = audit.proofOf(place.slot(), place.index());
        assertThat(proof.has("entry")).isFalse();
        assertThat(verifyFile(proof)).isZero();
        assertThat(said).contains("not in the file, or was erased");

        keyStore.destroy(AuditKeys.nameOf(YearMonth.of(2026, 6)), "a test");
        var afterwards = audit.proofOf(whole.slot(), whole.index());
        assertThat(afterwards.has("salt")).isFalse();
        assertThat(verifyFile(afterwards)).isZero();
        assertThat(verify()).isInstanceOf(Finding.Sound.class);
    }

    @Test
    void c16ThatTheLogOnlyGrewIsProvedAndAChangedOneIsNot() {
        deeds(5);
        audit.checkpoint();
        deeds(8);
        audit.checkpoint();
        var proof = audit.proofs().consistency(slot(), 5);
        assertThat(verifyFile(proof)).isZero();
        assertThat(said).contains("The log of 13 entries begins with the log of 5, unchanged.");
        var hash = Base64.getEncoder().encodeToString(new byte[32]);
        var changed = proof.deepCopy();
        changed.putArray("path").add(hash);
        assertThat(verifyFile(changed)).isEqualTo(1);

        tamper("update audit_leaf set leaf_hash = sha256('x') where leaf_index = 3");
        assertThat(verifyFile(audit.proofs().consistency(slot(), 5))).isEqualTo(1);
        assertThat(said).contains("does not begin with");
    }

    @Test
    void whatNoCheckpointCoversIsNotProvedYet() {
        var place = deed("!room");
        assertThatThrownBy(() -> audit.proofs().inclusion(place.slot(), place.index()))
                .isInstanceOf(MatrixException.class);
        assertThatThrownBy(() -> audit.proofOf(place.slot(), 99)).isInstanceOf(MatrixException.class);
        audit.checkpoint();
        assertThatThrownBy(() -> audit.proofs().consistency(place.slot(), 7)).isInstanceOf(MatrixException.class);
        assertThat(audit.proofs().newest()).hasSize(1);
    }
}
