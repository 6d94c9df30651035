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

    public static CommandDatabase of(Settings settings) {
        return settings.database().map(CommandDatabase::elsewhere).orElseGet(() -> embedded(settings));
    }

    private static CommandDatabase elsewhere(DatabaseAddress address) {
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
