package lanyard.messaging.timeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lanyard.platform.db.Tx;
import lanyard.platform.stream.Advance;
import lanyard.platform.stream.CarryingLane;
import lanyard.platform.stream.StaleException;
import lanyard.standards.matrix.RoomId;

/// Writes all of a batch's events. One statement locks the heads of their rooms in id order, compares them with what
/// the
/// events were built on, moves them and inserts the events; a second one writes state, when there is any.
final class EventLane implements CarryingLane<EventRow> {
    private final TimelineStore store;
    private final Consumer<RoomId> forget;

    EventLane(TimelineStore store, Consumer<RoomId> forget) {
        this.store = store;
        this.forget = forget;
    }

    @Override
    public void write(Tx tx, Advance advance, List<EventRow> rows) {
        Map<Long, HeadMove> moves = new LinkedHashMap<>();
        for (var row : rows) {
            moves.merge(
                    row.before().nid(),
                    new HeadMove(row.before(), row.after()),
                    (first, next) -> new HeadMove(first.before(), next.after()));
        }
        var moved = store.append(tx, advance, List.copyOf(moves.values()), rows);
        if (moved != moves.size()) {
            throw new StaleException(() ->
                    moves.values().forEach(move -> forget.accept(move.before().id())));
        }
        var state = rows.stream().filter(row -> row.stateKey() != null).toList();
        if (!state.isEmpty()) {
            store.appendState(tx, state);
        }
    }

    record HeadMove(RoomHead before, RoomHead after) {}
}
