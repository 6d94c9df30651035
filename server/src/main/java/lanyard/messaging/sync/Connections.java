package lanyard.messaging.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import lanyard.messaging.sync.SlidingRequest.Config;
import lanyard.messaging.timeline.Reader;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;

/// What each device's sliding connections have been sent, in memory only: who comes back after it is lost starts again.
/// An answer counts when the device comes back with its `pos`; until then the one before is kept, so a lost answer is
/// given again.
final class Connections {
    private static final int DEVICES = 20_000;
    private static final int MOST_CONNECTIONS = 10;
    /// A device that cancels and asks again may hold any of the last few answers.
    private static final int MOST_OFFERED = 3;

    /// What was sent of a room, up to where, and of which members; and whether it was called a chat between two.
    record Sent(SyncToken upTo, Config config, Map<String, Long> members, boolean direct) {}

    /// What the device has seen when it holds `pos`. `shown` are the rooms that the last answer was about.
    record Seen(
            long pos,
            SyncToken upTo,
            long typing,
            Map<RoomId, Sent> rooms,
            Set<RoomId> shown,
            Map<RoomId, Config> subscriptions) {
        static Seen nothing(SyncToken start) {
            return new Seen(0, start, 0, Map.of(), Set.of(), Map.of());
        }

        /// Up to where the device has what stands beside a room's timeline.
        SyncToken besides(RoomId room) {
            var sent = rooms.get(room);
            return shown.contains(room) ? upTo : sent == null ? SyncToken.start(upTo.incarnation()) : sent.upTo();
        }

        boolean isNothing() {
            return pos == 0;
        }

        String token() {
            return upTo + "~" + pos;
        }
    }

    /// The newest places offered, with the one that they go on from.
    private record Connection(List<Seen> places) {
        Connection and(Seen held, Seen offered) {
            var kept = new ArrayList<Seen>();
            kept.add(held);
            places.stream()
                    .filter(seen -> seen.pos() > held.pos())
                    .skip(Math.max(0, places.size() - MOST_OFFERED))
                    .forEach(kept::add);
            kept.add(offered);
            return new Connection(List.copyOf(kept));
        }
    }

    private final AtomicLong places = new AtomicLong();

    private final Cache<Reader, Map<String, Connection>> byDevice = Caffeine.newBuilder()
            .maximumSize(DEVICES)
            .expireAfterAccess(Duration.ofMinutes(30))
            .build();

    /// Errors: `M_UNKNOWN_POS`.
    Seen find(SlidingRequest request, SyncToken start) {
        if (request.pos().isEmpty()) {
            return Seen.nothing(start);
        }
        var connections = of(request.reader());
        synchronized (connections) {
            var connection = connections.get(request.connection());
            if (connection != null) {
                for (var seen : connection.places()) {
                    if (!seen.isNothing() && seen.token().equals(request.pos().get())) {
                        return seen;
                    }
                }
            }
        }
        throw new MatrixException(ErrorCode.M_UNKNOWN_POS, "The server no longer knows this place; start again.");
    }

    private Map<String, Connection> of(Reader reader) {
        return byDevice.get(reader, key -> new Newest());
    }

    long nextPlace() {
        return places.incrementAndGet();
    }

    /// From now on `held` is what the device is known to have, and `offered` what it may have.
    void offer(SlidingRequest request, Seen held, Seen offered) {
        var connections = of(request.reader());
        synchronized (connections) {
            var before = connections.getOrDefault(request.connection(), new Connection(List.of()));
            connections.put(request.connection(), before.and(held, offered));
        }
    }

    private static final class Newest extends LinkedHashMap<String, Connection> {
        private static final long serialVersionUID = 1L;

        Newest() {
            super(4, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Connection> eldest) {
            return size() > MOST_CONNECTIONS;
        }
    }
}
