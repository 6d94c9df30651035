package lanyard;

import lanyard.platform.db.Database;
import lanyard.platform.db.DatabaseAddress;
import lanyard.platform.db.JoinedPostgres;

/// What a command line tool works on: the data of the settings, whether or not a server runs on it.
public final class CommandDatabase implements AutoCloseable {
    private final Database database;
    private final Runnable release;

    private CommandDatabase(Database database, Runnable release) {
        this.database = database;
        this.release = release;
    }

    /// Throws [lanyard.platform.CannotStartException] when no server has run on that data: a command makes none.
    public static CommandDatabase of(Settings settings) {
        return settings.database().map(address -> elsewhere(settings, address)).orElseGet(() -> embedded(settings));
    }

    /// The keys are in the data directory all the same.
    private static CommandDatabase elsewhere(Settings settings, DatabaseAddress address) {
        JoinedPostgres.requireData(settings.data(), "keys");
        var database = Database.join(address);
        return new CommandDatabase(database, database::close);
    }

    private static CommandDatabase embedded(Settings settings) {
        var postgres = JoinedPostgres.on(settings.data());
        var database = postgres.isShared() ? Database.join(postgres.address()) : Database.open(postgres.address());
        return new CommandDatabase(database, () -> {
            database.close();
            postgres.close();
        });
    }

    public Database database() {
        return database;
    }

    @Override
    public void close() {
        release.run();
    }
}
