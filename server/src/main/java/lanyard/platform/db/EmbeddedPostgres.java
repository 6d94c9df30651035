package lanyard.platform.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import lanyard.platform.CannotStartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A real PostgreSQL that lives and dies with this process and keeps its data in `<data directory>/postgres`.
///
/// Durable (fsync, checksums), on the loopback address only and with a password even there. Stopped in order by
/// [#close]; if this process is killed instead, the kernel interrupts PostgreSQL, and whatever was left behind is
/// stopped by the next start before it goes on.
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final long LONGEST_LOG = 10_000_000;
    /// The processes of a PostgreSQL that was killed hold on to its memory until they notice, and it cannot start
    /// before.
    private static final int MOST_FAILED_STARTS = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final PostgresCluster cluster;
    private final Programs programs;
    private final FileChannel lock;
    private final int port;
    private volatile Process process;
    private volatile boolean closing;
    private volatile Runnable onUnexpectedStop = () -> LOG.error("Nobody has said what to do about it.");

    private EmbeddedPostgres(PostgresCluster cluster, Programs programs, FileChannel lock, Path home)
            throws IOException {
        this.cluster = cluster;
        this.programs = programs;
        this.lock = lock;
        this.port = freePort();
        this.process = startOnKeeper(home.resolve("log"));
    }

    /// Starts the database of `dataDirectory`, making it first where there is none. Throws [CannotStartException] with
    /// a sentence when it cannot.
    public static EmbeddedPostgres start(Path dataDirectory) {
        return start(dataDirectory, dataDirectory.resolve("postgres"));
    }

    /// Whether PostgreSQL's user could come to a data directory there. Made for choosing a default.
    public static boolean mayLiveBelow(Path directory) {
        var parent = directory.toAbsolutePath().getParent();
        return parent == null || OrdinaryUser.mayEnter(parent);
    }

    static EmbeddedPostgres start(Path dataDirectory, Path binariesDirectory) {
        try {
            var user = OrdinaryUser.ofThisProcess();
            var home = dataDirectory.toAbsolutePath().normalize().resolve("postgres");
            Directories.passable(home.resolveSibling(""));
            Directories.passable(home);
            Directories.passable(binariesDirectory);
            user.letPass(home.resolveSibling(""));
            user.checkMayEnter(home);
            var lock = lock(home);
            try {
                var binaries = PostgresBinaries.in(binariesDirectory.toAbsolutePath());
                return start(home, new Programs(binaries, user, home), lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new CannotStartException(
                    "The embedded PostgreSQL could not be started in " + dataDirectory + ": " + e.getMessage(), e);
        }
    }

    private static EmbeddedPostgres start(Path home, Programs programs, FileChannel lock) throws IOException {
        var cluster = new PostgresCluster(home, programs);
        new LeftOver(cluster, programs).stop();
        cluster.makeIfAbsent();
        var log = home.resolve("log");
        if (Files.exists(log) && Files.size(log) > LONGEST_LOG) {
            Files.move(log, home.resolve("log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        var started = new EmbeddedPostgres(cluster, programs, lock, home);
        started.awaitReady();
        return started;
    }

    public String jdbcUrl() {
        return jdbcUrl(port);
    }

    static String jdbcUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + PostgresCluster.OWNER
                + "?sslmode=disable&requireAuth=scram-sha-256";
    }

    public String user() {
        return PostgresCluster.OWNER;
    }

    public String password() {
        try {
            return cluster.password();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public DatabaseAddress address() {
        return new DatabaseAddress(jdbcUrl(), user(), password());
    }

    /// For looking after the database, never for the server's own work.
    DatabaseAddress superuser(String database) {
        try {
            return new DatabaseAddress(
                    jdbcUrl().replace("/" + PostgresCluster.OWNER + "?", "/" + database + "?"),
                    PostgresCluster.SUPERUSER,
                    cluster.superuserPassword());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What to do when PostgreSQL stops, nobody has asked it to, and it does not stay up when started again.
    public void onUnexpectedStop(Runnable rescue) {
        onUnexpectedStop = rescue;
    }

    long pid() {
        return process.pid();
    }

    /// Stops PostgreSQL: open transactions are rolled back, everything committed is on disk.
    @Override
    public void close() {
        close("fast");
    }

    /// The same without tidying up first: for files that nobody will open again.
    void abandon() {
        close("immediate");
    }

    private void close(String mode) {
        if (!beginsToClose()) {
            return;
        }
        try {
            stop(mode);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release();
        }
    }

    /// Whoever starts PostgreSQL again does so before or not at all.
    private synchronized boolean beginsToClose() {
        var first = !closing;
        closing = true;
        return first;
    }

    private void stop(String mode) throws InterruptedException {
        try {
            if (process.isAlive()) {
                programs.run(
                        List.of("pg_ctl", "stop", "-D", cluster.files().toString(), "-m", mode, "-w", "-t", "60"), "");
            }
        } catch (IOException e) {
            // Just started, it has not written down yet who it is; or it does not stop. What is committed is kept.
            process.destroy();
        }
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            LOG.warn(
                    "PostgreSQL did not stop when asked and is killed; its next start will recover what is committed.");
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private void release() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The kernel's signal comes when the *thread* that started PostgreSQL ends, so one thread starts it and stays.
    private Process startOnKeeper(Path log) throws IOException {
        var started = new CompletableFuture<Process>();
        Thread.ofPlatform().daemon().name("postgres-keeper").start(() -> keep(log, started));
        try {
            return started.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /// A PostgreSQL that stops by itself (killed for its memory, say) is started again on the same files and port: it
    /// recovers what was committed, and whoever needs it connects again.
    private void keep(Path log, CompletableFuture<Process> started) {
        try {
            var postgres = programs.start(commandLine(), log.toFile());
            started.complete(postgres);
            for (var failed = 0; failed < MOST_FAILED_STARTS; ) {
                var status = postgres.waitFor();
                if (!startsAgain(status, log)) {
                    return;
                }
                postgres = process;
                failed = becomesReady(postgres) ? 0 : failed + 1;
                pause(Duration.ofMillis(250L * failed * failed));
            }
            onUnexpectedStop.run();
        } catch (IOException e) {
            LOG.error("PostgreSQL cannot be started: {}", e.getClass());
            if (!started.completeExceptionally(e)) {
                onUnexpectedStop.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// False when it was asked to stop.
    private synchronized boolean startsAgain(int status, Path log) throws IOException {
        if (closing) {
            return false;
        }
        LOG.error("PostgreSQL stopped by itself with status {}; its last words are in {}.", status, log);
        new LeftOver(cluster, programs).stop();
        process = programs.start(commandLine(), log.toFile());
        return true;
    }

    private List<String> commandLine() {
        var command =
                new ArrayList<>(List.of("postgres", "-D", cluster.files().toString(), "-p", Integer.toString(port)));
        for (var setting : SETTINGS) {
            command.addAll(List.of("-c", setting));
        }
        return command;
    }

    /// Durable first. The log carries no statement, no value and no row: those may be about a patient.
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=200",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "password_encryption=scram-sha-256",
            "shared_buffers=64MB",
            // A new WAL segment is filled with zeros while everybody waits; 32 used ones are kept for use again.
            "min_wal_size=512MB",
            "max_wal_size=1GB",
            "wal_compression=on",
            "jit=off",
            "random_page_cost=1.1",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_min_messages=log",
            "log_min_error_statement=panic",
            "log_error_verbosity=terse",
            "log_statement=none",
            "log_checkpoints=off");

    private void awaitReady() throws IOException {
        if (!becomesReady(process)) {
            close();
            throw new IOException("it did not become ready; its last words are in the file log beside its data");
        }
    }

    private boolean becomesReady(Process postgres) throws IOException {
        var deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < deadline && postgres.isAlive()) {
            try (var connection = Connecting.connect(address(), Connecting.FOR_WRITING)) {
                LOG.debug("PostgreSQL {} is ready.", connection.getMetaData().getDatabaseProductVersion());
                return true;
            } catch (SQLException e) {
                LOG.trace("PostgreSQL is not ready: {}", e.getSQLState());
            }
            pause(Duration.ofMillis(20));
        }
        return false;
    }

    private static void pause(Duration wanted) throws IOException {
        try {
            Thread.sleep(wanted.compareTo(LONGEST_PAUSE) < 0 ? wanted : LONGEST_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static FileChannel lock(Path home) throws IOException {
        var channel = FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("This very process holds the lock.");
        }
        channel.close();
        throw new AlreadyRunningException("Another Lanyard is running on the data in " + home.resolveSibling("")
                + ": stop it, or set LANYARD_DATA to another directory.");
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
