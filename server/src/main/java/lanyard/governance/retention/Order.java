package lanyard.governance.retention;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import lanyard.messaging.timeline.Expiring;
import lanyard.platform.sealing.Hashes;
import lanyard.standards.matrix.RoomId;
import org.jspecify.annotations.Nullable;

/// One disposal by retention: of what was said in a room until `upTo`.
///
/// @param destroyFrom until then it can be called off
/// @param atSeq how far the room has been gone through
/// @param chain SHA-256 over every line written for it, in order
/// @param keptHeld messages that a hold kept
/// @param keptAwaited messages that the record must have first
record Order(
        String id,
        String organization,
        RoomId room,
        Instant upTo,
        int policyVersion,
        Instant marked,
        Instant destroyFrom,
        State state,
        long atSeq,
        long events,
        @Nullable Long firstTs,
        @Nullable Long lastTs,
        byte[] chain,
        long keptHeld,
        long keptAwaited,
        @Nullable String endedBy,
        @Nullable Long endedTs,
        @Nullable String reason) {
    enum State {
        MARKED,
        DESTROYING,
        DESTROYED,
        CALLED_OFF;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isOpen() {
        return state == State.MARKED || state == State.DESTROYING;
    }

    /// After `more` went.
    Order further(Expiring.Went went) {
        var next = chain;
        var first = firstTs;
        var last = lastTs;
        for (var gone : went.gone()) {
            next = Hashes.sha256(next, gone.id().value().getBytes(StandardCharsets.UTF_8), gone.sha256());
            first = first == null ? gone.timestamp() : (Long) Math.min(first, gone.timestamp());
            last = last == null ? gone.timestamp() : (Long) Math.max(last, gone.timestamp());
        }
        return new Order(
                id,
                organization,
                room,
                upTo,
                policyVersion,
                marked,
                destroyFrom,
                State.DESTROYING,
                went.upTo(),
                events + went.gone().size(),
                first,
                last,
                next,
                keptHeld,
                keptAwaited,
                endedBy,
                endedTs,
                reason);
    }

    /// As it ended.
    Order ended(State as, Kept kept, String by, Instant at, String why) {
        return new Order(
                id,
                organization,
                room,
                upTo,
                policyVersion,
                marked,
                destroyFrom,
                as,
                atSeq,
                events,
                firstTs,
                lastTs,
                chain,
                kept.held(),
                kept.awaited(),
                by,
                at.toEpochMilli(),
                why);
    }

    /// What stayed.
    record Kept(long held, long awaited) {
        static final Kept NOTHING = new Kept(0, 0);
    }
}
