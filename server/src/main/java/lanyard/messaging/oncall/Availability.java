package lanyard.messaging.oncall;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import lanyard.standards.matrix.UserId;

/// What somebody has said of themselves.
///
/// @param untilTs until when it holds; empty until they say something else
/// @param cover who is to be asked while they are off
public record Availability(
        UserId user, State state, Optional<Long> untilTs, Optional<Cover> cover, WorkingHours hours) {
    /// `UNKNOWN`: they leave it to their working hours, if they have said any.
    public enum State {
        ON_DUTY,
        BUSY,
        OFF,
        UNKNOWN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<State> find(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.word().equals(word))
                    .findFirst();
        }
    }

    /// Who covers for somebody.
    public sealed interface Cover {
        record Colleague(UserId user) implements Cover {}

        record Role(String id) implements Cover {}
    }

    /// What holds now, and until when as far as that is known.
    public record Now(State state, Optional<Long> untilTs) {}

    static Availability nothingSaidBy(UserId user) {
        return new Availability(user, State.UNKNOWN, Optional.empty(), Optional.empty(), WorkingHours.NONE);
    }

    /// What they said, as long as it holds; then what their working hours say.
    Now at(long now) {
        if (state != State.UNKNOWN && untilTs.filter(until -> until <= now).isEmpty()) {
            return new Now(state, untilTs);
        }
        if (!hours.isKnown()) {
            return new Now(State.UNKNOWN, Optional.empty());
        }
        var end = hours.endOfNow(now);
        if (end.isPresent()) {
            return new Now(State.ON_DUTY, Optional.of(end.getAsLong()));
        }
        var next = hours.next(now);
        return new Now(State.OFF, next.isPresent() ? Optional.of(next.getAsLong()) : Optional.empty());
    }
}
