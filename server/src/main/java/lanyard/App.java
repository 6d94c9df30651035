package lanyard;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lanyard.messaging.account.Account;
import lanyard.messaging.account.AccountParts;
import lanyard.messaging.directory.Directory;
import lanyard.messaging.encryption.Encryption;
import lanyard.messaging.encryption.EncryptionParts;
import lanyard.messaging.room.RoomParts;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.sync.Sync;
import lanyard.messaging.sync.SyncParts;
import lanyard.messaging.timeline.Messages;
import lanyard.messaging.timeline.ReadMarks;
import lanyard.messaging.timeline.Timeline;
import lanyard.messaging.timeline.TimelineParts;
import lanyard.messaging.timeline.Typing;
import lanyard.platform.Feature;
import lanyard.platform.db.Database;
import lanyard.platform.http.HttpServer;
import lanyard.platform.http.RouteTable;
import lanyard.platform.http.StaticFiles;
import lanyard.platform.jobs.Scheduler;
import lanyard.platform.notify.Wakes;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;
import lanyard.trust.audit.AuditKeys;
import lanyard.trust.audit.VerifyAudit;
import lanyard.trust.audit.Witness;
import lanyard.trust.handset.Handsets;
import lanyard.trust.hold.Holds;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;
import lanyard.trust.identity.IdentitySettings;
import lanyard.trust.policy.Policies;

/// Builds every feature with `new`, in the order in which they need each other.
public final class App implements AutoCloseable {
    private static final Set<String> PAGES = Set.of("", "sign-in");

    private final Running running = new Running();
    private final HttpServer http;
    private final List<Demonstration.SignIn> firstSignIns;

    private App(Settings settings, Database database) {
        var clock = InstantSource.system();
        var random = new SecureRandom();
        var keys = KeyStore.open(settings.data().resolve("keys"), clock, random);
        var writer = Writer.start(database, Node.in(settings.data(), random).id());
        running.add(writer::close);
        var wakes = new Wakes();
        var jobs = new Scheduler(database, clock);

        var auditKeys = new AuditKeys(keys, random, settings.serverName());
        var audit = new Audit(database, auditKeys, new Witness(VerifyAudit.witnessIn(settings.data())), clock);
        var ground = new IdentityGround(database, writer, keys, audit, clock, random);
        var identity = new Identity(
                ground, new IdentitySettings(settings.publicUrl(), settings.ssoRedirects(), settings.conformance()));
        var handsets = new Handsets(ground, identity);
        var holds = new Holds(writer, audit, clock, random);
        var policies = new Policies(database, writer, audit, keys, clock);

        var timeline = new Timeline(new TimelineParts(database, writer, keys, wakes, clock));
        var marks = new ReadMarks(timeline);
        running.add(marks::close);
        var typing = new Typing(timeline);
        var rooms = new Rooms(new RoomParts(
                database, writer, timeline, identity.people(), identity, audit, clock, settings.conformance()));
        var encryption = new Encryption(new EncryptionParts(database, writer, timeline, identity, wakes, clock));
        var account = new Account(new AccountParts(
                database, writer, timeline, identity, wakes, settings.publicUrl(), settings.conformance()));
        var sync = new Sync(new SyncParts(
                timeline,
                marks,
                typing,
                account.accountData(),
                account.filters(),
                encryption,
                identity,
                writer,
                wakes));

        var routes = new RouteTable();
        List<Feature> features = new ArrayList<>(List.of(
                audit,
                identity,
                handsets,
                holds,
                policies.shownTo(x -> identity.caller(x).organization()),
                new Messages(timeline, marks, typing, identity),
                rooms,
                encryption,
                account,
                new Directory(identity, clock),
                sync));
        features.forEach(feature -> feature.routes(routes));
        features.forEach(feature -> feature.jobs(jobs));
        new About(settings, identity).addTo(routes);
        firstSignIns = new Demonstration(ground, identity).start(settings.serverName(), settings.demonstration());
        identity.organizations().list().forEach(organization -> policies.establish(organization.odsCode()));

        var files = settings.web().map(web -> StaticFiles.in(web, PAGES)).orElseGet(StaticFiles::none);
        jobs.start();
        running.add(jobs::close);
        http = HttpServer.start(settings.http(), routes, files);
        http.onStopping(wakes::stop);
        running.add(http::close);
    }

    public static App start(Settings settings, Database database) {
        return new App(settings, database);
    }

    /// The port it listens on.
    public int port() {
        return http.port();
    }

    /// How the demonstration's people sign in, on the start that made them; empty ever after.
    List<Demonstration.SignIn> firstSignIns() {
        return firstSignIns;
    }

    @Override
    public void close() {
        running.close();
    }
}
