package lanyard.messaging.sync;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lanyard.messaging.timeline.Reader;
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
        Map<RoomId, Config> subscriptions,
        ObjectNode extensions,
        SlidingForm form) {
    /// What is wanted of each room.
    record Config(int timelineLimit, RequiredState state) {
        static Config either(List<Config> configs) {
            return new Config(
                    configs.stream().mapToInt(Config::timelineLimit).max().orElse(0),
                    RequiredState.either(configs.stream().map(Config::state).toList()));
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
