package lanyard.trust.audit;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import lanyard.platform.db.Database;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.SealingKey;
import tools.jackson.databind.node.ObjectNode;

/// Looking through the log. Entries are sealed, so each in the time asked for is opened and compared; nothing of them
/// is indexed in clear. Who looks is to be written into the log itself, by whoever asks this.
public final class AuditSearch {
    private static final int MOST_OPENED = 500_000;

    private final Database database;
    private final AuditKeys keys;
    private final AuditStore store = new AuditStore();

    AuditSearch(Database database, AuditKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /// What is looked for.
    ///
    /// @param wanted which entries; what is erased cannot be asked
    public record Query(Instant from, Instant to, Predicate<AuditEntry> wanted) {}

    /// An entry and where it stands.
    public record Found(int slot, long index, Instant at, AuditEntry entry) {
        /// As an address names it.
        public String place() {
            return slot + "-" + index;
        }
    }

    /// What was found, newest first.
    ///
    /// @param whole false when there is more, or more was in that time than is opened at once
    public record Result(List<Found> found, boolean whole) {
        public Result {
            found = List.copyOf(found);
        }
    }

    public Result find(Query query, int most) {
        var months = new HashMap<YearMonth, Optional<SealingKey>>();
        var found = new ArrayList<Found>();
        var opened = 0;
        var before = new AuditStore.Spot(query.to().toEpochMilli(), -1, -1);
        while (true) {
            var cursor = before;
            var page = database.read(tx -> store.newest(tx, query.from().toEpochMilli(), cursor));
            for (var leaf : page) {
                open(leaf, months)
                        .filter(one -> query.wanted().test(one.entry()))
                        .ifPresent(found::add);
                if (found.size() > most) {
                    return new Result(found.subList(0, most), false);
                }
            }
            opened += page.size();
            if (page.size() < AuditStore.PAGE || opened >= MOST_OPENED) {
                return new Result(found, page.size() < AuditStore.PAGE);
            }
            var last = page.getLast();
            before = new AuditStore.Spot(
                    last.ts(), last.place().slot(), last.place().index());
        }
    }

    /// Empty when there is none, or it has been erased.
    public Optional<Found> get(int slot, long index) {
        return database.read(tx -> store.leaf(tx, new Leaf.Place(slot, index)))
                .flatMap(leaf -> open(leaf, new HashMap<>()));
    }

    private Optional<Found> open(Leaf leaf, Map<YearMonth, Optional<SealingKey>> months) {
        return months.computeIfAbsent(AuditKeys.monthOf(leaf.ts()), keys::readable)
                .flatMap(leaf::open)
                .map(opened -> new Found(
                        leaf.place().slot(),
                        leaf.place().index(),
                        Instant.ofEpochMilli(leaf.ts()),
                        entry(opened.json())));
    }

    private static AuditEntry entry(ObjectNode json) {
        return new AuditEntry(
                Json.text(json, "action"),
                Json.text(json, "actor"),
                Json.text(json, "subject"),
                Json.text(json, "reason"),
                Json.objectField(json, "details"));
    }
}
