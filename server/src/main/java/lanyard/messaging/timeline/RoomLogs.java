package lanyard.messaging.timeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import org.jspecify.annotations.Nullable;

/// The rooms in memory.
///
/// What could go wrong: a room is read from the database just before a commit and put into memory just after it; what
/// was committed between is then shown to nobody, or what was hidden to everybody. So the writer's thread waits for a
/// reading of its room that is under way, and whoever reads many rooms at once keeps none that changed meanwhile.
final class RoomLogs {
    private static final int ROOMS_AT_ONCE = 50;

    private final Function<Collection<RoomId>, Map<RoomId, RoomLog>> load;
    private final Cache<RoomId, RoomLog> logs;
    /// The readings of many rooms that are under way, with what has changed meanwhile.
    private final Set<Reading> readings = ConcurrentHashMap.newKeySet();

    private static final class Reading {
        private final Set<RoomId> changed = ConcurrentHashMap.newKeySet();
    }

    RoomLogs(int most, Function<Collection<RoomId>, Map<RoomId, RoomLog>> load) {
        this.load = load;
        this.logs = Caffeine.newBuilder().maximumSize(most).build();
    }

    Optional<RoomLog> find(RoomId id) {
        return Optional.ofNullable(logs.get(id, key -> load.apply(List.of(key)).get(key)));
    }

    /// Brings those of `rooms` into memory that are not there: a few statements for all, where one after the
    /// other would cost each its own.
    void prepare(Collection<RoomId> rooms) {
        var missing =
                rooms.stream().filter(room -> logs.getIfPresent(room) == null).toList();
        for (var from = 0; missing.size() > 1 && from < missing.size(); from += ROOMS_AT_ONCE) {
            read(missing.subList(from, Math.min(missing.size(), from + ROOMS_AT_ONCE)));
        }
    }

    private void read(List<RoomId> rooms) {
        var reading = new Reading();
        readings.add(reading);
        try {
            // What is there by then was brought by somebody who changed it: it is newer, and stays.
            load.apply(rooms)
                    .forEach((id, log) ->
                            logs.asMap().computeIfAbsent(id, key -> reading.changed.contains(key) ? null : log));
        } finally {
            readings.remove(reading);
        }
    }

    /// On the writer's thread: an event of the room is durable.
    void publish(RoomState room, TimelineEvent event) {
        touched(room.id());
        var there = logs.getIfPresent(room.id());
        if (there != null && there.state().seq() == event.seq() - 1) {
            there.publish(room, event);
        } else {
            logs.asMap().compute(room.id(), (id, log) -> published(log, room, event));
        }
    }

    private static @Nullable RoomLog published(@Nullable RoomLog log, RoomState room, TimelineEvent event) {
        if (log == null) {
            return event.seq() == 1 ? new RoomLog(room, List.of(event), RoomLog.Marks.NONE) : null;
        }
        if (log.state().seq() < event.seq() - 1) {
            return null;
        }
        // Whoever read it after the commit has the event already.
        if (log.state().seq() == event.seq() - 1) {
            log.publish(room, event);
        }
        return log;
    }

    /// On the writer's thread: something beside the room's events is durable. What is not in memory has it when it is
    /// read.
    void change(RoomId id, Consumer<RoomLog> change) {
        touched(id);
        var there = logs.getIfPresent(id);
        if (there == null) {
            logs.asMap().compute(id, (key, log) -> {
                if (log != null) {
                    change.accept(log);
                }
                return log;
            });
        } else {
            change.accept(there);
        }
    }

    /// On the writer's thread: `target` is hidden. Where the room's state or an event about it still says what it said,
    /// the room is read afresh.
    void hide(RoomId id, EventId target, Function<TimelineEvent, TimelineEvent> hidden) {
        touched(id);
        logs.asMap().compute(id, (key, log) -> {
            if (log == null || log.isOfState(target)) {
                return null;
            }
            // Who hid it first did: as the database has it.
            log.find(target)
                    .filter(event -> !event.isHidden())
                    .ifPresent(event -> log.replace(target, hidden.apply(event)));
            return log;
        });
    }

    /// On the writer's thread: the next reader reads the room afresh.
    void forget(RoomId id) {
        touched(id);
        logs.asMap().compute(id, (key, log) -> null);
    }

    private void touched(RoomId id) {
        readings.forEach(reading -> reading.changed.add(id));
    }
}
