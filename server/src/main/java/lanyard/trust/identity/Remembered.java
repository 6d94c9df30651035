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
/// So whoever forgets counts first, and whoever remembers looks at the count again afterwards. Another node's change is
/// seen after a minute at the latest.
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
        loaded.ifPresent(value -> {
            values.put(key, value);
            if (changes.get() != before) {
                values.invalidate(key);
            }
        });
        return loaded;
    }

    /// Call this after the commit.
    void forget(K key) {
        changes.incrementAndGet();
        values.invalidate(key);
    }

    /// Call this after the commit.
    void forgetIf(Predicate<V> changed) {
        changes.incrementAndGet();
        values.asMap().values().removeIf(changed);
    }
}
