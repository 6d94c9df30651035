package lanyard;

import java.time.InstantSource;
import java.util.Set;
import lanyard.platform.db.Database;
import lanyard.platform.http.HttpServer;
import lanyard.platform.http.RouteTable;
import lanyard.platform.http.StaticFiles;
import lanyard.platform.jobs.Scheduler;

/// Builds every feature with `new`, in the order in which they need each other.
public final class App implements AutoCloseable {
    private final HttpServer http;
    private final Scheduler jobs;

    private App(HttpServer http, Scheduler jobs) {
        this.http = http;
        this.jobs = jobs;
    }

    public static App start(Settings settings, Database database) {
        var jobs = new Scheduler(database, InstantSource.system());
        var routes = new RouteTable();
        var files = settings.web().map(web -> StaticFiles.in(web, Set.of(""))).orElseGet(StaticFiles::none);
        jobs.start();
        return new App(HttpServer.start(settings.http(), routes, files), jobs);
    }

    /// The port it listens on.
    public int port() {
        return http.port();
    }

    @Override
    public void close() {
        http.close();
        jobs.close();
    }
}
