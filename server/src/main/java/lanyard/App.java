package lanyard;

import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Stream;
import lanyard.platform.Feature;
import lanyard.platform.db.Database;
import lanyard.platform.http.HttpServer;
import lanyard.platform.http.RouteTable;
import lanyard.platform.http.StaticFiles;
import lanyard.platform.jobs.Scheduler;

/// Builds every layer with `new`, in the order in which they need each other: [Ground], [Messaging], [Governance].
public final class App implements AutoCloseable {
    private static final Set<String> PAGES = Set.of("", "sign-in", "link", "account", "lost");

    private final Running running = new Running();
    private final HttpServer http;
    private final Ground ground;
    private final Messaging messaging;
    private final Governance governance;
    private final Demonstration demonstration;
    private volatile Demonstration.First first;
    private final DemonstrationRota rota;
    private final Scheduler jobs;

    private App(Settings settings, Database database, Ground.Given given) {
        ground = Ground.build(settings, database, given, running);
        messaging = Messaging.build(ground, running);
        governance = Governance.build(ground, messaging, running);

        rota = new DemonstrationRota(ground, messaging.rest().onCall());
        var routes = new RouteTable();
        jobs = new Scheduler(database, given.clock());
        features().forEach(feature -> {
            feature.routes(routes);
            feature.jobs(jobs);
        });
        new About(settings, ground.identity()).addTo(routes);

        demonstration = new Demonstration(
                ground,
                messaging.patients(),
                governance.custodian(),
                governance.minimising().induction());
        first = demonstration.start();
        rota.fill();
        ground.identity()
                .organizations()
                .list()
                .forEach(organization -> ground.trust().policies().establish(organization.odsCode()));
        governance.custodian().settle(Demonstration.sharesIn(settings));

        governance.retention().destroyAgain();

        var files = settings.web().map(web -> StaticFiles.in(web, PAGES)).orElseGet(StaticFiles::none);
        jobs.start();
        running.add(jobs::close);
        http = HttpServer.start(settings.http(), routes, files);
        http.onStopping(ground.wakes()::stop);
        running.add(http::close);
    }

    Stream<Feature> features() {
        return Stream.of(ground.features(), messaging.features(), governance.features(), Stream.of(rota))
                .flatMap(layer -> layer);
    }

    public static App start(Settings settings, Database database) {
        return start(settings, database, Ground.Given.of(settings, InstantSource.system()));
    }

    static App start(Settings settings, Database database, Ground.Given given) {
        return new App(settings, database, given);
    }

    /// The port it listens on.
    public int port() {
        return http.port();
    }

    /// How the demonstration's people sign in, until [#firstIsTold]; empty ever after.
    Demonstration.First first() {
        return first;
    }

    void firstIsTold() {
        demonstration.told();
        first = Demonstration.First.NOTHING;
    }

    Governance governance() {
        return governance;
    }

    DemonstrationRota rota() {
        return rota;
    }

    Messaging messaging() {
        return messaging;
    }

    Scheduler jobs() {
        return jobs;
    }

    Ground ground() {
        return ground;
    }

    @Override
    public void close() {
        running.close();
    }
}
