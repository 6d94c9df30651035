package lanyard.platform.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/// Cuts the connections on which a request has begun but its headers do not end. The idle time-out does not see them: a
/// byte now and then counts as not idle. Bodies have their own limit, in [Body].
final class SlowHeaders implements Connection.Listener {
    private final Scheduler scheduler;
    private final Duration patience;
    private final Map<Connection, Progress> progress = new ConcurrentHashMap<>();

    SlowHeaders(Scheduler scheduler, Duration patience) {
        this.scheduler = scheduler;
        this.patience = patience;
    }

    /// What had come on a connection when it last stood between two requests.
    private record Progress(long requests, long bytes, long since) {
        static Progress of(Connection connection) {
            return new Progress(connection.getMessagesIn(), connection.getBytesIn(), System.nanoTime());
        }
    }

    @Override
    public void onOpened(Connection connection) {
        progress.put(connection, Progress.of(connection));
    }

    @Override
    public void onClosed(Connection connection) {
        progress.remove(connection);
    }

    /// Call it once the server has started.
    void watch() {
        scheduler.schedule(
                () -> {
                    progress.forEach(this::look);
                    watch();
                },
                patience.toMillis() / 4,
                TimeUnit.MILLISECONDS);
    }

    private void look(Connection connection, Progress before) {
        var isBetween = connection.getMessagesIn() == before.requests() && connection.getBytesIn() == before.bytes();
        var isAnswering = connection.getMessagesIn() != connection.getMessagesOut();
        if (isBetween || isAnswering || connection.getMessagesIn() != before.requests()) {
            progress.replace(connection, before, Progress.of(connection));
        } else if (System.nanoTime() - before.since() > patience.toNanos()) {
            connection.getEndPoint().close();
        }
    }
}
