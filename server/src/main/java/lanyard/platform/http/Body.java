package lanyard.platform.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/// Reads a request's body, never more of it than allowed and never for longer than is reasonable: a caller who sends
/// a byte now and then would otherwise hold a thread and a connection for as long as they liked.
final class Body {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    /// After the first patience has run out, a body must have come at this rate: a poor ward network manages it.
    static final int SLOWEST_BYTES_PER_SECOND = 1_000;

    private static final int LARGEST_DRAIN = 1024 * 1024;
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(5);

    private Body() {}

    static byte[] read(Request request, int maximumBytes) {
        var announced = request.getLength();
        try (var stream = stream(request, maximumBytes)) {
            if (announced < 0) {
                return stream.readAllBytes();
            }
            var body = stream.readNBytes((int) announced);
            // Jetty knows that all of it was taken once it has said so.
            stream.read();
            return body;
        } catch (IOException e) {
            throw new IllegalStateException("a bounded stream maps its faults", e);
        }
    }

    static InputStream stream(Request request, long maximumBytes) {
        if (request.getLength() > maximumBytes) {
            throw tooLarge(maximumBytes);
        }
        return new Bounded(Content.Source.asInputStream(request), maximumBytes);
    }

    private static final class Bounded extends InputStream {
        private final InputStream stream;
        private final long maximumBytes;
        private final long started = System.nanoTime();
        private long received;

        Bounded(InputStream stream, long maximumBytes) {
            this.stream = stream;
            this.maximumBytes = maximumBytes;
        }

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            try {
                var count = stream.read(buffer, offset, Math.min(length, 64 * 1024));
                received += Math.max(0, count);
                if (received > maximumBytes) {
                    throw tooLarge(maximumBytes);
                }
                if (count >= 0 && tooSlow(Duration.ofNanos(System.nanoTime() - started), received)) {
                    throw tooSlow();
                }
                return count;
            } catch (IOException e) {
                throw e.getCause() instanceof TimeoutException ? tooSlow() : gone();
            }
        }

        /// The stream is Jetty's to close: closing it early would cut the connection before the answer is read.
        @Override
        public void close() {}
    }

    /// Takes the rest of a request's body off the line, so that a caller who is still sending gets to read the answer
    /// and can use the connection again. Answers whether all of it came: who sends too much or too slowly has to
    /// open another connection.
    static boolean drain(Request request) {
        var chunk = request.read();
        if (chunk != null) {
            chunk.release();
            if (chunk.isLast()) {
                return !Content.Chunk.isFailure(chunk);
            }
        }
        return request.getLength() <= LARGEST_DRAIN && take(request, LARGEST_DRAIN);
    }

    /// After the answer to a body that was too much to be drained: a connection that is closed while there is
    /// something unread on it is reset, and takes the answer with it before the caller, who is still sending, has
    /// read it.
    static void linger(Request request) {
        var _ = take(request, Long.MAX_VALUE);
    }

    private static boolean take(Request request, long maximumBytes) {
        var buffer = new byte[8 * 1024];
        var taken = 0L;
        var started = System.nanoTime();
        var stream = Content.Source.asInputStream(request);
        try {
            for (var count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                taken += count;
                var lasted = Duration.ofNanos(System.nanoTime() - started);
                if (taken > maximumBytes || lasted.compareTo(LONGEST_DRAIN) > 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static boolean tooSlow(Duration taken, long received) {
        return taken.compareTo(PATIENCE.plusSeconds(received / SLOWEST_BYTES_PER_SECOND)) > 0;
    }

    private static MatrixException tooSlow() {
        return new MatrixException(ErrorCode.M_UNKNOWN, "The request came too slowly. Try again.").status(408);
    }

    private static MatrixException tooLarge(long maximumBytes) {
        return new MatrixException(
                ErrorCode.M_TOO_LARGE, "The request is larger than the " + maximumBytes + " bytes allowed here.");
    }

    /// Nobody is there to be told, and nothing is wrong with us: an answer like any other, not a fault.
    private static MatrixException gone() {
        return new MatrixException(ErrorCode.M_UNKNOWN, "The connection was lost.").status(400);
    }
}
