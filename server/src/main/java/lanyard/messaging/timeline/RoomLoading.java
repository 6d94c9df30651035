package lanyard.messaging.timeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import lanyard.messaging.timeline.RoomLoadStore.SpanRow;
import lanyard.platform.db.Tx;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.rules.StateKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings rooms into memory: seven statements, whatever their number.
final class RoomLoading {
    private static final Logger LOG = LoggerFactory.getLogger(RoomLoading.class);

    private final EventBodies bodies;
    private final RoomLoadStore store = new RoomLoadStore();
    private final ReceiptStore receipts;

    RoomLoading(EventBodies bodies, ReceiptStore receipts) {
        this.bodies = bodies;
        this.receipts = receipts;
    }

    /// Those of `ids` that there are.
    Map<RoomId, RoomLog> load(Tx tx, Collection<RoomId> ids) {
        var heads = store.listHeads(tx, ids);
        if (heads.isEmpty()) {
            return Map.of();
        }
        var nids = RoomLoadStore.nids(heads);
        var recent = store.listNewest(tx, heads, RoomLog.RECENT);
        var all = new Rows(
                byRoom(store.listState(tx, nids), EventRecord::room),
                byRoom(store.listSpans(tx, nids), SpanRow::room),
                byRoom(recent, EventRecord::room),
                store.listRelated(tx, recent),
                receipts.list(tx, nids));
        var active = store.listLastOf(tx, nids, RoomLog.ACTIVITY);
        Map<RoomId, RoomLog> logs = new HashMap<>();
        for (var head : heads) {
            try {
                logs.put(head.id(), log(head, all, active.getOrDefault(head.nid(), 1L)));
            } catch (DestroyedKeyException e) {
                // In a restored backup, before what went has gone again: this room waits, the others do not.
                LOG.warn("Room {} is not there: {}", head.nid(), e.getMessage());
            }
        }
        return logs;
    }

    /// What was read of all the rooms.
    private record Rows(
            Map<Long, List<EventRecord>> state,
            Map<Long, List<SpanRow>> spans,
            Map<Long, List<EventRecord>> recent,
            Set<EventId> related,
            Map<Long, List<Receipt>> receipts) {}

    private static <T> Map<Long, List<T>> byRoom(List<T> rows, Function<T, Long> room) {
        return rows.stream().collect(Collectors.groupingBy(room));
    }

    private TimelineEvent open(RoomHead head, EventRecord event) {
        return bodies.open(head.version(), event);
    }

    private RoomLog log(RoomHead head, Rows rows, long lastActivity) {
        Map<StateKey, StateEvent> state = new HashMap<>();
        for (var event : rows.state().getOrDefault(head.nid(), List.of())) {
            var shown = open(head, event);
            state.put(shown.stateKey(), new StateEvent(shown.id(), shown.seq(), shown.pdu()));
        }
        Map<String, List<Span>> spans = new HashMap<>();
        List<Span> visibility = new ArrayList<>();
        for (var row : rows.spans().getOrDefault(head.nid(), List.of())) {
            if (row.key().type().equals(StateKey.MEMBER)) {
                spans.merge(row.key().stateKey(), List.of(row.span()), (some, more) -> Span.and(some, more.getFirst()));
            } else {
                visibility.add(row.span());
            }
        }
        var recent = rows.recent().getOrDefault(head.nid(), List.of()).stream()
                .map(event -> open(head, event))
                .toList();
        var related = recent.stream()
                .map(TimelineEvent::id)
                .filter(rows.related()::contains)
                .collect(Collectors.<EventId>toSet());
        var marks = new RoomLog.Marks(rows.receipts().getOrDefault(head.nid(), List.of()), related, lastActivity);
        return new RoomLog(new RoomState(head, state, spans, List.copyOf(visibility)), recent, marks);
    }
}
