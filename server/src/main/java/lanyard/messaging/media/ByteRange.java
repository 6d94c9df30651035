package lanyard.messaging.media;

import java.util.Optional;
import java.util.regex.Pattern;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// The part of a file asked for: `last` is within it. <https://www.rfc-editor.org/rfc/rfc9110#section-14>
record ByteRange(long first, long last) {
    private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,15})-([0-9]{0,15})");

    long length() {
        return last - first + 1;
    }

    /// Empty when all of it is wanted; several parts at once count as all. Errors: 416 beyond the end.
    static Optional<ByteRange> of(Optional<String> header, long length) {
        var match = ONE.matcher(header.map(String::strip).orElse(""));
        if (!match.matches() || (match.group(1).isEmpty() && match.group(2).isEmpty())) {
            return Optional.empty();
        }
        var range = match.group(1).isEmpty()
                ? new ByteRange(Math.max(0, length - Long.parseLong(match.group(2))), length - 1)
                : new ByteRange(
                        Long.parseLong(match.group(1)),
                        match.group(2).isEmpty() ? length - 1 : Math.min(Long.parseLong(match.group(2)), length - 1));
        if (range.length() < 1) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The file has no such part.").status(416);
        }
        return Optional.of(range);
    }
}
