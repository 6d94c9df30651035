package lanyard.messaging.push;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.standards.matrix.UserId;

/// How far each phone has been told, by the moments of events, so that what a gateway or a restart has made it
/// miss is told later. In memory, and every few seconds in the table.
final class PushProgress {
    /// One pusher.
    record PusherKey(UserId user, String app, String pushkey) {
        static PusherKey of(Pusher pusher) {
            return new PusherKey(pusher.user(), pusher.app(), pusher.key());
        }
    }

    private final Map<PusherKey, Long> told = new ConcurrentHashMap<>();
    private final Set<PusherKey> changed = ConcurrentHashMap.newKeySet();
    /// Who may have missed something: everybody after a start.
    private final Set<PusherKey> behind = ConcurrentHashMap.newKeySet();

    PushProgress(Map<PusherKey, Long> stored) {
        told.putAll(stored);
        behind.addAll(stored.keySet());
    }

    void begin(Pusher pusher, long ts) {
        told.putIfAbsent(PusherKey.of(pusher), ts);
        changed.add(PusherKey.of(pusher));
    }

    boolean isBehind(Pusher pusher) {
        return behind.contains(PusherKey.of(pusher));
    }

    /// Told of everything up to `ts`, unless it has missed something before.
    void told(Pusher pusher, long ts) {
        if (!isBehind(pusher)) {
            told.merge(PusherKey.of(pusher), ts, Math::max);
            changed.add(PusherKey.of(pusher));
        }
    }

    void missed(Pusher pusher) {
        behind.add(PusherKey.of(pusher));
    }

    void caughtUp(Pusher pusher, long ts) {
        behind.remove(PusherKey.of(pusher));
        told(pusher, ts);
    }

    long upTo(Pusher pusher) {
        return told.getOrDefault(PusherKey.of(pusher), Long.MAX_VALUE);
    }

    void forget(Pusher pusher) {
        told.remove(PusherKey.of(pusher));
        behind.remove(PusherKey.of(pusher));
        changed.remove(PusherKey.of(pusher));
    }

    /// What the table does not have yet.
    Map<PusherKey, Long> unsaved() {
        Map<PusherKey, Long> unsaved = new HashMap<>();
        List.copyOf(changed).forEach(key -> {
            changed.remove(key);
            var ts = told.get(key);
            if (ts != null) {
                unsaved.put(key, ts);
            }
        });
        return unsaved;
    }
}
