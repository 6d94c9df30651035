package lanyard.messaging.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import lanyard.messaging.timeline.Reader;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// Who is at their phone, where the organisation's policy has it shown: coarse, to those who share a room, in
/// memory alone. Where the policy does not, nothing is kept and nothing is told.
final class Presence {
    static final String OFFLINE = "offline";
    /// The best of a person's devices counts.
    private static final List<String> BEST_FIRST = List.of("online", "unavailable");

    /// A parked sync comes back sooner than this.
    private static final Duration GONE_AFTER = Duration.ofSeconds(75);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final int DEVICES = 50_000;

    /// What a device last said, and when it last asked for anything.
    private record Said(String word, long atMs) {}

    /// How somebody stands to others, since which change of all.
    record Standing(String word, long activeMs, long version) {}

    private final SyncParts parts;
    private final Map<UserId, Map<DeviceId, Said>> devices = new ConcurrentHashMap<>();
    private final Map<UserId, Standing> standings = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private final AtomicBoolean watching = new AtomicBoolean();
    private final Cache<Reader, Long> told = Caffeine.newBuilder()
            .maximumSize(DEVICES)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    Presence(SyncParts parts) {
        this.parts = parts;
    }

    boolean isShown(UserId user) {
        return parts.identity()
                .organizations()
                .find(user.server())
                .filter(organization ->
                        parts.policies().of(organization.odsCode()).presence())
                .isPresent();
    }

    /// The device says how its person is, or by asking that they are there.
    void say(Reader reader, String word) {
        if (!isShown(reader.user())) {
            return;
        }
        var said = new Said(word, parts.clock().millis());
        devices.computeIfAbsent(reader.user(), user -> new ConcurrentHashMap<>())
                .put(reader.device(), said);
        judge(reader.user());
        if (watching.compareAndSet(false, true)) {
            Thread.ofVirtual().name("presence").start(this::watch);
        }
    }

    /// Tells others when somebody's word has changed.
    private void judge(UserId user) {
        var now = parts.clock().millis();
        var said = devices.getOrDefault(user, new ConcurrentHashMap<>());
        said.values().removeIf(one -> one.atMs() < now - GONE_AFTER.toMillis());
        var word = BEST_FIRST.stream()
                .filter(best ->
                        said.values().stream().anyMatch(one -> one.word().equals(best)))
                .findFirst()
                .orElse(OFFLINE);
        var active = said.values().stream()
                .filter(one -> one.word().equals("online"))
                .mapToLong(Said::atMs)
                .max();
        var before = standings.get(user);
        var changed = !(before == null ? OFFLINE : before.word()).equals(word);
        var since = changed ? version.incrementAndGet() : before == null ? 0 : before.version();
        standings.put(user, new Standing(word, active.orElse(before == null ? 0 : before.activeMs()), since));
        if (changed) {
            parts.timeline()
                    .memberships()
                    .sharing(user)
                    .forEach(other -> parts.wakes().wake(other.value()));
        }
    }

    /// Who stops asking has gone. Watches as long as anybody is there.
    private void watch() {
        try {
            while (!devices.isEmpty() && !parts.wakes().stopping()) {
                Thread.sleep(LOOK_AGAIN);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watching.set(false);
        }
    }

    void look() {
        for (var user : Set.copyOf(devices.keySet())) {
            judge(user);
            devices.computeIfPresent(user, (key, said) -> said.isEmpty() ? null : said);
        }
    }

    /// Of those who share a room with the reader, whose presence is news for the device, with where they stand.
    /// Whoever starts afresh is told of all who are not offline.
    Map<UserId, Standing> news(Reader reader, boolean initial) {
        var now = version.get();
        if (now == 0 || !isShown(reader.user())) {
            return Map.of();
        }
        var before = initial ? null : told.getIfPresent(reader);
        if (before != null && before == now) {
            return Map.of();
        }
        Map<UserId, Standing> news = new ConcurrentHashMap<>();
        var rooms = joined(reader.user());
        standings.forEach((user, standing) -> {
            var isNews = before == null ? !standing.word().equals(OFFLINE) : standing.version() > before;
            if (isNews && parts.timeline().memberships().joined(user).anyMatch(rooms::contains)) {
                news.put(user, standing);
            }
        });
        told.put(reader, now);
        return news;
    }

    private Set<RoomId> joined(UserId user) {
        var rooms = new HashSet<RoomId>();
        parts.timeline().memberships().joined(user).forEach(rooms::add);
        return rooms;
    }

    Standing of(UserId user) {
        return isShown(user) ? standings.getOrDefault(user, new Standing(OFFLINE, 0, 0)) : new Standing(OFFLINE, 0, 0);
    }

    /// In whole minutes; -1 for who was never there.
    long activeAgoMs(Standing standing) {
        if (standing.activeMs() == 0) {
            return -1;
        }
        var minute = Duration.ofMinutes(1).toMillis();
        return Math.max(0, parts.clock().millis() - standing.activeMs()) / minute * minute;
    }
}
