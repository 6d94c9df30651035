package lanyard.governance.review;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import lanyard.governance.disclosure.CaseId;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.SealingKey;

/// What a case keeps, sealed under the key of the case: destroying that makes all of it unreadable at once.
final class CaseFiles {
    private static final int ID_BYTES = 24;

    private final ReviewParts.Ground ground;

    CaseFiles(ReviewParts.Ground ground) {
        this.ground = ground;
    }

    private SealingKey key(CaseId id) {
        return ground.keys().key(new KeyName("case", id.value()));
    }

    byte[] seal(CaseId id, String what, byte[] plain) {
        return key(id).seal(plain, place(id, what));
    }

    byte[] open(CaseId id, String what, byte[] sealed) {
        return key(id).open(sealed, place(id, what));
    }

    private static byte[] place(CaseId id, String what) {
        return ("review\n" + what + "\n" + id.value()).getBytes(StandardCharsets.UTF_8);
    }

    /// Keeps a file; durable when it returns its name. Not for a deed.
    String put(CaseId id, byte[] plain) {
        var blob = newId();
        ground.blobs().put(blob, new ByteArrayInputStream(seal(id, blob, plain)));
        return blob;
    }

    byte[] get(CaseId id, String blob) {
        try (var in =
                ground.blobs().open(blob, 0).orElseThrow(() -> new IllegalStateException("a case's file is gone"))) {
            return open(id, blob, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void destroy(String blob, String why) {
        ground.blobs().destroy(blob, why);
    }

    String newId() {
        var bytes = new byte[ID_BYTES];
        ground.random().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
