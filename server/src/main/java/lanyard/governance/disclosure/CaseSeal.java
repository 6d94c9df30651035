package lanyard.governance.disclosure;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.KeyStore;
import tools.jackson.databind.node.ObjectNode;

/// Words of a case as the database may hold them: sealed by a key of the case's own, which can be destroyed.
final class CaseSeal {
    private final KeyStore keys;

    CaseSeal(KeyStore keys) {
        this.keys = keys;
    }

    static KeyName name(CaseId id) {
        return new KeyName("case", id.value());
    }

    /// Makes the case's key, which waits for the disk: not for a deed.
    void prepare(CaseId id) {
        keys.key(name(id));
    }

    byte[] seal(CaseId id, String what, ObjectNode words) {
        return keys.key(name(id)).seal(Json.bytes(words), place(id, what));
    }

    ObjectNode open(CaseId id, String what, byte[] sealed) {
        return Json.ownObject(keys.key(name(id)).open(sealed, place(id, what)));
    }

    byte[] sealText(CaseId id, String what, String text) {
        return keys.key(name(id)).seal(text.getBytes(StandardCharsets.UTF_8), place(id, what));
    }

    String openText(CaseId id, String what, byte[] sealed) {
        return new String(keys.key(name(id)).open(sealed, place(id, what)), StandardCharsets.UTF_8);
    }

    /// Shows that words are those that were given, to whoever has the case's key and the words, and nothing to anybody
    /// once the key is destroyed: HMAC-SHA-256 under a key made of it, in base64.
    /// <https://www.rfc-editor.org/rfc/rfc2104.html>
    String proof(CaseId id, String words) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(keys.key(name(id)).derive("disclosure reason"), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(words.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
        }
    }

    private static byte[] place(CaseId id, String what) {
        return ("disclosure\n" + what + "\n" + id).getBytes(StandardCharsets.UTF_8);
    }
}
