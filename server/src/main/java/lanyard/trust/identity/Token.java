package lanyard.trust.identity;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import lanyard.platform.sealing.Hashes;

/// A random bearer secret: 256 bits behind a prefix that says what it is (and lets a scanner find a leaked one). Only
/// its SHA-256 is stored; with 256 random bits a slow hash would add nothing.
public record Token(String value) {
    static final String ACCESS_TOKEN = "lyt_";
    static final String REFRESH_TOKEN = "lyr_";
    static final String LOGIN_TOKEN = "lyl_";
    static final String SIGN_IN_SESSION = "lys_";
    static final String KNOWN_BROWSER = "lyb_";
    private static final int BYTES = 32;
    private static final int LONGEST = 100;

    public static Token fresh(String prefix, SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Token(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// Too long to be one of ours: not worth a hash or a query.
    public boolean isAbsurd() {
        return value.isEmpty() || value.length() > LONGEST;
    }

    public byte[] hash() {
        return Hashes.sha256(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Token[hidden]";
    }
}
