package lanyard.messaging.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.messaging.account.AccountDataStore.Entry;
import lanyard.platform.json.Json;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a person's clients keep about themselves, for all rooms or one. In memory once it was asked for.
public final class AccountData {
    private static final String ALL_ROOMS = "";

    private final AccountParts parts;
    private final AccountDataStore store;
    private final Cache<UserId, Map<String, Entry>> byUser =
            Caffeine.newBuilder().maximumSize(20_000).build();

    AccountData(AccountParts parts, AccountDataStore store) {
        this.parts = parts;
        this.store = store;
    }

    /// What changed since, and in a first sync the push rules too.
    public ArrayNode globalSince(UserId user, SyncToken since) {
        var events = since(user, ALL_ROOMS, since);
        if (since.equals(SyncToken.start(since.incarnation()))) {
            events.addObject().put("type", PushRules.TYPE).set("content", PushRules.of(user));
        }
        return events;
    }

    public ArrayNode roomSince(UserId user, RoomId room, SyncToken since) {
        return since(user, room.value(), since);
    }

    private ArrayNode since(UserId user, String room, SyncToken since) {
        var events = Json.array();
        for (var entry : entries(user).values()) {
            if (entry.room().equals(room) && !since.covers(entry.position())) {
                events.addObject().put("type", entry.type()).set("content", entry.content());
            }
        }
        return events;
    }

    private Map<String, Entry> entries(UserId user) {
        return byUser.get(user, key -> {
            var entries = new ConcurrentHashMap<String, Entry>();
            parts.database().read(tx -> store.list(tx, user)).forEach(entry -> entries.put(name(entry), entry));
            return entries;
        });
    }

    /// What is in memory of somebody: they are gone, or a test wants the database read again.
    void forget(UserId user) {
        byUser.invalidate(user);
    }

    private static String name(Entry entry) {
        return entry.room() + "\n" + entry.type();
    }

    Optional<ObjectNode> find(UserId user, String room, String type) {
        return Optional.ofNullable(entries(user).get(room + "\n" + type)).map(Entry::content);
    }

    void put(UserId user, String room, String type, ObjectNode content) {
        parts.writer().write(commit -> {
            var entry = new Entry(user, room, type, content, commit.next());
            commit.add(store, entry);
            commit.afterCommit(() -> byUser.asMap().computeIfPresent(user, (key, entries) -> {
                entries.put(name(entry), entry);
                return entries;
            }));
            commit.afterVisible(() -> parts.wakes().wake(user.value()));
            return entry;
        });
    }
}
