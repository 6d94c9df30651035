package lanyard.messaging.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lanyard.messaging.timeline.RelationStore.Sight;
import lanyard.messaging.timeline.RelationStore.Summary;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What others have said about an event, put beside it: its newest edit, its thread, what refers to it.
/// <https://spec.matrix.org/v1.18/client-server-api/#aggregations-of-child-events>
public final class Bundles {
    private static final int MOST_REFERENCES = 500;

    private final Timeline timeline;

    public Bundles(Timeline timeline) {
        this.timeline = timeline;
    }

    /// The bundles of those of `events` that have any, by event. Asks the database only when memory does not know that
    /// there are none. What the reader may not see is not counted either.
    public Map<EventId, ObjectNode> of(RoomState room, Reader reader, List<TimelineEvent> events) {
        var candidates = timeline.getLog(room.id()).related(events);
        if (candidates.isEmpty()) {
            return Map.of();
        }
        return timeline.parts().database().read(tx -> {
            var ids = candidates.stream().map(TimelineEvent::id).toList();
            var related = timeline.relationStore().listRelated(tx, room.head().nid(), ids);
            return related.isEmpty()
                    ? Map.of()
                    : new Bundling(tx, room, reader)
                            .of(candidates.stream()
                                    .filter(event -> related.contains(event.id()))
                                    .toList());
        });
    }

    /// The events as clients get them, bundles and all.
    public ArrayNode render(RoomState room, Reader reader, List<TimelineEvent> events) {
        var bundles = of(room, reader, events);
        var chunk = Json.array();
        events.forEach(event -> chunk.add(Json.object(event.render(reader, room, bundles.get(event.id())))));
        return chunk;
    }

    private final class Bundling {
        private final Tx tx;
        private final RoomState room;
        private final Reader reader;
        private final Sight sight;
        private final Map<EventId, ObjectNode> bundles = new HashMap<>();

        Bundling(Tx tx, RoomState room, Reader reader) {
            this.tx = tx;
            this.room = room;
            this.reader = reader;
            this.sight = History.sight(room, reader.user());
        }

        Map<EventId, ObjectNode> of(List<TimelineEvent> events) {
            var ids = events.stream().map(TimelineEvent::id).toList();
            edits(ids);
            timeline.relationStore()
                    .listReferences(tx, sight, ids, MOST_REFERENCES)
                    .forEach(reference -> bundle(new EventId(reference.target()))
                            .withObject("/m.reference")
                            .withArray("/chunk")
                            .addObject()
                            .put("event_id", reference.event().value()));
            threads(events);
            return bundles;
        }

        private ObjectNode bundle(EventId event) {
            return bundles.computeIfAbsent(event, id -> Json.object());
        }

        private void edits(List<EventId> ids) {
            for (var stored : timeline.relationStore().listEdits(tx, sight, ids)) {
                var edit = timeline.open(room, stored);
                Notices.relatesTo(edit.pdu())
                        .ifPresent(target -> bundle(new EventId(target)).set(Notices.EDIT, json(edit)));
            }
        }

        private void threads(List<TimelineEvent> roots) {
            Map<String, TimelineEvent> byId = new HashMap<>();
            roots.forEach(root -> byId.put(root.id().value(), root));
            var summaries = timeline.relationStore()
                    .listSummaries(
                            tx,
                            sight,
                            reader.user(),
                            roots.stream().map(TimelineEvent::id).toList());
            if (summaries.isEmpty()) {
                return;
            }
            var newest = newest(summaries);
            edits(newest.values().stream().map(TimelineEvent::id).toList());
            for (var summary : summaries) {
                var root = byId.get(summary.root());
                var latest = newest.get(summary.newest());
                if (root != null && latest != null) {
                    var thread = bundle(root.id()).putObject(Notices.THREAD);
                    thread.set("latest_event", json(latest));
                    thread.put("count", summary.count())
                            .put(
                                    "current_user_participated",
                                    summary.participated() || root.sender().equals(reader.user()));
                }
            }
        }

        private Map<Long, TimelineEvent> newest(List<Summary> summaries) {
            var seqs = new ArrayList<Long>();
            summaries.forEach(summary -> seqs.add(summary.newest()));
            Map<Long, TimelineEvent> events = new HashMap<>();
            timeline.relationStore()
                    .listAt(tx, room.head().nid(), seqs)
                    .forEach(stored -> events.put(stored.placed().seq(), timeline.open(room, stored)));
            return events;
        }

        private ObjectNode json(TimelineEvent event) {
            return Json.object(event.render(reader, room, bundles.get(event.id())));
        }
    }
}
