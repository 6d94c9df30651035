package lanyard.governance.retention;

import java.time.Instant;
import java.util.Locale;
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

    Tally tally() {
        return new Tally(events, firstTs, lastTs, chain);
    }

    /// After more went, up to an event of the room.
    Order further(Tally now, long upToSeq) {
        return new Order(
                id,
                organization,
                room,
                upTo,
                policyVersion,
                marked,
                destroyFrom,
                State.DESTROYING,
                upToSeq,
                now.messages(),
                now.firstTs(),
                now.lastTs(),
                now.chain(),
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
