package lanyard.abuse;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lanyard.TestInside;
import lanyard.TestServer;
import lanyard.platform.db.Database;

/// A digest of every table, to show that a refusal changed nothing. From the first on, no job of that server runs by
/// itself: what it would do belongs to nobody's request.
final class Contents {
    /// The writer counts its batches, and one in which every deed was refused is one.
    private static final Set<String> COUNTING = Set.of("writer_slot");

    private Contents() {}

    static Map<String, String> of(TestServer server) {
        TestInside.rest(server);
        return of(server.database());
    }

    private static Map<String, String> of(Database database) {
        return database.read(tx -> {
            var digests = new TreeMap<String, String>();
            tx.query("select tablename from pg_tables where schemaname = 'public'").mapTo(String.class).list().stream()
                    .filter(table -> !COUNTING.contains(table))
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
