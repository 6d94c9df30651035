package lanyard.platform.sealing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import lanyard.platform.CrashPoint;
import org.jspecify.annotations.Nullable;

/// Keys that can be destroyed, one file each, outside PostgreSQL and its backups (D4).
///
/// What could go wrong: a key is used and then lost in a crash (records lost); a key is destroyed and comes back
/// (records not deleted); a key is destroyed that another record needs. The principles: a key is durable before it is
/// handed out; destruction is written to a list that is never rolled back before anything is deleted; a destroyed name
/// is never made again; and this class decides nothing: who calls [#destroy] has asked `trust.hold` first.
///
/// Making a key costs two fsyncs: ask for it before a deed, not within one.
public final class KeyStore {
    private static final int MOST_CACHED = 10_000;
    private static final int LONGEST_REASON = 500;

    private final Path directory;
    private final KeyWrapper wrapper;
    private final InstantSource clock;
    private final SecureRandom random;
    private final ShredList shredList;
    // One live object per key, so that destroying reaches every holder; `recent` keeps the used ones from collection.
    private final Cache<KeyName, SealingKey> live =
            Caffeine.newBuilder().weakValues().build();
    private final Cache<KeyName, SealingKey> recent =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).build();

    private KeyStore(Path directory, KeyWrapper wrapper, InstantSource clock, SecureRandom random) {
        this.directory = directory;
        this.wrapper = wrapper;
        this.clock = clock;
        this.random = random;
        this.shredList = new ShredList(directory);
    }

    /// Opens `<data>/keys` with the master key kept in it, making both on first start.
    public static KeyStore open(Path directory, InstantSource clock, SecureRandom random) {
        KeyFiles.createDirectory(directory);
        return open(directory, MasterKeyFile.in(directory, random), clock, random);
    }

    /// Opens a directory whose keys are wrapped elsewhere. Destroyed keys whose files came back are deleted again
    /// before anybody can ask for them.
    public static KeyStore open(Path directory, KeyWrapper wrapper, InstantSource clock, SecureRandom random) {
        KeyFiles.createDirectory(directory);
        var store = new KeyStore(directory, wrapper, clock, random);
        store.shredList.catchUp(name -> KeyFiles.destroy(store.file(name), random));
        KeyFiles.clearTemporary(directory, clock.instant());
        return store;
    }

    /// The key of that name, made and durable if there was none. Errors: [DestroyedKeyException].
    public SealingKey key(KeyName name) {
        var known = recent.getIfPresent(name);
        return known != null ? known : remember(live.get(name, this::loadOrCreate));
    }

    /// Errors: [DestroyedKeyException] when there was one.
    public Optional<SealingKey> find(KeyName name) {
        var known = recent.getIfPresent(name);
        if (known != null) {
            return Optional.of(known);
        }
        return Optional.ofNullable(live.asMap().computeIfAbsent(name, this::loadIfPresent))
                .map(this::remember);
    }

    /// Destroys the key for good; nothing it sealed can be opened afterwards, by anyone holding the key object either.
    /// Destroying a key that never existed makes sure that it never will.
    public void destroy(KeyName name, String why) {
        if (why.isBlank() || why.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("say in up to " + LONGEST_REASON + " characters why a key is destroyed");
        }
        live.asMap().compute(name, (n, key) -> {
            if (!shredList.contains(n)) {
                shredList.append(n, why, clock.instant());
                CrashPoint.at("keys.listed");
            }
            if (key != null) {
                key.forget();
            }
            recent.invalidate(n);
            KeyFiles.destroy(file(n), random);
            return null;
        });
    }

    /// A key destroyed between loading and remembering is not remembered: [#destroy] forgets before it invalidates.
    private SealingKey remember(SealingKey key) {
        recent.put(key.name(), key);
        if (key.isForgotten()) {
            recent.invalidate(key.name());
            throw new DestroyedKeyException(key.name());
        }
        return key;
    }

    private SealingKey loadOrCreate(KeyName name) {
        var present = loadIfPresent(name);
        if (present != null) {
            return present;
        }
        var fresh = new byte[SealingKey.KEY_BYTES];
        random.nextBytes(fresh);
        var wrapped = wrapper.wrap(fresh, name.bytes());
        KeyFiles.createIfAbsent(file(name), new KeyFiles.Content(name.scope(), name.id(), wrapped));
        // Read back: another process may have been first, and a key that does not read back must not be used.
        return Objects.requireNonNull(loadIfPresent(name));
    }

    private @Nullable SealingKey loadIfPresent(KeyName name) {
        if (shredList.contains(name)) {
            throw new DestroyedKeyException(name);
        }
        var file = file(name);
        if (!Files.exists(file)) {
            return null;
        }
        var wrapped = KeyFiles.read(file, name.scope(), name.id());
        try {
            return new SealingKey(name, wrapper.unwrap(wrapped, name.bytes()), random);
        } catch (SealedDataException e) {
            throw new KeyStoreFault(
                    "The key file " + file + " does not open with this master key: one of them is not the right one.",
                    e);
        }
    }

    private Path file(KeyName name) {
        return directory.resolve(name.scope()).resolve(name.fileName());
    }

    @Override
    public String toString() {
        return "KeyStore[hidden]";
    }
}
