package lanyard.platform.db;

import java.sql.SQLException;
import lanyard.platform.CannotStartException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// Brings the schema up to date, forward only.
final class Migrations {
    private static final int OLDEST = 15;

    private Migrations() {}

    static void migrate(DatabaseAddress address) {
        checkReachable(address);
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(dataSource(address))
                    .locations("classpath:db/migration")
                    .cleanDisabled(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new CannotStartException(
                    "The database's schema could not be brought up to date; nothing of the failed step was kept.", e);
        }
    }

    private static void checkReachable(DatabaseAddress address) {
        try (var connection = Connecting.connect(address, Connecting.FOR_MIGRATING)) {
            var version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST) {
                throw new CannotStartException("LANYARD_DATABASE_URL names PostgreSQL " + version + "; Lanyard needs "
                        + OLDEST + " or newer.");
            }
        } catch (SQLException e) {
            throw new CannotStartException(whyNot(e.getSQLState()), e);
        }
    }

    private static String whyNot(@Nullable String state) {
        return switch (state == null ? "" : state) {
            case "28P01", "28000" ->
                "The database refuses LANYARD_DATABASE_USER with LANYARD_DATABASE_PASSWORD; check both.";
            case "3D000" -> "The database that LANYARD_DATABASE_URL names does not exist; create it first.";
            default -> "The database that LANYARD_DATABASE_URL names cannot be reached; check that it runs there.";
        };
    }

    private static PGSimpleDataSource dataSource(DatabaseAddress address) {
        var source = new PGSimpleDataSource();
        source.setUrl(address.jdbcUrl());
        source.setUser(address.user());
        source.setPassword(address.password());
        source.setApplicationName("lanyard");
        source.setLogServerErrorDetail(false);
        return source;
    }
}
