package lanyard.trust.audit;

import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.SealingKey;
import tools.jackson.databind.node.ObjectNode;

/// Which blank entries are accounted for: by a leaf that says who blanked them, or because their month's key is on
/// the shred list. A blank entry that nothing accounts for is a removal.
final class Erasures {
    private static final int MOST = 1_000_000;

    private final AuditKeys keys;
    private final Map<YearMonth, Optional<SealingKey>> months = new HashMap<>();
    private final Set<Leaf.Place> blank = new HashSet<>();
    private final Set<Leaf.Place> recorded = new HashSet<>();
    private long count;

    Erasures(AuditKeys keys) {
        this.keys = keys;
    }

    /// Empty when the month was erased. Errors: [BrokenLog] when its key was never known.
    Optional<SealingKey> key(Leaf leaf) {
        return months.computeIfAbsent(AuditKeys.monthOf(leaf.ts()), month -> load(month, leaf.place()));
    }

    private Optional<SealingKey> load(YearMonth month, Leaf.Place place) {
        try {
            var key = keys.findMonth(month);
            if (key.isEmpty()) {
                throw new BrokenLog(AuditVerifier.at(place) + " claims the month " + month
                        + ", for which there never was a key here: it was changed, or this is not its key store.");
            }
            return key;
        } catch (DestroyedKeyException e) {
            return Optional.empty();
        }
    }

    void blank(Leaf.Place place) {
        count++;
        remember(place, recorded, blank);
    }

    void monthErased() {
        count++;
    }

    /// An opened entry may be the record of an erasure.
    void read(ObjectNode entry) {
        if (entry.path("action").asString("").equals(Audit.ERASED)) {
            var details = entry.path("details");
            var place = new Leaf.Place(
                    details.path("slot").asInt(-1), details.path("index").asLong(-1));
            remember(place, blank, recorded);
        }
    }

    private static void remember(Leaf.Place place, Set<Leaf.Place> other, Set<Leaf.Place> own) {
        if (other.remove(place)) {
            return;
        }
        own.add(place);
        if (own.size() > MOST) {
            throw new BrokenLog("More than a million entries are blank: this log needs to be looked at by hand.");
        }
    }

    /// Errors: [BrokenLog] when a blank entry is left that nothing accounts for.
    long settle() {
        blank.stream().findFirst().ifPresent(place -> {
            throw new BrokenLog(AuditVerifier.at(place) + " is blank, and nothing in the log says that it was erased.");
        });
        return count;
    }
}
