package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import lanyard.governance.carerecord.TestRecord;
import lanyard.messaging.timeline.Expiring;
import lanyard.platform.http.TestHttp;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.SealedDataException;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.audit.AuditSearch;
import lanyard.trust.hold.HoldId;
import lanyard.trust.hold.HoldSubject;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.TestIdentity;
import org.jdbi.v3.core.result.RowView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The key of a room's month, over real rooms: social ones keep 90 days, marked disposals can be called off for 7, and
/// backups are kept for 35.
class KeyExpiryTest {
    private static final Duration GONE = TestMonth.GONE;
    private static final Duration BACKUPS = TestMonth.BACKUPS;
    private static final int ROOMS = 12;
    private static final String DISPOSALS = "/_lanyard/v1/disposals";

    @TempDir
    Path lists;

    private TestMonth test;
    private TestRecord record;
    private Retention retention;
    private TestHttp http;
    private UserId officer;
    private RoomId room;
    private EventId said;
    private YearMonth month;
    private long nid;

    @BeforeEach
    void start() {
        test = new TestMonth(lists);
        record = test.record;
        retention = test.retention;
        http = TestHttp.serving(retention);
        officer = record.recordsOfficer();
        month = test.month;
        room = test.room;
        said = test.said;
        nid = test.nid;
    }

    @AfterEach
    void stop() {
        http.close();
        test.close();
    }

    private void pass(Duration time) {
        test.pass(time);
    }

    private void goes() {
        test.goes();
    }

    private boolean isDestroyed() {
        return test.isDestroyed();
    }

    private boolean isDestroyed(RoomId one) {
        return test.isDestroyed(one);
    }

    private JsonNode shown() {
        var token = record.token(officer);
        for (var order : http.get(DISPOSALS, token).json().path("disposals")) {
            var id = order.path("order_id").asString("");
            if (order.path("room_id").asString("").equals(room.value())) {
                return http.get(DISPOSALS + "/" + id, token)
                        .json()
                        .path("places")
                        .path("keys")
                        .path("months")
                        .path(0);
            }
        }
        throw new AssertionError("nothing went there");
    }

    private HoldId hold(HoldSubject subject) {
        return record.holds.place(new NewHold(TestIdentity.ORGANIZATION.odsCode(), subject, officer, "an inquiry"));
    }

    private void sql(String statement) {
        test.sql(statement);
    }

    private void backUp() {
        sql("create table backup as select * from event");
    }

    private void restore() {
        sql("update event set body = backup.body, pruned_ts = backup.pruned_ts from backup"
                + " where backup.event_id = event.event_id");
        List.of("disposal_step", "disposal_order", "disposal", "room_month")
                .forEach(table -> sql("delete from " + table));
        new Expiring(record.rooms.timeline).forget(room);
    }

    private void stateIsWhole() {
        new Expiring(record.rooms.timeline).forget(room);
        var read = record.rooms.timeline.getRoom(room);
        assertThat(read.isJoined(record.nurse)).isTrue();
        assertThat(read.isJoined(record.registrar)).isTrue();
        record.rooms.message(room, record.registrar, "still here");
    }

    @Test
    @Rule("G16")
    void aMonthsKeyGoesOnceBackupsHaveRunOutAndNoCopyOpensWhatWasSaidWhileTheRoomLivesOn() {
        backUp();
        goes();
        assertThat(isDestroyed()).isFalse();
        var due = record.ward.clock.instant().plus(BACKUPS);
        assertThat(shown().path("gone").asBoolean(true)).isFalse();
        assertThat(shown().path("from_ts").asLong()).isEqualTo(due.toEpochMilli());
        pass(BACKUPS.minusMillis(1));
        assertThat(isDestroyed()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(isDestroyed()).isTrue();
        assertThat(shown().path("gone").asBoolean()).isTrue();
        assertThat(shown().path("since_ts").asLong()).isEqualTo(due.toEpochMilli());
        stateIsWhole();
        assertThat(record.rooms.stored(room, said).isPruned()).isTrue();
        sql("update event set body = backup.body from backup where backup.event_id = event.event_id");
        assertThatThrownBy(() -> record.rooms.stored(room, said)).isInstanceOf(DestroyedKeyException.class);
        assertThat(audited()).isEqualTo(1);
    }

    private long audited() {
        var whenever = new AuditSearch.Query(
                Instant.EPOCH,
                record.ward.clock.instant().plusSeconds(1),
                entry -> entry.action().equals("retention.month_key_destroyed"));
        return record.ward.audit.search().find(whenever, 1_000).found().size();
    }

    @Test
    @Rule("G17")
    @Hazard("H06")
    void aMonthOfWhichOneMessageIsLeftKeepsItsKey() {
        var at = record.ward.clock.instant();
        record.ward.clock.pass(Duration.ofSeconds(2));
        var other = record.rooms.message(room, record.nurse, "tea at five");
        var hold = hold(HoldSubject.room(room).within(Optional.of(at.plusSeconds(1)), Optional.of(at.plusSeconds(60))));
        goes();
        assertThat(record.rooms.stored(room, other).isPruned()).isFalse();
        pass(BACKUPS);
        pass(BACKUPS);
        assertThat(isDestroyed()).isFalse();
        assertThat(shown().has("from_ts")).isFalse();
        record.holds.lift(hold, officer, "over");
        pass(Duration.ofDays(1));
        pass(Duration.ofDays(7));
        assertThat(record.rooms.stored(room, other).isPruned()).isTrue();
        assertThat(isDestroyed()).isFalse();
        pass(Duration.ofDays(1));
        pass(BACKUPS);
        assertThat(isDestroyed()).isTrue();
    }

    @Test
    @Rule("G17")
    @Hazard("H06")
    void aHoldThatIsPlacedWhileBackupsRunOutKeepsTheKeyUntilItIsLifted() {
        goes();
        var hold = hold(HoldSubject.person(record.nurse));
        pass(BACKUPS);
        assertThat(isDestroyed()).isFalse();
        assertThat(shown().path("held").asBoolean()).isTrue();
        var before = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        hold(HoldSubject.room(room).within(Optional.of(Instant.EPOCH), Optional.of(before.minus(Duration.ofDays(2)))));
        record.holds.lift(hold, officer, "over");
        pass(Duration.ofDays(1));
        assertThat(isDestroyed()).isTrue();
        assertThat(shown().path("held").asBoolean()).isFalse();
    }

    /// As earlier versions kept state, and stubs of the month.
    private void sealedByTheMonthsKey() {
        var monthKey = test.key(room);
        record.ward.database.write(tx -> {
            var rows = tx.query("select event_id, body from event where room_nid = :room")
                    .bind("room", nid)
                    .map((RowView row) ->
                            new Body(row.getColumn("event_id", String.class), row.getColumn("body", byte[].class)))
                    .list();
            for (var row : rows) {
                if (new String(row.body(), 0, 6, StandardCharsets.US_ASCII).equals("always")) {
                    tx.update("update event set body = :body where event_id = :id")
                            .bind("body", byTheMonth(row, monthKey))
                            .bind("id", row.id())
                            .execute();
                }
            }
            return rows;
        });
    }

    private record Body(String id, byte[] body) {}

    private byte[] byTheMonth(Body row, KeyName monthKey) {
        var bound = row.id().getBytes(StandardCharsets.UTF_8);
        var keyed = record.ward.keys;
        var plain = keyed.key(new KeyName("room-lasting", Long.toString(nid)))
                .open(Arrays.copyOfRange(row.body(), 6, row.body().length), bound);
        var sealed = keyed.key(monthKey).seal(plain, bound);
        var stored =
                Arrays.copyOf(month.toString().replace("-", "").getBytes(StandardCharsets.US_ASCII), 6 + sealed.length);
        System.arraycopy(sealed, 0, stored, 6, sealed.length);
        return stored;
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void whatMustStayOfAMonthIsSealedAnewFirstAndACrashOnTheWayIsCarriedOn() {
        test.jump(GONE.minusDays(7));
        sealedByTheMonthsKey();
        pass(Duration.ofDays(7));
        assertThat(record.rooms.stored(room, said).isPruned()).isTrue();
        assertThat(prefixes()).containsExactly("always");
        assertThat(isDestroyed()).isFalse();
        var again = TestRetention.over(record, lists);
        again.destroyAgain();
        record.ward.clock.pass(BACKUPS);
        // It ended after the key was on the list, before the database had a note of it; then a hold came.
        record.ward.keys.destroy(test.key(room), "as a server that stopped here");
        hold(HoldSubject.room(room));
        again.expire();
        assertThat(shown().path("gone").asBoolean()).isTrue();
        assertThat(again.expire()).isZero();
        stateIsWhole();
        assertThat(record.rooms.stored(room, said).isPruned()).isTrue();
    }

    private List<String> prefixes() {
        return record.ward.database.read(
                tx -> tx.query("""
                        select distinct convert_from(substring(body from 1 for 6), 'UTF8') from event where room_nid = :room
                        """).bind("room", nid).mapTo(String.class).list());
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void aBackupThatIsOlderThanThePolicyAllowsBringsNothingBackAndBreaksNothing() {
        backUp();
        goes();
        pass(BACKUPS);
        assertThat(isDestroyed()).isTrue();
        restore();
        assertThat(record.rooms.timeline.findRoom(room)).isEmpty();
        var restored = TestRetention.over(record, lists);
        assertThat(restored.destroyAgain()).isEqualTo(1);
        var left = record.rooms.stored(room, said);
        assertThat(left.isPruned()).isTrue();
        assertThat(left.sender()).isEqualTo(record.nurse);
        stateIsWhole();
        restored.expire();
        assertThat(noted()).isEqualTo(1);
        assertThat(restored.destroyAgain()).isZero();
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void aBackupFromWithinThePolicyIsWholeAndTheKeyWaitsForItsBackupsAgain() {
        backUp();
        goes();
        pass(Duration.ofDays(20));
        var sha256 = sha256();
        restore();
        var restored = TestRetention.over(record, lists);
        assertThat(restored.destroyAgain()).isEqualTo(1);
        assertThat(sha256()).isEqualTo(sha256).hasSize(32);
        stateIsWhole();
        restored.expire();
        test.daysWereSeen(36);
        record.ward.clock.pass(BACKUPS.minusMillis(1));
        restored.expire();
        assertThat(isDestroyed()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(isDestroyed()).isTrue();
    }

    private byte[] sha256() {
        return record.ward.database.read(tx -> tx.query("select sha256 from disposal where event_id = :event")
                .bind("event", said.value())
                .mapTo(byte[].class)
                .one());
    }

    @Test
    @Rule("G17")
    @Hazard("H06")
    void aHoldAndTheEndOfAKeyAreNeverBothCarriedOut() throws InterruptedException {
        var rooms = new ArrayList<>(List.of(room));
        for (var more = 1; more < ROOMS; more++) {
            rooms.add(record.rooms.room("social", record.nurse, record.registrar));
            record.rooms.message(rooms.getLast(), record.nurse, "cake at four");
        }
        goes();
        test.daysWereSeen(36);
        record.ward.clock.pass(BACKUPS);
        var sweep = Thread.ofPlatform().unstarted(retention::expire);
        sweep.start();
        var were = new HashMap<RoomId, Boolean>();
        for (var one : rooms.reversed()) {
            hold(HoldSubject.room(one));
            were.put(one, isDestroyed(one));
        }
        sweep.join();
        retention.expire();
        for (var one : rooms) {
            assertThat(isDestroyed(one)).isEqualTo(were.get(one));
        }
    }

    @Test
    void aRoomThatCannotBeReadKeepsNoOtherKeyBack() {
        var other = record.rooms.room("social", record.nurse, record.registrar);
        record.rooms.message(other, record.nurse, "cake at four");
        test.jump(GONE.minusDays(7));
        pass(Duration.ofDays(7));
        sql("update room_month set unused_ts = null, unused_day = null, look_ts = 0");
        record.ward.database.write(tx -> tx.update("update event set body = :body where event_id = :event")
                .bind("body", (month.toString().replace("-", "") + "damaged").getBytes(StandardCharsets.US_ASCII))
                .bind("event", said.value())
                .execute());
        assertThatThrownBy(retention::expire).isInstanceOf(SealedDataException.class);
        pass(Duration.ofHours(1));
        test.daysWereSeen(36);
        record.ward.clock.pass(BACKUPS);
        assertThatThrownBy(retention::expire).isInstanceOf(SealedDataException.class);
        assertThat(isDestroyed(other)).isTrue();
        assertThat(isDestroyed()).isFalse();
    }

    private int noted() {
        return record.ward.database.read(tx ->
                tx.query("""
                        select count(*) from room_month where room_id = :room and destroyed_ts is not null
                        """).bind("room", room.value()).mapTo(Integer.class).one());
    }
}
