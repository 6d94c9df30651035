package lanyard.platform.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionFactory;

/// The one class that hands out pooled connections, first come, first served.
///
/// HikariCP alone lets late threads overtake: with a thousand virtual threads on sixteen connections some waited five
/// seconds. The fair gate in front of it keeps the queue in order; Hikari then never has anybody waiting.
final class Pool implements ConnectionFactory, AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final HikariDataSource connections;
    private final Semaphore gate;

    Pool(HikariConfig config) {
        gate = new Semaphore(config.getMaximumPoolSize(), true);
        connections = new HikariDataSource(config);
    }

    @Override
    public Connection openConnection() throws SQLException {
        try {
            if (!gate.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException("All database connections are busy.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("Interrupted while waiting for a database connection.", e);
        }
        return behindTheGate();
    }

    private Connection behindTheGate() throws SQLException {
        var opened = false;
        try {
            var connection = connections.getConnection();
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                gate.release();
            }
        }
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        try {
            connection.close();
        } finally {
            gate.release();
        }
    }

    boolean isClosed() {
        return connections.isClosed();
    }

    @Override
    public void close() {
        connections.close();
    }
}
