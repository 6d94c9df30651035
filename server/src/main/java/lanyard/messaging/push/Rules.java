package lanyard.messaging.push;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.TimelineEvent;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;

/// One set of push rules, ready to be asked, shared by everybody who has the same: what does not depend on the person
/// is
/// decided once for each event.
final class Rules {
    /// @param kind and id say which rule it is in its owner's list
    record Rule(String kind, String id, List<Condition> conditions, boolean notifies, boolean highlights) {}

    private static final int EVENTS_REMEMBERED = 20_000;

    private final List<Rule> enabled;
    private final boolean usual;
    /// The rules that an event may match, as far as can be said for everybody; the last of them matches anybody.
    private final Cache<EventId, List<Rule>> candidates =
            Caffeine.newBuilder().maximumSize(EVENTS_REMEMBERED).build();

    Rules(List<Rule> enabled, boolean usual) {
        this.enabled = List.copyOf(enabled);
        this.usual = usual;
    }

    /// Whether they count as the specification's own do.
    boolean isUsual() {
        return usual;
    }

    /// The first rule that matches the event for the person; empty when none does, or it is the person's own event.
    Optional<Rule> matching(TimelineEvent event, RoomState room, UserId user) {
        if (event.sender().equals(user)) {
            return Optional.empty();
        }
        for (var rule : candidates.get(event.id(), id -> candidates(event, room, user))) {
            if (personal(rule).allMatch(condition -> condition.holds(event.pdu(), room, user))) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    private List<Rule> candidates(TimelineEvent event, RoomState room, UserId user) {
        var found = new ArrayList<Rule>(2);
        for (var rule : enabled) {
            var holds = rule.conditions().stream()
                    .filter(condition -> !condition.isPersonal())
                    .allMatch(condition -> condition.holds(event.pdu(), room, user));
            if (holds) {
                found.add(rule);
                if (personal(rule).findAny().isEmpty()) {
                    break;
                }
            }
        }
        return List.copyOf(found);
    }

    private static java.util.stream.Stream<Condition> personal(Rule rule) {
        return rule.conditions().stream().filter(Condition::isPersonal);
    }
}
