package lanyard.governance.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lanyard.messaging.timeline.RoomKeys;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Tx;
import lanyard.platform.jobs.Turns;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.audit.AuditEntry;

/// Destroys the key of a room's month once nothing that was said in it is left: from then on no copy of the database,
/// however old, opens what was disposed of.
///
/// What could go wrong, for ever: a key is destroyed that something needs which must stay, in the database or in a
/// backup that may yet be restored; a hold comes too late by a moment; a crash leaves a key that everybody believes
/// gone. The principles: state and stubs are sealed by the room's lasting key, what earlier versions left under the
/// month's key first; then the rows themselves are asked whether any needs it, and only when the policy's time for
/// backups has run out since, by the clock and by as many days on which retention ran, and a day more, every backup
/// that can be restored answers the same; the last questions (rows, holds, time) are asked in the transaction in
/// which it is destroyed, which keeps holds out; who places one waits for it, so of the rows only those are asked
/// that came since a look beside it, and of them a bounded number; and a key that is on the list of destroyed ones
/// without a note in the database, after a crash or in a restored backup, is noted at the next run. A month is looked
/// at beside the writer, a few at a time as [Pace] allows; one that fails keeps no other back.
final class KeyExpiry {
    private static final Duration RUN = Duration.ofSeconds(30);
    private static final Duration REST = Duration.ofDays(1);
    /// No month is left alone for longer, however long it has to wait.
    private static final Duration LONGEST_REST = Duration.ofDays(40);
    private static final int MONTHS_A_RUN = 200;
    private static final String ACTOR = "lanyard.retention";
    private static final String WHY = "nothing said in the month is left";

    private final RetentionGround ground;
    private final Timeline timeline;
    private final Schedule schedule;
    private final Keeping keeping;
    private final RoomKeys keys;
    private final Pace pace;
    private final RoomMonthStore store = new RoomMonthStore();

    KeyExpiry(RetentionGround ground, Timeline timeline, Schedule schedule, Keeping keeping) {
        this.ground = ground;
        this.timeline = timeline;
        this.schedule = schedule;
        this.keeping = keeping;
        this.keys = new RoomKeys(timeline);
        this.pace = new Pace(ground.writer());
    }

    /// Notes, where it is noted that events went, the months whose keys sealed them.
    void wentFrom(Tx tx, RoomId room, long[] seqs) {
        Collection<YearMonth> months = keys.listMonths(tx, room, seqs);
        if (!months.isEmpty()) {
            store.add(tx, room, months);
        }
    }

    /// Carries out what is due, as far as one run goes. Answers how many keys were destroyed.
    int carryOut() {
        var now = ground.clock().instant();
        var until = System.nanoTime() + RUN.toNanos();
        var went = new AtomicInteger();
        var turns = new Turns();
        ground.database().write(tx -> {
            store.seeDay(tx, LocalDate.ofInstant(now, ZoneOffset.UTC));
            return now;
        });
        var furthest = now.plus(LONGEST_REST);
        for (var month : ground.database().read(tx -> store.listToLook(tx, now, furthest, MONTHS_A_RUN))) {
            if (System.nanoTime() > until) {
                break;
            }
            if (!turns.take(() -> went.addAndGet(look(month, now, until) ? 1 : 0))) {
                rest(month, now, now.plus(REST));
            }
        }
        turns.end();
        return went.get();
    }

    private boolean look(RoomMonth found, Instant now, long until) {
        // A clock that was ahead may have found it unused: it is asked again.
        var month = found.unused().filter(unused -> unused.since().isAfter(now)).isPresent() ? found.inUse() : found;
        var known = timeline.findRoom(month.room());
        if (known.isEmpty() || month.over().isAfter(now)) {
            rest(month, now, known.isEmpty() ? now.plus(REST) : month.over());
            return false;
        }
        var room = known.get();
        if (keys.isDestroyed(room, month.month())) {
            return note(month, now);
        }
        if (month.unused().isEmpty()) {
            clear(room, month, now, until);
            return false;
        }
        return destroy(room, month, now) && note(month, now);
    }

    private void rest(RoomMonth month, Instant now, Instant until) {
        ground.database().write(tx -> {
            looked(tx, month, now, until);
            return month;
        });
    }

    private void looked(Tx tx, RoomMonth month, Instant now, Instant again) {
        var latest = now.plus(LONGEST_REST);
        store.looked(tx, month, again.isAfter(latest) ? latest : again);
    }

    /// Seals anew what must stay. If nothing needs the key then, backups begin to run out.
    private void clear(RoomState room, RoomMonth month, Instant now, long until) {
        if (ground.database().read(tx -> keys.isSaid(tx, room, month.month()))) {
            rest(month, now, now.plus(REST));
            return;
        }
        reseal(room, month, until);
        ground.database().write(tx -> {
            if (keys.look(tx, room, month.month()).used()) {
                looked(tx, month, now, now);
            } else {
                var today = new RoomMonth.Today(now, store.countDays(tx));
                var since = Optional.of(new RoomMonth.Unused(now, today.day()));
                var unused = new RoomMonth(month.room(), month.month(), since, false, Optional.empty());
                looked(tx, unused, now, unused.due(backups(room), today).orElseThrow());
            }
            return month;
        });
    }

    private void reseal(RoomState room, RoomMonth month, long until) {
        keys.prepare(room);
        var at = 0L;
        while (System.nanoTime() <= until) {
            var after = at;
            var most = pace.messages();
            pace.rest();
            var began = System.nanoTime();
            at = ground.database().write(tx -> keys.reseal(tx, room, month.month(), after, most));
            if (at == after) {
                return;
            }
            pace.took(most, System.nanoTime() - began);
        }
    }

    private Backups backups(RoomState room) {
        return schedule.backups(room.organization());
    }

    /// Looks at the room beside the lock: that takes as long as the room is large, and nobody waits for it.
    private boolean destroy(RoomState room, RoomMonth month, Instant now) {
        if (!ground.database().write(tx -> mayGo(tx, room, month, now))) {
            return false;
        }
        var look = ground.database().read(tx -> keys.look(tx, room, month.month()));
        if (look.used()) {
            rest(month.inUse(), now, now);
            return false;
        }
        return ground.database().write(tx -> destroy(tx, room, month, new Last(look, now)));
    }

    /// What was found before the last questions, and when they are asked.
    record Last(RoomKeys.Look look, Instant now) {}

    /// The point of no return. What may need the key since the look is asked under the lock: when it may, the next run
    /// looks again.
    boolean destroy(Tx tx, RoomState room, RoomMonth month, Last last) {
        if (!mayGo(tx, room, month, last.now()) || keys.mayBeUsedSince(tx, room, month.month(), last.look())) {
            return false;
        }
        keys.destroy(room, month.month(), WHY);
        return true;
    }

    /// Whether backups have run out and no hold stands; when not, it is noted when to look again. Until the transaction
    /// ends, no hold is placed.
    private boolean mayGo(Tx tx, RoomState room, RoomMonth month, Instant now) {
        var holds = keeping.held(tx, month.room());
        var locked = store.lock(tx, month);
        var today = new RoomMonth.Today(now, store.countDays(tx));
        var due = locked.flatMap(one -> one.due(backups(room), today));
        if (due.isEmpty()) {
            return false;
        }
        var known = locked.orElseThrow();
        var held = known.isKeptBy(holds);
        if (held || due.get().isAfter(now)) {
            var kept = new RoomMonth(known.room(), known.month(), known.unused(), held, Optional.empty());
            looked(tx, kept, now, held ? now.plus(REST) : due.get());
            return false;
        }
        return true;
    }

    private boolean note(RoomMonth month, Instant now) {
        var details = Json.object().put("month", month.month().toString());
        var entry = new AuditEntry(
                "retention.month_key_destroyed", ACTOR, month.room().value(), WHY, details);
        return ground.writer().write(commit -> {
            var first = store.destroyed(commit.tx(), month, now);
            if (first) {
                ground.audit().record(commit, entry);
            }
            return first;
        });
    }
}
