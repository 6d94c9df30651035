package lanyard.platform.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/// How a connection to PostgreSQL is made: prepared early, told nothing it could repeat in a log, alive or noticed.
final class Connecting {
    static final Properties FOR_READING = properties(
            3,
            "-c statement_timeout=30s -c default_transaction_isolation=repeatable\\ read"
                    + " -c default_transaction_read_only=on");
    static final Properties FOR_WRITING = properties(3, "-c statement_timeout=30s");
    /// The writer runs the same few statements by key for ever: each is prepared at once and planned once, as planning
    /// anew would cost more than running. A plan made while a table was empty must not read all of it later.
    static final Properties FOR_SESSION = named(
            "lanyard writer",
            properties(1, "-c statement_timeout=30s -c plan_cache_mode=force_generic_plan -c enable_seqscan=off"));
    /// A migration may take as long as it takes.
    static final Properties FOR_MIGRATING = properties(5, "-c statement_timeout=0");

    private Connecting() {}

    static Connection connect(DatabaseAddress address, Properties properties) throws SQLException {
        var all = new Properties();
        all.putAll(properties);
        PGProperty.USER.set(all, address.user());
        PGProperty.PASSWORD.set(all, address.password());
        var connection = new Driver().connect(address.jdbcUrl(), all);
        if (connection == null) {
            throw new SQLException("Not an address of PostgreSQL.", "08001");
        }
        return connection;
    }

    private static Properties named(String application, Properties properties) {
        PGProperty.APPLICATION_NAME.set(properties, application);
        return properties;
    }

    private static Properties properties(int prepareThreshold, String options) {
        var all = new Properties();
        PGProperty.APPLICATION_NAME.set(all, "lanyard");
        PGProperty.PREPARE_THRESHOLD.set(all, prepareThreshold);
        PGProperty.PREPARED_STATEMENT_CACHE_QUERIES.set(all, 512);
        PGProperty.REWRITE_BATCHED_INSERTS.set(all, true);
        // The detail of an error quotes the row's values.
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(all, false);
        PGProperty.GSS_ENC_MODE.set(all, "disable");
        PGProperty.TCP_KEEP_ALIVE.set(all, true);
        PGProperty.CONNECT_TIMEOUT.set(all, 10);
        PGProperty.OPTIONS.set(all, options);
        return all;
    }
}
