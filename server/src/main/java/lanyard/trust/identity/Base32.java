package lanyard.trust.identity;

import java.io.ByteArrayOutputStream;

/// Base 32 as authenticator apps read it (<https://www.rfc-editor.org/rfc/rfc4648#section-6>), without padding.
final class Base32 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Base32() {}

    static String encode(byte[] bytes) {
        var text = new StringBuilder();
        var buffer = 0;
        var bits = 0;
        for (var b : bytes) {
            buffer = (buffer << 8) | (b & 0xff);
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(ALPHABET.charAt((buffer >> bits) & 31));
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt((buffer << (5 - bits)) & 31));
        }
        return text.toString();
    }

    static byte[] decode(String text) {
        var bytes = new ByteArrayOutputStream();
        var buffer = 0;
        var bits = 0;
        for (var i = 0; i < text.length(); i++) {
            var value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) {
                throw new IllegalArgumentException("not base 32");
            }
            buffer = (buffer << 5) | value;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write((buffer >> bits) & 0xff);
            }
            buffer &= (1 << bits) - 1;
        }
        return bytes.toByteArray();
    }
}
