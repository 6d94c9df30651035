package lanyard.messaging.push;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lanyard.messaging.push.Unread.Count;
import lanyard.messaging.timeline.Attention;
import lanyard.messaging.timeline.History;
import lanyard.messaging.timeline.Place;
import lanyard.messaging.timeline.ReadMarks;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.TimelineEvent;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// How many events a person has not read. For the usual rules that is one counter of the room less another; only what
/// differs from that (a mention, a thread, a muted room) is remembered one by one, in memory, and each new event is
/// looked
/// at once.
final class UnreadCounts {
    private static final String MAIN = "main";
    private static final int TALLIES = 100_000;
    /// What is older was not news for a long time.
    private static final int MOST_HITS = 500;
    private static final int MOST_READ_BACK = 200;

    /// An unread event that the counters alone would count wrongly.
    private record Hit(long seq, String thread, boolean highlight, boolean notice) {}

    /// What was found among the events up to `upTo`.
    private record Tally(Rules rules, long upTo, List<Hit> hits) {}

    private record Key(RoomId room, UserId user) {}

    private final RuleSets ruleSets;
    private final ReadMarks marks;
    private final History history;
    private final Attention attention;
    private final Cache<Key, Tally> tallies =
            Caffeine.newBuilder().maximumSize(TALLIES).build();

    UnreadCounts(RuleSets ruleSets, ReadMarks marks, History history, Attention attention) {
        this.ruleSets = ruleSets;
        this.marks = marks;
        this.history = history;
        this.attention = attention;
    }

    Unread of(RoomState room, UserId user, boolean byThread) {
        var read = marks.readUpTo(room.id(), user);
        var hits = hits(room, user, read);
        var usual = ruleSets.of(user).isUsual();
        return byThread ? byThread(room, user, hits, usual) : new Unread(together(room, read, hits, usual), Map.of());
    }

    private static Count together(RoomState room, Place read, List<Hit> hits, boolean usual) {
        var count = usual ? counted(room, read) : Count.NONE;
        for (var hit : hits) {
            count = count.plus(usual && hit.notice() ? 0 : 1, hit.highlight());
        }
        return count;
    }

    private static Count counted(RoomState room, Place read) {
        return new Count(Math.max(0, room.place().notices() - read.notices()), 0);
    }

    private Unread byThread(RoomState room, UserId user, List<Hit> hits, boolean usual) {
        var read = marks.readUpTo(room.id(), user).later(marks.readUpTo(room.id(), user, MAIN));
        var main = usual ? counted(room, read) : Count.NONE;
        var threads = new HashMap<String, Count>();
        for (var hit : hits) {
            var inMain = hit.thread().isEmpty();
            if (!inMain && marks.readUpTo(room.id(), user, hit.thread()).seq() < hit.seq()) {
                threads.merge(
                        hit.thread(),
                        Count.NONE.plus(1, hit.highlight()),
                        (some, more) -> some.plus(1, more.highlights() > 0));
            }
            if (hit.seq() > read.seq()) {
                // The room's counter has it already: a thread's is taken out, the main line's is not counted twice.
                var more = usual && hit.notice() ? (inMain ? 0 : -1) : (inMain ? 1 : 0);
                main = main.plus(more, inMain && hit.highlight());
            }
        }
        return new Unread(main, Map.copyOf(threads));
    }

    private List<Hit> hits(RoomState room, UserId user, Place read) {
        var rules = ruleSets.of(user);
        var key = new Key(room.id(), user);
        var known = tallies.getIfPresent(key);
        var before = known != null && known.rules().equals(rules) ? known : new Tally(rules, read.seq(), List.of());
        if (before.upTo() >= room.seq()) {
            return unread(before.hits(), read);
        }
        var from = Math.max(before.upTo(), read.seq());
        var hits = new ArrayList<>(unread(before.hits(), read));
        // With the usual rules the counters know how many; only mentions and threads are looked for one by one.
        var news = rules.isUsual() ? attention.notable(room, from) : history.after(room, from, MOST_READ_BACK);
        news.forEach(event -> add(hits, event, rules, room, user));
        var kept = List.copyOf(hits.size() > MOST_HITS ? hits.subList(hits.size() - MOST_HITS, hits.size()) : hits);
        tallies.put(key, new Tally(rules, room.seq(), kept));
        return kept;
    }

    private static List<Hit> unread(List<Hit> hits, Place read) {
        return hits.isEmpty() || hits.getFirst().seq() > read.seq()
                ? hits
                : hits.stream().filter(hit -> hit.seq() > read.seq()).toList();
    }

    private static void add(List<Hit> hits, TimelineEvent event, Rules rules, RoomState room, UserId user) {
        rules.matching(event, room, user).filter(Rules.Rule::notifies).ifPresent(rule -> {
            var hit = new Hit(event.seq(), event.thread(), rule.highlights(), event.isNotice());
            if (!rules.isUsual()
                    || hit.highlight()
                    || !hit.notice()
                    || !hit.thread().isEmpty()) {
                hits.add(hit);
            }
        });
    }
}
