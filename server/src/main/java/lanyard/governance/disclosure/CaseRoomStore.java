package lanyard.governance.disclosure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.hold.HoldId;
import lanyard.trust.hold.HoldSubject;
import org.jdbi.v3.core.result.RowView;

/// Owns `disclosure_room` and `disclosure_hold`.
final class CaseRoomStore {
    /// How many of them were new.
    int add(Tx tx, CaseId id, Collection<CaseRoom> rooms) {
        return tx.update("""
                        insert into disclosure_room (case_id, room_id, from_ts, to_ts, why)
                        select :id, r.room_id, r.from_ts, r.to_ts, r.why
                        from unnest(:rooms, :froms, :tos, :whys) as r(room_id, from_ts, to_ts, why)
                        where not exists (
                            select 1 from disclosure_room known
                            where known.case_id = :id and known.room_id = r.room_id
                                and known.from_ts <= r.from_ts and known.to_ts >= r.to_ts)
                        on conflict (case_id, room_id, from_ts)
                            do update set to_ts = greatest(disclosure_room.to_ts, excluded.to_ts)
                        """)
                .bind("id", id.value())
                .bind(
                        "rooms",
                        rooms.stream().map(room -> room.span().room().value()).toArray(String[]::new))
                .bind(
                        "froms",
                        rooms.stream().mapToLong(room -> room.span().fromTs()).toArray())
                .bind(
                        "tos",
                        rooms.stream().mapToLong(room -> room.span().toTs()).toArray())
                .bind("whys", rooms.stream().map(room -> room.why().word()).toArray(String[]::new))
                .execute();
    }

    List<CaseRoom> list(Tx tx, CaseId id) {
        return tx.query("""
                        select room_id, from_ts, to_ts, why, left_out_by from disclosure_room
                        where case_id = :id order by room_id, from_ts
                        """).bind("id", id.value()).map(CaseRoomStore::room).list();
    }

    private static CaseRoom room(RowView row) {
        return new CaseRoom(
                new RoomSpan(
                        new RoomId(row.getColumn("room_id", String.class)),
                        row.getColumn("from_ts", Long.class),
                        row.getColumn("to_ts", Long.class)),
                CaseRoom.Why.of(row.getColumn("why", String.class)),
                Optional.ofNullable(row.getColumn("left_out_by", String.class)).map(UserId::new));
    }

    /// Every case's spans in these rooms, by case.
    Map<CaseId, List<RoomSpan>> listIn(Tx tx, Collection<RoomId> rooms) {
        record Row(CaseId id, RoomSpan span) {}
        return tx
                .query("select case_id, room_id, from_ts, to_ts from disclosure_room where room_id = any(:rooms)")
                .bind("rooms", rooms.stream().map(RoomId::value).toArray(String[]::new))
                .map(row -> new Row(
                        new CaseId(row.getColumn("case_id", String.class)),
                        new RoomSpan(
                                new RoomId(row.getColumn("room_id", String.class)),
                                row.getColumn("from_ts", Long.class),
                                row.getColumn("to_ts", Long.class))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Row::id, Collectors.mapping(Row::span, Collectors.toList())));
    }

    /// False when the case has no such room.
    boolean leaveOut(Tx tx, CaseId id, RoomId room, UserId by) {
        return tx.update("update disclosure_room set left_out_by = :by where case_id = :id and room_id = :room")
                        .bind("id", id.value())
                        .bind("room", room.value())
                        .bind("by", by.value())
                        .execute()
                > 0;
    }

    /// What was left out is looked into again. How many of them were left out.
    int putBack(Tx tx, CaseId id, Collection<RoomId> rooms) {
        return tx.update("""
                        update disclosure_room set left_out_by = null
                        where case_id = :id and room_id = any(:rooms) and left_out_by is not null
                        """)
                .bind("id", id.value())
                .bind("rooms", rooms.stream().map(RoomId::value).toArray(String[]::new))
                .execute();
    }

    void addHold(Tx tx, CaseId id, HoldId hold, HoldSubject subject) {
        tx.update("""
                        insert into disclosure_hold (case_id, hold_id, subject, from_ts, to_ts)
                        values (:id, :hold, :subject, :from, :to)
                        """)
                .bind("id", id.value())
                .bind("hold", hold.value())
                .bind("subject", subject.kind().word() + " " + subject.id())
                .bind("from", subject.from().orElseThrow().toEpochMilli())
                .bind("to", subject.to().orElseThrow().toEpochMilli())
                .execute();
    }

    /// Whether a hold of the case keeps all of it already.
    boolean holds(Tx tx, CaseId id, HoldSubject subject) {
        return tx.query("""
                        select exists (select 1 from disclosure_hold
                            where case_id = :id and subject = :subject and not lifted
                                and from_ts <= :from and to_ts >= :to)
                        """)
                .bind("id", id.value())
                .bind("subject", subject.kind().word() + " " + subject.id())
                .bind("from", subject.from().orElseThrow().toEpochMilli())
                .bind("to", subject.to().orElseThrow().toEpochMilli())
                .mapTo(Boolean.class)
                .one();
    }

    /// Whether a case placed the hold and has not lifted it.
    boolean isOfACase(Tx tx, HoldId hold) {
        return tx.query("select exists (select 1 from disclosure_hold where hold_id = :hold and not lifted)")
                .bind("hold", hold.value())
                .mapTo(Boolean.class)
                .one();
    }

    /// Which case placed it, lifted or not.
    Optional<CaseId> caseOf(Tx tx, HoldId hold) {
        return tx.query("select case_id from disclosure_hold where hold_id = :hold")
                .bind("hold", hold.value())
                .mapTo(String.class)
                .findOne()
                .map(CaseId::new);
    }

    /// Marks them lifted and answers which they were.
    List<HoldId> takeHolds(Tx tx, CaseId id) {
        return tx
                .query("update disclosure_hold set lifted = true where case_id = :id and not lifted returning hold_id")
                .bind("id", id.value())
                .mapTo(String.class)
                .list()
                .stream()
                .map(HoldId::new)
                .toList();
    }

    int countHolds(Tx tx, CaseId id) {
        return tx.query("select count(*) from disclosure_hold where case_id = :id and not lifted")
                .bind("id", id.value())
                .mapTo(Integer.class)
                .one();
    }
}
