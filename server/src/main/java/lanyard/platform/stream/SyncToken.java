package lanyard.platform.stream;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a reader has seen: for each writer slot the last position, and the incarnation of the database it was read
/// from.
/// After a restore from backup the incarnation differs, and the holder of an old token starts afresh.
public final class SyncToken {
    public static final int SLOTS = 16;
    private static final Pattern FORM = Pattern.compile("l1_([a-z0-9]{4,32})((?:_[0-9]{1,2}\\.[0-9]{1,18}){0,16})");

    private final String incarnation;
    private final long[] positions;

    private SyncToken(String incarnation, long[] positions) {
        this.incarnation = incarnation;
        this.positions = positions;
    }

    public static SyncToken start(String incarnation) {
        return new SyncToken(incarnation, new long[SLOTS]);
    }

    /// Reads what a client sent; empty when it is forged, truncated or not ours.
    public static Optional<SyncToken> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var positions = new long[SLOTS];
        for (var part : matcher.group(2).split("_", -1)) {
            if (!part.isEmpty()) {
                var dot = part.indexOf('.');
                var slot = Integer.parseInt(part.substring(0, dot));
                if (slot >= SLOTS) {
                    return Optional.empty();
                }
                positions[slot] = Long.parseLong(part.substring(dot + 1));
            }
        }
        return Optional.of(new SyncToken(matcher.group(1), positions));
    }

    public String incarnation() {
        return incarnation;
    }

    public long at(int slot) {
        return positions[slot];
    }

    /// Whether the holder has seen what stands at `position`.
    public boolean covers(Position position) {
        return positions[position.slot()] >= position.pos();
    }

    /// Whether the holder has seen everything that `other` has.
    public boolean covers(SyncToken other) {
        for (var slot = 0; slot < SLOTS; slot++) {
            if (positions[slot] < other.positions[slot]) {
                return false;
            }
        }
        return true;
    }

    public SyncToken with(Position position) {
        var more = positions.clone();
        more[position.slot()] = Math.max(more[position.slot()], position.pos());
        return new SyncToken(incarnation, more);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SyncToken token
                && incarnation.equals(token.incarnation)
                && Arrays.equals(positions, token.positions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(positions);
    }

    /// The form clients see. They may only hand it back.
    @Override
    public String toString() {
        var text = new StringBuilder("l1_").append(incarnation);
        for (var slot = 0; slot < SLOTS; slot++) {
            if (positions[slot] > 0) {
                text.append('_').append(slot).append('.').append(positions[slot]);
            }
        }
        return text.toString();
    }
}
