package lanyard.governance.retention;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import lanyard.messaging.room.Conversation;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/// Owns the tables `room_retention` and `message_to_record`.
final class RoomRetentionStore {
    private static final String COLUMNS = """
            select room_id, organization, kind, oldest_ts, told_ms, asked_ts, choice, chosen_by, chosen_ts, untransferred
            from room_retention
            """;

    /// Where a list of rooms goes on.
    record Last(long begunTs, String room) {}

    /// What retention knows of a room.
    record Known(
            RoomId room,
            String organization,
            String kind,
            Instant oldest,
            long toldMs,
            @Nullable Long askedTs,
            @Nullable String choice,
            @Nullable String chosenBy,
            @Nullable Long chosenTs,
            long untransferred) {}

    Last lastMet(Tx tx) {
        return tx.query("select begun_ts, room_id from room_retention order by begun_ts desc, room_id desc limit 1")
                .map((RowView row) -> new Last(
                        row.getColumn("begun_ts", Long.class),
                        Objects.requireNonNull(row.getColumn("room_id", String.class))))
                .findOne()
                .orElse(new Last(0, ""));
    }

    void meet(Tx tx, Conversation room, long toldMs) {
        tx.update("""
                        insert into room_retention (room_id, organization, kind, begun_ts, oldest_ts, told_ms)
                        values (:room, :organization, :kind, :begun, :begun, :told)
                        on conflict (room_id) do nothing
                        """)
                .bind("room", room.room().value())
                .bind("organization", room.organization())
                .bind("kind", room.kind().word())
                .bind("begun", room.createdTs())
                .bind("told", toldMs)
                .execute();
    }

    /// Those of them that are known.
    Set<RoomId> listMet(Tx tx, Collection<RoomId> rooms) {
        return Set.copyOf(rooms(tx.query("select room_id from room_retention where room_id = any(:rooms)")
                .bind("rooms", rooms.stream().map(RoomId::value).toArray(String[]::new))
                .mapTo(String.class)
                .list()));
    }

    /// Rooms whose clients were told something else.
    List<RoomId> listUntold(Tx tx, String organization, String kind, long lifetimeMs, int most) {
        return rooms(tx.query("""
                        select room_id from room_retention
                        where organization = :organization and kind = :kind and told_ms <> :lifetime
                        order by room_id limit :most
                        """)
                .bind("organization", organization)
                .bind("kind", kind)
                .bind("lifetime", lifetimeMs)
                .bind("most", most)
                .mapTo(String.class)
                .list());
    }

    private static List<RoomId> rooms(List<String> values) {
        return values.stream().map(RoomId::new).toList();
    }

    void told(Tx tx, RoomId room, long lifetimeMs) {
        tx.update("update room_retention set told_ms = :told where room_id = :room")
                .bind("told", lifetimeMs)
                .bind("room", room.value())
                .execute();
    }

    /// Clinical rooms with something that old, whose owner has not been asked.
    List<RoomId> listToAsk(Tx tx, String organization, Instant oldest, int most) {
        return rooms(tx.query("""
                        select room_id from room_retention
                        where organization = :organization and kind = 'clinical' and oldest_ts <= :oldest
                            and choice is null and asked_ts is null
                        order by oldest_ts limit :most
                        """)
                .bind("organization", organization)
                .bind("oldest", oldest.toEpochMilli())
                .bind("most", most)
                .mapTo(String.class)
                .list());
    }

    void asked(Tx tx, RoomId room, Instant at) {
        tx.update("update room_retention set asked_ts = :at where room_id = :room")
                .bind("at", at.toEpochMilli())
                .bind("room", room.value())
                .execute();
    }

    /// Rooms with something that old, of which something may go: a clinical one only when its owner has answered.
    List<RoomId> listDue(Tx tx, String organization, String kind, Instant oldest, Instant now) {
        return rooms(tx.query("""
                        select room_id from room_retention
                        where organization = :organization and kind = :kind and oldest_ts <= :oldest
                            and rest_until_ts <= :now and (kind <> 'clinical' or choice is not null)
                        order by oldest_ts limit 200
                        """)
                .bind("organization", organization)
                .bind("kind", kind)
                .bind("oldest", oldest.toEpochMilli())
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .list());
    }

    Optional<Known> find(Tx tx, RoomId room) {
        return tx.query(COLUMNS + "where room_id = :room")
                .bind("room", room.value())
                .map(RoomRetentionStore::known)
                .findOne();
    }

    Optional<Known> lock(Tx tx, RoomId room) {
        return tx.query(COLUMNS + "where room_id = :room for update")
                .bind("room", room.value())
                .map(RoomRetentionStore::known)
                .findOne();
    }

    void choose(Tx tx, RoomId room, Choice choice, UserId by, Instant at) {
        tx.update("""
                        update room_retention set choice = :choice, chosen_by = :by, chosen_ts = :at, rest_until_ts = 0
                        where room_id = :room
                        """)
                .bind("choice", choice.word())
                .bind("by", by.value())
                .bind("at", at.toEpochMilli())
                .bind("room", room.value())
                .execute();
    }

    void want(Tx tx, RoomId room, Collection<EventId> events, Instant at) {
        tx.update("""
                        insert into message_to_record (event_id, room_id, wanted_ts)
                        select event_id, :room, :at from unnest(:events) as event_id
                        on conflict (event_id) do nothing
                        """)
                .bind("room", room.value())
                .bind("at", at.toEpochMilli())
                .bind("events", events.stream().map(EventId::value).toArray(String[]::new))
                .execute();
    }

    List<EventId> listWanted(Tx tx, RoomId room) {
        return tx
                .query("select event_id from message_to_record where room_id = :room")
                .bind("room", room.value())
                .mapTo(String.class)
                .list()
                .stream()
                .map(EventId::new)
                .toList();
    }

    /// Nothing said before `oldest` is left; the room is not looked at again until `restUntil`.
    void lookedAt(Tx tx, RoomId room, Instant oldest, Instant restUntil) {
        tx.update("""
                        update room_retention set oldest_ts = :oldest, rest_until_ts = :rest where room_id = :room
                        """)
                .bind("oldest", oldest.toEpochMilli())
                .bind("rest", restUntil.toEpochMilli())
                .bind("room", room.value())
                .execute();
    }

    void untransferred(Tx tx, RoomId room, long messages) {
        tx.update("update room_retention set untransferred = :messages where room_id = :room")
                .bind("messages", messages)
                .bind("room", room.value())
                .execute();
    }

    /// When the oldest message was said that any room of the organisation may have left.
    Optional<Instant> oldest(Tx tx, String organization) {
        return tx.query("select min(oldest_ts) from room_retention where organization = :organization")
                .bind("organization", organization)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }

    /// What waits for a person: clinical rooms whose owner was asked and has not answered, and rooms with messages that
    /// the record must have first.
    List<Known> listWaiting(Tx tx, String organization) {
        return tx.query(COLUMNS + """
                        where organization = :organization
                            and (asked_ts is not null and choice is null or untransferred > 0)
                        order by oldest_ts, room_id limit 1000
                        """)
                .bind("organization", organization)
                .map(RoomRetentionStore::known)
                .list();
    }

    private static Known known(RowView row) {
        return new Known(
                new RoomId(row.getColumn("room_id", String.class)),
                Objects.requireNonNull(row.getColumn("organization", String.class)),
                Objects.requireNonNull(row.getColumn("kind", String.class)),
                Instant.ofEpochMilli(row.getColumn("oldest_ts", Long.class)),
                row.getColumn("told_ms", Long.class),
                row.getColumn("asked_ts", Long.class),
                row.getColumn("choice", String.class),
                row.getColumn("chosen_by", String.class),
                row.getColumn("chosen_ts", Long.class),
                row.getColumn("untransferred", Long.class));
    }
}
