package lanyard.messaging.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Hashes;
import lanyard.standards.matrix.CanonicalJson;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Filters that clients have saved. <https://spec.matrix.org/v1.18/client-server-api/#filtering>
public final class Filters {
    private static final int LONGEST = 16_384;

    private final AccountParts parts;
    private final AccountDataStore store;
    /// A saved filter never changes, and every sync names one.
    private final Cache<Saved, ObjectNode> recent =
            Caffeine.newBuilder().maximumSize(20_000).build();

    private record Saved(UserId user, long id) {}

    Filters(AccountParts parts, AccountDataStore store) {
        this.parts = parts;
        this.store = store;
    }

    /// Errors: `M_TOO_LARGE`, `M_BAD_JSON` when a part has the wrong shape.
    String put(UserId user, ObjectNode filter) {
        for (var part : new String[] {"room", "presence", "account_data"}) {
            Json.optionalObject(filter, part);
        }
        var canonical = CanonicalJson.bytes(filter);
        if (canonical.length > LONGEST) {
            throw new MatrixException(ErrorCode.M_TOO_LARGE, "That filter is too long.");
        }
        long id = parts.database().write(tx -> store.putFilter(tx, user, filter, Hashes.sha256(canonical)));
        return Long.toString(id);
    }

    /// Errors: `M_NOT_FOUND`.
    public ObjectNode get(UserId user, String id) {
        if (!id.matches("[0-9]{1,15}")) {
            throw noSuchFilter();
        }
        var filter = recent.get(new Saved(user, Long.parseLong(id)), this::read);
        if (filter == null) {
            throw noSuchFilter();
        }
        return filter;
    }

    private @Nullable ObjectNode read(Saved saved) {
        return parts.database()
                .read(tx -> store.findFilter(tx, saved.user(), saved.id()))
                .orElse(null);
    }

    private static MatrixException noSuchFilter() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such filter; save it again.");
    }
}
