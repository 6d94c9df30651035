package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import lanyard.governance.carerecord.TestRecord;
import lanyard.messaging.timeline.RoomKeys;
import lanyard.messaging.timeline.RoomState;
import lanyard.platform.db.Tx;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.KeyName;
import lanyard.standards.matrix.RoomId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is asked while nobody can place a hold, before a month's key goes.
class KeyExpiryLockTest {
    private static final int LARGE = 20_000;
    private static final int MOST = 1_000;
    private static final Duration LATER = Duration.ofDays(60);

    @TempDir
    Path lists;

    private TestRecord record;
    private KeyExpiry expiry;
    private RoomKeys keys;
    private RoomId id;
    private YearMonth month;

    @BeforeEach
    void start() {
        record = new TestRecord(new AgreeableRecord());
        var ward = record.ward;
        expiry = new KeyExpiry(
                new RetentionGround(ward.database, ward.writer, ward.audit, ward.clock, ward.random, lists),
                record.rooms.timeline,
                new Schedule(record.policies),
                TestRetention.keeping(record, lists));
        keys = new RoomKeys(record.rooms.timeline);
        id = record.rooms.room("social", record.nurse, record.registrar);
        month = YearMonth.from(ward.clock.instant().atZone(ZoneOffset.UTC)).plusMonths(1);
        record.rooms.message(id, record.nurse, "cake at four");
    }

    @AfterEach
    void stop() {
        record.close();
    }

    private RoomState room() {
        return record.rooms.timeline.getRoom(id);
    }

    private <T> T asked(Function<Tx, T> work) {
        return record.ward.database.write(work);
    }

    private RoomKeys.Look look() {
        return asked(tx -> keys.look(tx, room(), month));
    }

    private boolean mayBeUsed(RoomKeys.Look look) {
        return asked(tx -> keys.mayBeUsedSince(tx, room(), month, look));
    }

    /// As busy conversations are: rows as large as an empty one, which nobody opens here.
    private void said(int messages) {
        asked(tx -> tx.update("""
                        insert into event (room_nid, seq, slot, pos, event_id, type, sender, ts, notices, body)
                        select e.room_nid, e.seq + more, e.slot, e.pos, e.event_id || '/' || more, e.type, e.sender, e.ts,
                            e.notices, e.body
                        from event e cross join generate_series(1, cast(:messages as integer)) as more
                        where e.room_nid = (select room_nid from room where room_id = :room)
                            and e.seq = (select max(seq) from event x where x.room_nid = e.room_nid)
                        """)
                .bind("messages", messages)
                .bind("room", id.value())
                .execute());
        record.ward.database.write(tx -> tx.update("analyze event").execute());
    }

    private static long read(Tx tx) {
        return tx.query("""
                        select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables
                        where relname = 'event'
                        """).mapTo(Long.class).one();
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void whatCameSinceALookKeepsTheKey() {
        var look = look();
        assertThat(look.used()).isFalse();
        assertThat(mayBeUsed(look)).isFalse();
        record.rooms.message(id, record.nurse, "of this month still");
        assertThat(mayBeUsed(look)).isFalse();
        record.ward.clock.pass(Duration.ofDays(31));
        record.rooms.message(id, record.nurse, "of the month");
        assertThat(mayBeUsed(look)).isTrue();
        assertThat(look().used()).isTrue();
    }

    @Test
    void moreThanCanBeAskedUnderTheLockCountsAsNeedingTheKey() {
        var look = look();
        said(MOST);
        assertThat(mayBeUsed(look)).isFalse();
        said(1);
        assertThat(mayBeUsed(look)).isTrue();
        assertThat(look().used()).isFalse();
    }

    private RoomMonth unused() {
        var since = new RoomMonth.Unused(record.ward.clock.instant().minus(LATER), 0);
        var unused = new RoomMonth(id, month, Optional.of(since), false, Optional.empty());
        return asked(tx -> {
            tx.update("insert into retention_day select date '2000-01-01' + day from generate_series(1, 60) as day")
                    .execute();
            tx.update("insert into room_month (room_id, month) values (:room, :month)")
                    .bind("room", id.value())
                    .bind("month", month.toString())
                    .execute();
            new RoomMonthStore().looked(tx, unused, record.ward.clock.instant());
            return unused;
        });
    }

    private boolean isDestroyed() {
        var nid = record.ward.database.read(tx -> tx.query("select room_nid from room where room_id = :room")
                .bind("room", id.value())
                .mapTo(Long.class)
                .one());
        try {
            var _ = record.ward.keys.find(
                    new KeyName("room-month", nid + "/" + month.toString().replace("-", "")));
            return false;
        } catch (DestroyedKeyException e) {
            return true;
        }
    }

    @Test
    @Rule("G17")
    @Hazard("H06")
    void whoPlacesAHoldWaitsForNoMoreThanABoundedNumberOfRowsHoweverLargeTheRoom() {
        said(LARGE);
        record.ward.clock.pass(Duration.ofDays(31).plus(LATER));
        var month = unused();
        var look = look();
        said(MOST);
        var last = new KeyExpiry.Last(look, record.ward.clock.instant());
        var rows = asked(tx -> {
            var before = read(tx);
            assertThat(expiry.destroy(tx, room(), month, last)).isTrue();
            return read(tx) - before;
        });
        assertThat(rows).isLessThanOrEqualTo(MOST + 1);
        assertThat(isDestroyed()).isTrue();
        var whole = asked(tx -> {
            var before = read(tx);
            keys.look(tx, room(), this.month);
            return read(tx) - before;
        });
        assertThat(whole).as("what the look beside it reads").isGreaterThan(LARGE);
    }

    @Test
    @Rule("G17")
    @Hazard("H06")
    void aMessageThatCameAfterTheLookKeepsItsMonthsKey() {
        record.ward.clock.pass(Duration.ofDays(31));
        var look = new RoomKeys.Look(
                false, asked(tx -> keys.look(tx, room(), month)).upTo());
        var said = record.rooms.message(id, record.nurse, "of the month");
        record.ward.clock.pass(LATER.plus(Duration.ofDays(31)));
        var month = unused();
        var now = record.ward.clock.instant();
        boolean destroyed = asked(tx -> expiry.destroy(tx, room(), month, new KeyExpiry.Last(look, now)));
        assertThat(destroyed).isFalse();
        assertThat(isDestroyed()).isFalse();
        expiry.carryOut();
        assertThat(isDestroyed()).isFalse();
        assertThat(record.rooms.stored(id, said).isPruned()).isFalse();
        assertThat(asked(tx -> new RoomMonthStore().lock(tx, month))
                        .orElseThrow()
                        .unused())
                .isEmpty();
    }
}
