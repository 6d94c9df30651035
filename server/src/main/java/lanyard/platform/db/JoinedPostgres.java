package lanyard.platform.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lanyard.platform.CannotStartException;

/// The embedded database for a short command: the one that a running Lanyard has started, or one of the command's own.
public final class JoinedPostgres implements AutoCloseable {
    private final DatabaseAddress address;
    private final Optional<EmbeddedPostgres> own;

    private JoinedPostgres(DatabaseAddress address, Optional<EmbeddedPostgres> own) {
        this.address = address;
        this.own = own;
    }

    /// Throws [CannotStartException] when there is no data in that directory: a command makes none.
    public static JoinedPostgres on(Path dataDirectory) {
        var home = dataDirectory.resolve("postgres");
        requireData(dataDirectory, "postgres/cluster");
        try {
            var own = EmbeddedPostgres.start(dataDirectory);
            return new JoinedPostgres(own.address(), Optional.of(own));
        } catch (AlreadyRunningException e) {
            return new JoinedPostgres(running(home, e), Optional.empty());
        }
    }

    /// Throws [CannotStartException] when a server that ran here would have left `part` and has not.
    public static void requireData(Path dataDirectory, String part) {
        if (!Files.isDirectory(dataDirectory.resolve(part))) {
            throw new CannotStartException("There is no data of Lanyard in " + dataDirectory
                    + ": start Lanyard once with LANYARD_DATA=" + dataDirectory
                    + ", or set LANYARD_DATA to the directory where its data is.");
        }
    }

    /// The fourth line of PostgreSQL's own file is its port.
    /// <https://www.postgresql.org/docs/18/storage-file-layout.html>
    private static DatabaseAddress running(Path home, AlreadyRunningException otherwise) {
        try {
            var lines = Files.readAllLines(home.resolve("cluster/postmaster.pid"));
            var port = Integer.parseInt(lines.get(3));
            var password = Files.readString(home.resolve("password"));
            return new DatabaseAddress(EmbeddedPostgres.jdbcUrl(port), PostgresCluster.OWNER, password);
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            throw new CannotStartException(
                    "The Lanyard on this data is just starting or stopping: try again in a moment.", otherwise);
        }
    }

    public DatabaseAddress address() {
        return address;
    }

    /// Whether a running Lanyard has started it.
    public boolean isShared() {
        return own.isEmpty();
    }

    @Override
    public void close() {
        own.ifPresent(EmbeddedPostgres::close);
    }
}
