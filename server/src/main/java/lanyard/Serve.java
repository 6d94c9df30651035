package lanyard;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import lanyard.platform.CrashPoint;
import lanyard.platform.FaultTrace;
import lanyard.platform.db.Database;
import lanyard.platform.db.DatabaseAddress;
import lanyard.platform.db.EmbeddedPostgres;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Runs the server until it is told to stop. What is started last stops first: requests, writer, database, PostgreSQL.
@Command(
        name = "lanyard",
        description = "Serves. Settings are read from the environment and from the file that LANYARD_SETTINGS names.",
        mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Running running = new Running();
    /// What to answer when the process ends: that it was asked to stop is no failure.
    private volatile int status = Main.NOT_STARTED;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    Serve(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        var settings = Settings.read(environment);
        CrashPoint.allowOnly(settings.demonstration());
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> LoggerFactory.getLogger(Serve.class)
                .error("Thread {} died: {}", thread.getName(), FaultTrace.withoutMessages(fault)));
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        try {
            start(settings);
        } catch (RuntimeException e) {
            running.close();
            throw e;
        }
        status = 0;
        new CountDownLatch(1).await();
        return status;
    }

    private void start(Settings settings) {
        var database = Database.open(settings.database().orElseGet(() -> embedded(settings)));
        running.add(database::close);
        var app = App.start(settings, database);
        running.add(app::close);
        var out = spec.commandLine().getOut();
        say(out, settings, app);
    }

    private DatabaseAddress embedded(Settings settings) {
        var postgres = EmbeddedPostgres.start(settings.data());
        running.add(postgres::close);
        postgres.onUnexpectedStop(() -> {
            spec.commandLine().getErr().println("PostgreSQL has stopped, so Lanyard stops too.");
            status = 1;
            System.exit(status);
        });
        return postgres.address();
    }

    private static final String AFTERWARDS =
            "None of this is shown again, and none of it is kept in this server's memory"
                    + " or on its disk in a form that anybody reads: write it down now, or delete the data and start afresh."
                    + " Passwords can be set anew by the help desk; what opens a share cannot.";

    private void say(PrintWriter out, Settings settings, App app) {
        var took = ProcessHandle.current()
                .info()
                .startInstant()
                .map(began -> java.time.Duration.between(
                        began, java.time.InstantSource.system().instant()))
                .map(time -> " after " + time.toMillis() / 1_000 + "." + time.toMillis() % 1_000 / 100 + " s")
                .orElse("");
        out.println("Lanyard is at " + settings.publicUrl() + " (port " + app.port() + "), ready" + took + ".");
        out.println("Its data is in " + settings.data() + ". Ctrl-C stops it.");
        if (!app.first().signIns().isEmpty()) {
            tellSignIns(out, app.first().signIns(), NextCommand.of(environment, "code <user>"));
            tellPatients(out);
            tellOfficers(out, settings, app.first().passphrases());
            out.println();
            // Longer than each line before it: what prints keeps its buffers, and this comes to lie over what was told.
            out.println(AFTERWARDS);
        }
        if (out.checkError()) {
            return;
        }
        app.firstIsTold();
    }

    private static void tellSignIns(PrintWriter out, List<Demonstration.SignIn> signIns, String code) {
        out.println();
        out.println("A demonstration organisation was made; nothing in it is real. Its people sign in with these");
        out.println("passwords, which are shown this once, and a code: " + code);
        out.println();
        var row = "  %-17s %-20s %-33s %s%n";
        out.printf(Locale.ROOT, row, "user", "password", "key for an authenticator app", "who");
        signIns.forEach(one -> out.printf(Locale.ROOT, row, one.user(), one.password(), one.setupKey(), one.who()));
    }

    private static void tellPatients(PrintWriter out) {
        out.println();
        out.println("Its patients are made up too; link one to a conversation by the NHS number:");
        DemonstrationPatients.ALL.forEach(one -> out.printf(
                Locale.ROOT, "  %-17s %s%n", one.name(), one.nhsNumber().spaced()));
    }

    private static void tellOfficers(PrintWriter out, Settings settings, Map<String, String> passphrases) {
        if (!passphrases.isEmpty()) {
            out.println();
            out.println(
                    "The records custodian is sealed: two of these three officers open a case together. Their share");
            out.println("files are in " + Demonstration.sharesIn(settings) + "; hand them out and delete them there.");
            passphrases.forEach((officer, passphrase) ->
                    out.printf(Locale.ROOT, "  %-20s share opens with %s%n", officer, passphrase));
        }
    }

    /// In the shutdown hook: Ctrl-C, SIGTERM, or an exit of our own. Java would answer a signal with a status of its
    /// own
    /// (130, 143), which make and systemd take for a failure.
    private void stop() {
        running.close();
        Runtime.getRuntime().halt(status);
    }
}
