package lanyard;

import java.util.ArrayDeque;
import java.util.Deque;
import lanyard.platform.FaultTrace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has been started, in order; stops it the other way round, each part even if another could not be stopped.
final class Running implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Running.class);

    private final Deque<Runnable> parts = new ArrayDeque<>();
    private boolean closed;

    /// Told to stop while still starting: what comes later is stopped at once.
    synchronized void add(Runnable stop) {
        if (closed) {
            stop.run();
        } else {
            parts.push(stop);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            try {
                parts.pop().run();
            } catch (RuntimeException e) {
                LOG.error("A part did not stop: {}", FaultTrace.withoutMessages(e));
            }
        }
    }
}
