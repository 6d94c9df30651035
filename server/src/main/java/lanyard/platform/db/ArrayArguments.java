package lanyard.platform.db;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.postgresql.PGConnection;

/// Binds Java arrays as PostgreSQL arrays without boxing, for `unnest(:ids)` and `= any(:ids)`.
final class ArrayArguments implements ArgumentFactory {
    private static final Map<Class<?>, String> TYPES = Map.of(
            long[].class, "int8",
            int[].class, "int4",
            short[].class, "int2",
            boolean[].class, "bool",
            String[].class, "text",
            byte[][].class, "bytea");

    @Override
    public Optional<Argument> build(Type declared, Object value, ConfigRegistry config) {
        if (value == null || !TYPES.containsKey(value.getClass())) {
            return Optional.empty();
        }
        var type = TYPES.get(value.getClass());
        return Optional.of((position, statement, context) -> {
            var connection = context.getConnection().unwrap(PGConnection.class);
            statement.setArray(position, connection.createArrayOf(type, value));
        });
    }
}
