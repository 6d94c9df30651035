package lanyard.platform.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL for tests: one for each JVM, in a temporary directory that goes when the JVM does, and for each
/// call a database of its own, copied from one whose schema is up to date.
public final class TestDatabase {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Database.Sizes SMALL = new Database.Sizes(6, 4, Duration.ofSeconds(10));

    private TestDatabase() {}

    /// An empty database with the whole schema. Close it when done; it costs about a tenth of a second.
    public static Database fresh() {
        return Database.connect(freshAddress(), SMALL);
    }

    /// The same, for tests that start something which opens its own [Database].
    public static DatabaseAddress freshAddress() {
        var name = "test_" + COUNT.incrementAndGet();
        Shared.superuser(
                "postgres", "create database " + name + " template template_lanyard owner " + PostgresCluster.OWNER);
        return Shared.address(name);
    }

    /// A database as it is now, as a restored backup would be. Nobody writes to it meanwhile; connections to it are
    /// cut.
    public static Database copyOf(Database original) {
        var name = original.<String>read(
                tx -> tx.query("select current_database()").mapTo(String.class).one());
        Shared.superuser(
                "postgres", "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
        var copy = "test_" + COUNT.incrementAndGet();
        Shared.superuser(
                "postgres", "create database " + copy + " template " + name + " owner " + PostgresCluster.OWNER);
        rest();
        return Database.connect(Shared.address(copy), SMALL);
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
        private static final EmbeddedPostgres POSTGRES = start();

        static {
            superuser("postgres", "create database template_lanyard owner " + PostgresCluster.OWNER);
            Migrations.migrate(address("template_lanyard"));
        }

        private static EmbeddedPostgres start() {
            try {
                var directory = Files.createTempDirectory("lanyard-test-");
                var postgres = EmbeddedPostgres.start(directory, binaries(directory));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(postgres, directory)));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void remove(EmbeddedPostgres postgres, Path directory) {
            try {
                postgres.abandon();
                Directories.delete(directory);
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
