package lanyard.messaging.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.messaging.timeline.History;
import lanyard.messaging.timeline.History.News;
import lanyard.messaging.timeline.History.Window;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.StateEvent;
import lanyard.messaging.timeline.TimelineEvent;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;

/// The state that a sync shows beside a room's timeline: what changed before it, or after `use_state_after` what has
/// changed at its end. <https://spec.matrix.org/v1.18/client-server-api/#get_matrixclientv3sync>
final class StateSection {
    private final History history;
    private final ToldMembers toldMembers;
    private final SyncRequest request;
    private final Window window;

    StateSection(History history, ToldMembers toldMembers, SyncRequest request, Window window) {
        this.history = history;
        this.toldMembers = toldMembers;
        this.request = request;
        this.window = window;
    }

    /// `heroes` name the room: a client that loads members lazily is told of them too.
    List<StateEvent> of(RoomState room, News news, boolean fresh, List<UserId> heroes) {
        var whole = fresh || request.fullState();
        Map<Long, TimelineEvent> shown = new HashMap<>();
        news.events().stream().filter(TimelineEvent::isState).forEach(event -> shown.put(event.seq(), event));
        List<StateEvent> events;
        if (whole || news.limited() || !window.filter().isOpen()) {
            // Not "before the first one shown": with history visible from joining on, the timeline has holes, and what
            // the room is and that it is encrypted was set in one.
            events = changed(room, whole ? 0 : history.gap(room, window.since()), shown);
        } else {
            events = request.stateAfter() ? current(room, shown) : List.of();
        }
        if (request.filter().lazyMembers()) {
            events = lazily(room, news, events, heroes, fresh);
        }
        var filter = request.filter().state();
        return events.stream()
                .filter(event -> filter.accepts(event) && filter.wantsRoom(room.id()))
                .toList();
    }

    private List<StateEvent> changed(RoomState room, long from, Map<Long, TimelineEvent> shown) {
        var events = new ArrayList<StateEvent>();
        for (var event : room.allState()) {
            if (event.seq() > from) {
                (request.stateAfter() ? Optional.of(event) : before(event, shown))
                        .filter(wanted -> wanted.seq() > from)
                        .ifPresent(events::add);
            }
        }
        return events;
    }

    /// What stood in an event's place before the timeline that shows it.
    private static Optional<StateEvent> before(StateEvent event, Map<Long, TimelineEvent> shown) {
        Optional<StateEvent> before = Optional.of(event);
        while (before.isPresent() && shown.containsKey(before.get().seq())) {
            before = shown.get(before.get().seq()).replaced();
        }
        return before;
    }

    private static List<StateEvent> current(RoomState room, Map<Long, TimelineEvent> shown) {
        Map<StateKey, StateEvent> events = new LinkedHashMap<>();
        shown.values()
                .forEach(event ->
                        room.state(event.stateKey()).ifPresent(current -> events.put(event.stateKey(), current)));
        return List.copyOf(events.values());
    }

    private List<StateEvent> lazily(
            RoomState room, News news, List<StateEvent> state, List<UserId> heroes, boolean fresh) {
        if (fresh) {
            toldMembers.forget(request.reader(), room.id());
        }
        var wanted = new HashSet<String>();
        news.events().forEach(event -> wanted.add(event.sender().value()));
        heroes.forEach(hero -> wanted.add(hero.value()));
        var shown = shownMembers(room, news);
        var events = new ArrayList<StateEvent>();
        state.stream()
                .filter(event -> !event.isMember() || (request.stateAfter() && shown.contains(event.stateKey())))
                .forEach(events::add);
        if (fresh) {
            wanted.add(window.user().value());
        }
        wanted.removeAll(shown);
        wanted.forEach(user -> room.state(StateKey.member(user))
                .filter(member -> isWanted(room, member))
                .ifPresent(member -> {
                    events.add(member);
                    toldMembers.told(request.reader(), room.id(), member, window.upTo());
                }));
        return events;
    }

    private boolean isWanted(RoomState room, StateEvent member) {
        return request.filter().state().redundantMembers()
                || toldMembers.isNew(request.reader(), room.id(), member, window.since());
    }

    /// Members of whom the timeline itself tells.
    private Set<String> shownMembers(RoomState room, News news) {
        var shown = new HashSet<String>();
        news.events().stream()
                .filter(event -> event.isState() && event.type().equals(StateKey.MEMBER))
                .forEach(event -> room.state(event.stateKey()).ifPresent(member -> {
                    shown.add(member.stateKey());
                    toldMembers.told(request.reader(), room.id(), member, window.upTo());
                }));
        return shown;
    }

    /// The state at the end of a room that the person has left.
    List<StateEvent> left(RoomState room, News news) {
        Map<Long, TimelineEvent> shown = new HashMap<>();
        news.events().stream().filter(TimelineEvent::isState).forEach(event -> shown.put(event.seq(), event));
        var end = Math.min(room.seq(), room.lastSeqFor(window.user()));
        var from = request.initial() || request.fullState() ? 0 : history.gap(room, window.since());
        var filter = request.filter().state();
        return history.stateAt(room, end).stream()
                .filter(event -> event.seq() > from)
                .flatMap(event -> (request.stateAfter() ? Optional.of(event) : before(event, shown)).stream())
                .filter(event -> event.seq() > from && filter.accepts(event))
                .filter(event -> !request.filter().lazyMembers()
                        || !event.isMember()
                        || event.stateKey().equals(window.user().value()))
                .toList();
    }
}
