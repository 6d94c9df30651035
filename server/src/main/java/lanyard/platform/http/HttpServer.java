package lanyard.platform.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// The listening server. Handlers run on virtual threads and may block.
public final class HttpServer implements AutoCloseable {
    private static final Duration STOPPING = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final int HEADER_BYTES = 16 * 1024;
    /// A whole hospital reconnects at once when the network comes back.
    private static final int ACCEPT_QUEUE = 4096;

    private final Server server;
    private final ServerConnector connector;
    private final List<Runnable> stopping = new CopyOnWriteArrayList<>();

    private HttpServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /// Starts listening; when it returns, requests are answered.
    public static HttpServer start(HttpSettings settings, RouteTable routes, StaticFiles files) {
        return start(settings, new Door(settings, routes, files), IDLE);
    }

    static HttpServer start(HttpSettings settings, Door door, Duration idle) {
        var server = new Server(threads());
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
        connector.setHost(settings.bind());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(idle.toMillis());
        server.addConnector(connector);
        var graceful = new GracefulHandler();
        graceful.setHandler(door);
        server.setHandler(graceful);
        server.setErrorHandler(new Unreadable());
        server.setStopTimeout(STOPPING.toMillis());
        var slow = new SlowHeaders(connector.getScheduler(), idle.dividedBy(3));
        connector.addBean(slow);
        begin(server, settings.port());
        slow.watch();
        return new HttpServer(server, connector);
    }

    private static QueuedThreadPool threads() {
        var blocking = new VirtualThreadPool();
        // Zero means no limit; its default of 200 would let 200 parked polls stop the server.
        blocking.setMaxConcurrentTasks(0);
        var selecting = new QueuedThreadPool(32, 4);
        selecting.setName("http");
        selecting.setVirtualThreadsExecutor(blocking);
        return selecting;
    }

    private static HttpConfiguration configuration() {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(HEADER_BYTES);
        // Jetty remembers headers in 18 KB for each connection; a phone that waits sends none meanwhile.
        configuration.setHeaderCacheSize(0);
        // We route on the raw path, where an encoded slash is part of a name and not a separator.
        configuration.setUriCompliance(UriCompliance.DEFAULT.with(
                "matrix",
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
                UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS));
        return configuration;
    }

    /// Jetty declares that starting may throw anything; for us it is one thing, a port that cannot be had.
    private static void begin(Server server, int port) {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot listen on port " + port + ".", e);
        }
    }

    public int port() {
        return connector.getLocalPort();
    }

    /// Runs when the server begins to stop, before it waits for what is in flight: whoever parks requests releases
    /// them here.
    public void onStopping(Runnable release) {
        stopping.add(release);
    }

    /// Accepts nobody new, releases what is parked, finishes what is in flight (five seconds at most).
    @Override
    public void close() {
        try {
            var accepted = connector.shutdown();
            stopping.forEach(Runnable::run);
            accepted.get(STOPPING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Connections that stay open are cut below.
        }
        end();
    }

    private void end() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server did not stop cleanly.", e);
        }
    }
}
