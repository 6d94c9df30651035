package lanyard.platform.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// Percent-decoding that refuses what it cannot read: half an escape, bytes that are not UTF-8, a NUL (which no
/// identifier holds and PostgreSQL cannot store).
final class Percent {
    private Percent() {}

    static String decode(String text) {
        return decode(text, false);
    }

    /// In a query a plus is a space
    /// (<https://url.spec.whatwg.org/#application/x-www-form-urlencoded>); in a path it is a plus.
    static String decodeQuery(String text) {
        return decode(text, true);
    }

    private static String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
            return withoutNul(text);
        }
        var bytes = new ByteArrayOutputStream(text.length());
        var raw = text.getBytes(StandardCharsets.UTF_8);
        for (var i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                bytes.write(hex(raw, i + 1) << 4 | hex(raw, i + 2));
                i += 2;
            } else {
                bytes.write(plusIsSpace && raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        return withoutNul(utf8(bytes.toByteArray()));
    }

    private static int hex(byte[] raw, int at) {
        var digit = at < raw.length ? Character.digit(raw[at], 16) : -1;
        if (digit < 0) {
            throw unreadable();
        }
        return digit;
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unreadable();
        }
    }

    private static String withoutNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw unreadable();
        }
        return text;
    }

    private static MatrixException unreadable() {
        return new MatrixException(
                ErrorCode.M_INVALID_PARAM, "The address holds a percent-encoding that cannot be read.");
    }
}
