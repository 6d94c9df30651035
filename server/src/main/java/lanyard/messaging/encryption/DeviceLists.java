package lanyard.messaging.encryption;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.messaging.timeline.History;
import lanyard.messaging.timeline.RoomState;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.platform.stream.Position;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// Whose devices or keys changed, for those who share a room with them. Positions in memory, one for each person;
/// the fan-out happens on reading.
final class DeviceLists {
    private final EncryptionParts parts;
    private final History history;
    private final DeviceListStore lane = new DeviceListStore();
    private final Map<UserId, Position> changed = new ConcurrentHashMap<>();

    DeviceLists(EncryptionParts parts) {
        this.parts = parts;
        this.history = new History(parts.timeline());
        parts.database().read(lane::list).forEach(change -> changed.put(change.user(), change.position()));
    }

    /// The person's devices or keys are about to change.
    void change(Commit commit, UserId user) {
        var position = commit.next();
        commit.add(lane, new DeviceListStore.Change(user, position));
        commit.afterCommit(() -> changed.put(user, position));
        commit.afterVisible(() -> parts.timeline()
                .memberships()
                .sharing(user)
                .forEach(other -> parts.wakes().wake(other.value())));
    }

    /// What a device that has seen `since` must look up again, and whom it may forget.
    News since(UserId reader, SyncToken since) {
        if (since.equals(SyncToken.start(since.incarnation()))) {
            return new News(Set.of(), Set.of());
        }
        var news = new News(new TreeSet<>(), new TreeSet<>());
        if (changed.values().stream().anyMatch(position -> !since.covers(position))) {
            parts.timeline().memberships().sharing(reader).stream()
                    .filter(user -> isNew(user, since))
                    .forEach(news.changed()::add);
        }
        parts.timeline().memberships().of(reader).forEach((id, membership) -> {
            var room = parts.timeline().getRoom(id);
            if (!since.covers(room.last())) {
                met(reader, room, history.gap(room, since), news);
            }
        });
        if (!news.left().isEmpty()) {
            news.left().removeAll(parts.timeline().memberships().sharing(reader));
        }
        return news;
    }

    private boolean isNew(UserId user, SyncToken since) {
        var position = changed.get(user);
        return position != null && !since.covers(position);
    }

    /// What a device must look up again whose place is lost: everybody's.
    News anew(UserId reader) {
        return new News(new TreeSet<>(parts.timeline().memberships().sharing(reader)), Set.of());
    }

    /// A room joined meanwhile is full of people one may not have known; one that others joined has new people. Who has
    /// only changed their name is known, and who was only asked in was never there.
    private static void met(UserId reader, RoomState room, long gap, News news) {
        if (room.isJoined(reader)) {
            if (room.joinedSince(reader) > gap) {
                room.joined().forEach(news.changed()::add);
            }
            room.membersChangedAfter(gap).forEach(user -> {
                if (room.joinedSince(user) > gap) {
                    news.changed().add(user);
                } else if (wasThere(room, user, gap)) {
                    news.left().add(user);
                }
            });
        } else if (room.lastMembershipSeq(reader) > gap && wasThere(room, reader, gap)) {
            room.joined().forEach(news.left()::add);
        }
    }

    private static boolean wasThere(RoomState room, UserId user, long gap) {
        return !room.isJoined(user) && room.membershipAt(user, gap).equals("join");
    }

    /// Sync's `device_lists`.
    record News(Set<UserId> changed, Set<UserId> left) {
        boolean isEmpty() {
            return changed.isEmpty() && left.isEmpty();
        }

        ObjectNode json() {
            var json = Json.object();
            var changedList = json.putArray("changed");
            changed.forEach(user -> changedList.add(user.value()));
            var leftList = json.putArray("left");
            left.forEach(user -> leftList.add(user.value()));
            return json;
        }
    }
}
