package lanyard.messaging.sync;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.messaging.timeline.Reader;
import lanyard.messaging.timeline.RoomView;
import lanyard.standards.matrix.RoomId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a device asks of the sliding window over its rooms, whichever wire form it speaks.
record SlidingRequest(
        Reader reader,
        String connection,
        Optional<String> pos,
        Duration timeout,
        Map<String, Window> lists,
        Subscriptions subscriptions,
        ObjectNode extensions,
        SlidingForm form,
        RoomView view) {
    private static final int MOST_KEPT = 500;

    /// What is wanted of each room.
    record Config(int timelineLimit, RequiredState state) {
        static Config either(List<Config> configs) {
            return new Config(
                    configs.stream().mapToInt(Config::timelineLimit).max().orElse(0),
                    RequiredState.either(configs.stream().map(Config::state).toList()));
        }
    }

    /// Rooms that are wanted by name, and those that no longer are. In the unstable form what was subscribed once
    /// stays so: matrix-js-sdk says it once.
    record Subscriptions(Map<RoomId, Config> wanted, Set<RoomId> unwanted, boolean sticky) {
        Map<RoomId, Config> after(Map<RoomId, Config> before) {
            if (!sticky) {
                return wanted;
            }
            Map<RoomId, Config> all = new LinkedHashMap<>(wanted);
            before.forEach((room, config) -> {
                if (all.size() < MOST_KEPT) {
                    all.putIfAbsent(room, config);
                }
            });
            all.keySet().removeAll(unwanted);
            return all;
        }
    }

    /// A list of rooms, and the parts of it that are wanted: places counted from 0, both ends included.
    record Window(List<Range> ranges, SlidingFilter filter, Config config) {}

    record Range(int from, int to) {
        boolean holds(int place) {
            return from <= place && place <= to;
        }
    }

    boolean asks(String extension) {
        return extension(extension).path("enabled").asBoolean(false);
    }

    JsonNode extension(String name) {
        return extensions.path(name);
    }
}
