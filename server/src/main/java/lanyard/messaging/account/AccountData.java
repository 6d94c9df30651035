package lanyard.messaging.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import lanyard.messaging.account.AccountDataStore.Entry;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a person's clients keep about themselves, for all rooms or one. In memory once it was asked for.
public final class AccountData {
    private static final String ALL_ROOMS = "";
    private static final String INVITES = "m.invite_permission_config";

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
        if (since.equals(SyncToken.start(since.incarnation()))
                && findPushRules(user).isEmpty()) {
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
                events.addObject().put("type", entry.type()).set("content", shown(entry));
            }
        }
        return events;
    }

    private static ObjectNode shown(Entry entry) {
        return entry.type().equals(PushRules.TYPE) && entry.room().isEmpty()
                ? PushRules.merged(entry.user(), entry.content())
                : entry.content();
    }

    /// The person's push rules: `{"global": …}`.
    public ObjectNode pushRules(UserId user) {
        return findPushRules(user).map(stored -> PushRules.merged(user, stored)).orElseGet(() -> PushRules.of(user));
    }

    /// The specification's own push rules, for the person.
    public ObjectNode usualPushRules(UserId user) {
        return PushRules.of(user);
    }

    /// Empty for somebody who lives with the specification's rules; the same object until they change it.
    public Optional<ObjectNode> findPushRules(UserId user) {
        return find(user, ALL_ROOMS, PushRules.TYPE);
    }

    /// Errors: what `change` throws; it may run twice.
    public void changePushRules(UserId user, UnaryOperator<ObjectNode> change) {
        change(
                user,
                ALL_ROOMS,
                PushRules.TYPE,
                stored -> change.apply(
                        stored.map(rules -> PushRules.merged(user, rules)).orElseGet(() -> PushRules.of(user))));
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

    /// `room` is empty for what holds in all rooms.
    public Optional<ObjectNode> find(UserId user, String room, String type) {
        return Optional.ofNullable(entries(user).get(room + "\n" + type)).map(Entry::content);
    }

    /// Whether the person wants nobody to ask them into rooms.
    /// <https://spec.matrix.org/v1.18/client-server-api/#minvite_permission_config>
    public boolean blocksInvites(UserId user) {
        return find(user, ALL_ROOMS, INVITES).filter(AccountData::blocks).isPresent();
    }

    private static boolean blocks(ObjectNode config) {
        return config.path("default_action").asString("").equals("block");
    }

    /// Whether the person has said since then that they take invitations: those that waited unseen are shown now.
    public boolean takesInvitesSince(UserId user, SyncToken since) {
        return Optional.ofNullable(entries(user).get(ALL_ROOMS + "\n" + INVITES))
                .filter(entry -> !blocks(entry.content()) && !since.covers(entry.position()))
                .isPresent();
    }

    /// Where the person's read marker stands in a room.
    public void markFullyRead(UserId user, RoomId room, EventId event) {
        put(user, room.value(), "m.fully_read", Json.object().put("event_id", event.value()));
    }

    void put(UserId user, String room, String type, ObjectNode content) {
        change(user, room, type, _ -> content);
    }

    /// What is there becomes what `change` makes of it. Two who change the same thing at once come one after the other.
    void change(UserId user, String room, String type, Function<Optional<ObjectNode>, ObjectNode> change) {
        parts.writer().write(commit -> change(commit, new Staged(user, room, type), change));
    }

    /// Of the server's own making, within the deed that it tells of.
    public void put(Commit commit, UserId user, String type, ObjectNode content) {
        change(commit, new Staged(user, ALL_ROOMS, type), _ -> content);
    }

    private Entry change(Commit commit, Staged staged, Function<Optional<ObjectNode>, ObjectNode> change) {
        var user = staged.user();
        var before =
                commit.staged(staged).map(ObjectNode.class::cast).or(() -> find(user, staged.room(), staged.type()));
        var entry = new Entry(user, staged.room(), staged.type(), change.apply(before), commit.next());
        commit.stage(staged, entry.content());
        commit.add(store, entry);
        // Waits for a reading that is under way, which may have begun before the commit; `computeIfPresent` does not.
        commit.afterCommit(() -> byUser.asMap().compute(user, (key, entries) -> {
            if (entries != null) {
                entries.put(name(entry), entry);
            }
            return entries;
        }));
        commit.afterVisible(() -> parts.wakes().wake(user.value()));
        return entry;
    }

    private record Staged(UserId user, String room, String type) {}
}
