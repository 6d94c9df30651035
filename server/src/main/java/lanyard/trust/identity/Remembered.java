package lanyard.trust.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What the database said, kept in memory so that the usual request costs no query.
///
/// What could go wrong: a value read just before a commit is remembered just after it, and a revoked token lives on.
/// So whoever forgets counts, and whoever remembers looks at the count again, with nobody in between. Another node's
/// change is seen after a minute at the latest.
final class Remembered<K, V> {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Cache<K, V> values;
    private final AtomicLong changes = new AtomicLong();

    Remembered(int most) {
        values = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(LONGEST)
                .build();
    }

    Optional<V> known(K key) {
        return Optional.ofNullable(values.getIfPresent(key));
    }

    Optional<V> get(K key, Supplier<Optional<V>> load) {
        var known = values.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        var before = changes.get();
        var loaded = load.get();
        loaded.ifPresent(value -> keep(key, value, before));
        return loaded;
    }

    /// Not what was looked up before something changed: it would be believed after the change was promised.
    private synchronized void keep(K key, V value, long before) {
        if (changes.get() == before) {
            values.put(key, value);
        }
    }

    /// Call this after the commit.
    synchronized void forget(K key) {
        changes.incrementAndGet();
        values.invalidate(key);
    }

    /// Call this after the commit.
    synchronized void forgetIf(Predicate<V> changed) {
        changes.incrementAndGet();
        values.asMap().values().removeIf(changed);
    }
}
