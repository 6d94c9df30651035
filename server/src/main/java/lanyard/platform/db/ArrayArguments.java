package lanyard.platform.db;

import java.lang.reflect.Type;
import java.sql.Types;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.postgresql.PGConnection;

/// Binds Java arrays as PostgreSQL arrays without boxing, for `unnest(:ids)` and `= any(:ids)`. Prepared, or JDBI's own
/// way, which boxes each and writes them as text, would come first.
final class ArrayArguments implements ArgumentFactory.Preparable {
    private static final Map<Type, String> TYPES = Map.of(
            long[].class, "int8",
            int[].class, "int4",
            short[].class, "int2",
            boolean[].class, "bool",
            String[].class, "text",
            byte[][].class, "bytea");

    @Override
    public Optional<Function<Object, Argument>> prepare(Type declared, ConfigRegistry config) {
        return Optional.ofNullable(TYPES.get(declared)).map(type -> array -> argument(type, array));
    }

    private static Argument argument(String type, Object array) {
        return (position, statement, context) -> {
            if (array == null) {
                statement.setNull(position, Types.ARRAY);
            } else {
                var connection = context.getConnection().unwrap(PGConnection.class);
                statement.setArray(position, connection.createArrayOf(type, array));
            }
        };
    }
}
