package lanyard.platform.db;

import com.zaxxer.hikari.HikariConfig;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;
import lanyard.platform.CrashPoint;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.postgresql.Driver;

/// The way to the one database. Owns every connection: a pool for reading, a pool for writing and the dedicated ones
/// that [#session] opens.
///
/// Reads see one consistent snapshot (read only, repeatable read). Do not open a transaction inside another: pass its
/// [Tx]. What would happen otherwise is a thread that waits for a connection while it holds one, and a pool full of
/// such threads stands still; it is refused at once.
public final class Database implements AutoCloseable {
    /// How many connections each pool may open, and how long one more than is needed is kept.
    record Sizes(int read, int write, Duration idle) {}

    private static final Sizes SERVER = new Sizes(12, 6, Duration.ofMinutes(10));
    private static final Sizes COMMAND = new Sizes(2, 2, Duration.ofMinutes(1));
    private static final ScopedValue<Boolean> READING = ScopedValue.newInstance();
    private static final ScopedValue<Boolean> WRITING = ScopedValue.newInstance();

    private final Transactions reads;
    private final Transactions writes;
    private final Pool readPool;
    private final Pool writePool;
    private final DatabaseAddress address;

    private Database(DatabaseAddress address, Sizes sizes) {
        this.address = address;
        readPool = new Pool(poolOf(address, Connecting.FOR_READING, sizes.read(), sizes.idle()));
        writePool = new Pool(poolOf(address, Connecting.FOR_WRITING, sizes.write(), sizes.idle()));
        reads = new Transactions(jdbi(readPool));
        writes = new Transactions(jdbi(writePool));
    }

    /// Brings the schema up to date and opens the pools. Throws [lanyard.platform.CannotStartException] with a sentence
    /// when the database cannot be reached or is too old.
    public static Database open(DatabaseAddress address) {
        return open(address, SERVER);
    }

    static Database open(DatabaseAddress address, Sizes sizes) {
        Migrations.migrate(address);
        return connect(address, sizes);
    }

    /// For a command beside a running server, which has seen to the schema.
    public static Database join(DatabaseAddress address) {
        return connect(address, COMMAND);
    }

    /// For a database whose schema is known to be up to date.
    static Database connect(DatabaseAddress address, Sizes sizes) {
        return new Database(address, sizes);
    }

    /// How many statements were run since the start, but for the writer's: what one request costs can be measured.
    public long statements() {
        return reads.statements() + writes.statements();
    }

    /// Runs `work` in a read-only transaction that sees one snapshot throughout.
    public <T> T read(Function<Tx, T> work) {
        if (READING.isBound()) {
            throw new IllegalStateException("A read transaction is open already: pass its Tx.");
        }
        return ScopedValue.where(READING, true).call(() -> reads.run(work));
    }

    /// Runs `work` in a transaction of its own and commits it.
    public <T> T write(Function<Tx, T> work) {
        if (READING.isBound() || WRITING.isBound()) {
            throw new IllegalStateException("A transaction is open already: pass its Tx.");
        }
        var result = ScopedValue.where(WRITING, true)
                .call(() -> writes.run(work.andThen(changed -> {
                    CrashPoint.at("database.changed");
                    return changed;
                })));
        CrashPoint.at("database.committed");
        return result;
    }

    /// A connection of its own outside the pools, for work that always runs on one thread.
    public Session session() {
        return new Session(jdbi(() -> Connecting.connect(address, Connecting.FOR_SESSION)));
    }

    /// What became of the transaction whose [Tx#id] is given.
    public TransactionOutcome outcome(String transactionId) {
        var status = write(tx -> tx.query("select pg_xact_status(cast(:id as xid8))")
                .bind("id", transactionId)
                .mapTo(String.class)
                .findOne());
        return switch (status.orElse("")) {
            case "committed" -> TransactionOutcome.COMMITTED;
            case "aborted" -> TransactionOutcome.ABORTED;
            case "in progress" -> TransactionOutcome.IN_PROGRESS;
            default -> TransactionOutcome.TOO_OLD;
        };
    }

    /// For the one library that insists on a [DataSource] (db-scheduler): the writing pool, gate included.
    public DataSource dataSource() {
        return new GatedDataSource(writePool);
    }

    boolean isClosed() {
        return readPool.isClosed();
    }

    @Override
    public void close() {
        readPool.close();
        writePool.close();
    }

    private static HikariConfig poolOf(DatabaseAddress address, Properties properties, int size, Duration idle) {
        var config = new HikariConfig();
        config.setDriverClassName(Driver.class.getName());
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setDataSourceProperties(properties);
        config.setMaximumPoolSize(size);
        config.setIdleTimeout(idle.toMillis());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        return config;
    }

    /// Exceptions name neither the statement's values nor the row they met: those may be about a patient.
    private static Jdbi jdbi(ConnectionFactory connections) {
        var jdbi = Jdbi.create(connections);
        jdbi.registerArgument(new ArrayArguments());
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        return jdbi;
    }
}
