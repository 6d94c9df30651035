package lanyard.abuse;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lanyard.platform.db.Database;

/// A digest of every table, to show that a refusal changed nothing.
final class Contents {
    /// What moves by itself: jobs, the log's checkpoints, the writer's count of its batches, the clocks of rooms that a
    /// job enters.
    private static final Set<String> ALWAYS_MOVING =
            Set.of("job", "audit_checkpoint", "writer_slot", "flyway_schema_history", "room_retention");

    private Contents() {}

    static Map<String, String> of(Database database) {
        return database.read(tx -> {
            var digests = new TreeMap<String, String>();
            tx.query("select tablename from pg_tables where schemaname = 'public'").mapTo(String.class).list().stream()
                    .filter(table -> !ALWAYS_MOVING.contains(table))
                    .forEach(table -> digests.put(
                            table,
                            tx.query(
                                            "select coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') from "
                                                    + table + " t")
                                    .mapTo(String.class)
                                    .one()));
            return digests;
        });
    }
}
