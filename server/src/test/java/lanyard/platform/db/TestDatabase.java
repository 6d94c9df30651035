package lanyard.platform.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL for tests: one for each JVM, in a temporary directory that goes when the JVM does, and for each
/// call a database of its own, copied from one whose schema is up to date and dropped once it is closed.
///
/// Its files are in memory where there is room. That a database outlives the power is shown elsewhere; here a thousand
/// databases of seven hundred files each would be made on a disk, and taken off it again.
public final class TestDatabase {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM = 3L << 30;
    private static final String NAME = "lanyard-test-";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Map<String, Database> OPEN = new ConcurrentHashMap<>();
    private static final Database.Sizes SMALL = new Database.Sizes(6, 4, Duration.ofSeconds(10));

    private TestDatabase() {}

    /// An empty database with the whole schema. Close it when done; it costs less than a tenth of a second.
    public static Database fresh() {
        dropClosed();
        var name = copy("template_lanyard");
        return opened(name);
    }

    private static Database opened(String name) {
        var database = Database.connect(Shared.address(name), SMALL);
        OPEN.put(name, database);
        return database;
    }

    /// For a process of its own that opens it.
    public static DatabaseAddress addressOf(Database database) {
        return Shared.address(nameOf(database));
    }

    private static String nameOf(Database database) {
        return database.read(
                tx -> tx.query("select current_database()").mapTo(String.class).one());
    }

    /// What PostgreSQL keeps on its disk for this database: tables, indexes, what is common to all, logs, WAL. Other
    /// tests' databases are left out.
    public static List<Path> filesOf(Database database) throws IOException {
        var own = database.<String>read(
                tx -> tx.query("select oid::text from pg_database where datname = current_database()")
                        .mapTo(String.class)
                        .one());
        // Not above the cluster: whoever closes the lock's file lets go of the lock, and others take all of it away.
        try (var files = Files.walk(Shared.PLACE.files().resolve("postgres").resolve("cluster"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/base/")
                            || file.toString().contains("/base/" + own + "/"))
                    .toList();
        }
    }

    /// What is in PostgreSQL's memory is on its disk afterwards.
    public static void writeOut() {
        Shared.superuser("postgres", "checkpoint");
    }

    private static void dropClosed() {
        OPEN.forEach((name, database) -> {
            if (database.isClosed() && OPEN.remove(name, database)) {
                Shared.superuser("postgres", "drop database " + name + " with (force)");
            }
        });
    }

    private static String copy(String original) {
        var name = "test_" + COUNT.incrementAndGet();
        Shared.superuser(
                "postgres",
                "create database " + name + " template " + original + " owner " + PostgresCluster.OWNER
                        + " strategy file_copy");
        return name;
    }

    /// The same, for tests that start something which opens its own [Database].
    public static DatabaseAddress freshAddress() {
        return Shared.address(copy("template_lanyard"));
    }

    /// A database as it is now, as a restored backup would be. Nobody writes to it meanwhile; connections to it are
    /// cut.
    public static Database copyOf(Database original) {
        var name = nameOf(original);
        Shared.superuser(
                "postgres", "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
        var copy = copy(name);
        rest();
        return opened(copy);
    }

    /// A pool asks a connection whether it is alive once that has rested for half a second: those of `original` are
    /// not.
    private static void rest() {
        try {
            Thread.sleep(600);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Made when first asked for.
    private static final class Shared {
        private static final Place PLACE = Place.make();
        private static final EmbeddedPostgres POSTGRES = start(PLACE.disk(), PLACE.files());

        static {
            superuser("postgres", "create database template_lanyard owner " + PostgresCluster.OWNER);
            Migrations.migrate(address("template_lanyard"));
        }

        private static EmbeddedPostgres start(Path disk, Path files) {
            var postgres = EmbeddedPostgres.start(files, binaries(disk));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(postgres, files, disk)));
            return postgres;
        }

        /// Programs may not be run from memory everywhere.
        private record Place(Path disk, Path files) {
            static Place make() {
                try {
                    var disk = Files.createTempDirectory(NAME);
                    OrdinaryUser.ofThisProcess().letPass(disk);
                    return new Place(disk, inMemory() ? Files.createTempDirectory(MEMORY, NAME) : disk);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private static boolean inMemory() throws IOException {
            removeLeftOvers();
            return Files.isDirectory(MEMORY)
                    && Files.isWritable(MEMORY)
                    && Files.getFileStore(MEMORY).getUsableSpace() > ROOM;
        }

        /// Of processes that were killed: memory is not for keeping.
        private static void removeLeftOvers() throws IOException {
            if (!Files.isDirectory(MEMORY)) {
                return;
            }
            try (var left = Files.newDirectoryStream(MEMORY, NAME + "*")) {
                for (var one : left) {
                    var lock = one.resolve("postgres").resolve("lock");
                    if (Files.isWritable(lock) && isFree(lock)) {
                        Directories.delete(one);
                    }
                }
            }
        }

        private static boolean isFree(Path lock) throws IOException {
            try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                    var held = channel.tryLock()) {
                return held != null;
            }
        }

        private static void remove(EmbeddedPostgres postgres, Path files, Path disk) {
            try {
                postgres.abandon();
                Directories.delete(files);
                Directories.delete(disk);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static DatabaseAddress address(String database) {
            var own = POSTGRES.address();
            return new DatabaseAddress(
                    own.jdbcUrl().replace("/" + PostgresCluster.OWNER + "?", "/" + database + "?"),
                    own.user(),
                    own.password());
        }

        static void superuser(String database, String sql) {
            try (var connection = Connecting.connect(POSTGRES.superuser(database), Connecting.FOR_MIGRATING);
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// Unpacked once for all test runs where PostgreSQL's user may enter the build's directory.
    static Path binaries(Path otherwise) {
        var shared = Path.of("target", "postgres").toAbsolutePath();
        try {
            OrdinaryUser.ofThisProcess().checkMayEnter(Path.of("target").toAbsolutePath());
            return shared;
        } catch (lanyard.platform.CannotStartException e) {
            return otherwise.resolve("postgres");
        }
    }
}
