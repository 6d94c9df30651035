package lanyard.platform.http;

import java.util.concurrent.atomic.AtomicLong;
import lanyard.platform.FaultTrace;
import lanyard.platform.Unavailable;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.IntNode;

/// The one place where an exception becomes an answer.
///
/// What could go wrong: an exception's message often quotes what it choked on, which here may be a patient's name.
/// So of a fault only class names and stack frames are logged, with a reference that the caller is told too.
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private static final int RETRY_AFTER_MS = 1_000;

    private final String prefix = Long.toString(System.nanoTime() & 0xFFFF_FFFFL, 36);
    private final AtomicLong count = new AtomicLong();

    static Reply of(MatrixException refusal) {
        var body = Json.object().put("errcode", refusal.code().name()).put("error", refusal.sentence());
        refusal.fields().forEach(body::set);
        return withRetry(Reply.json(refusal.status(), body), refusal);
    }

    /// With the header that says when to try again, where the refusal says so.
    static Reply withRetry(Reply reply, MatrixException refusal) {
        var retry = refusal.fields().get("retry_after_ms");
        if (retry != null && retry.isIntegralNumber()) {
            return reply.header("Retry-After", Long.toString(Math.ceilDiv(retry.longValue(), 1_000L)));
        }
        return reply;
    }

    /// What was not foreseen, as a refusal that may be shown.
    MatrixException ofFault(String route, Throwable fault) {
        if (fault instanceof Unavailable) {
            // What is away says so itself, once; a thousand waiting callers need not.
            LOG.debug("{} could not be answered: {}", route, fault.getClass().getSimpleName());
            return new MatrixException(ErrorCode.M_UNKNOWN, "The server is catching its breath. Try again in a moment.")
                    .status(503)
                    .with("retry_after_ms", IntNode.valueOf(RETRY_AFTER_MS));
        }
        var reference = prefix + "-" + count.incrementAndGet();
        LOG.error("{} failed, reference {}: {}", route, reference, FaultTrace.withoutMessages(fault));
        return new MatrixException(
                ErrorCode.M_UNKNOWN, "Something went wrong on our side. Reference " + reference + ".");
    }
}
