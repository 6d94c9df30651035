package lanyard.trust.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import lanyard.platform.sealing.Ed25519;
import lanyard.platform.sealing.Hashes;

/// Opens notes in C2SP's signed-note format, which other people's tools can check too.
/// <https://c2sp.org/signed-note>
final class SignedNotes {
    private static final int HINT_BYTES = 4;
    private static final byte ED25519 = 1;
    private static final String DASH = "\u2014 ";

    private final String name;
    private final byte[] publicKey;

    SignedNotes(String name, byte[] publicKey) {
        this.name = name;
        this.publicKey = publicKey;
    }

    /// The public key in the format that the tools take: `name+hint+key`.
    static SignedNotes ofVerifierKey(String verifierKey) {
        var first = verifierKey.indexOf('+');
        var second = verifierKey.indexOf('+', first + 1);
        if (first < 1 || second != first + 9) {
            throw new AuditFormatException("that is not a verifier key (name+hint+key)");
        }
        var key = decode(verifierKey.substring(second + 1).strip());
        if (key.length != Ed25519.KEY_BYTES + 1 || key[0] != ED25519) {
            throw new AuditFormatException("that verifier key is not for Ed25519");
        }
        return new SignedNotes(verifierKey.substring(0, first), Arrays.copyOfRange(key, 1, key.length));
    }

    String verifierKey() {
        var typed = ByteBuffer.allocate(1 + publicKey.length)
                .put(ED25519)
                .put(publicKey)
                .array();
        return name + "+" + java.util.HexFormat.of().formatHex(hint()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    String name() {
        return name;
    }

    String sign(String body, byte[] privateKey) {
        var signature = Ed25519.sign(privateKey, body.getBytes(UTF_8));
        var hinted =
                ByteBuffer.allocate(HINT_BYTES + signature.length).put(hint()).put(signature);
        return body + "\n" + DASH + name + " " + Base64.getEncoder().encodeToString(hinted.array()) + "\n";
    }

    /// The note's text, its signature checked. Errors: [AuditFormatException].
    String open(String note) {
        var end = note.lastIndexOf("\n\n");
        var prefix = DASH + name + " ";
        if (end < 0 || !note.startsWith(prefix, end + 2) || !note.endsWith("\n")) {
            throw new AuditFormatException("a checkpoint carries no signature of " + name);
        }
        var body = note.substring(0, end + 1);
        var hinted = decode(note.substring(end + 2 + prefix.length(), note.length() - 1));
        if (hinted.length != HINT_BYTES + Ed25519.SIGNATURE_BYTES
                || !Arrays.equals(hint(), Arrays.copyOf(hinted, HINT_BYTES))
                || !Ed25519.verify(
                        publicKey, body.getBytes(UTF_8), Arrays.copyOfRange(hinted, HINT_BYTES, hinted.length))) {
            throw new AuditFormatException("the signature of a checkpoint is not right");
        }
        return body;
    }

    private byte[] hint() {
        return Arrays.copyOf(Hashes.sha256(name.getBytes(UTF_8), new byte[] {'\n', ED25519}, publicKey), HINT_BYTES);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new AuditFormatException("a checkpoint is not in the format of a signed note");
        }
    }
}
