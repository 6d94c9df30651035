package lanyard.governance.review;

import java.util.List;
import java.util.Optional;
import lanyard.governance.disclosure.CaseId;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns `review_item`, `review_note` and `review_pack`.
final class ReviewStore {
    private static final String STAND = """
            (select count(*) from review_item where case_id = :case) || ' '
                || (select count(*) || ' ' || count(withdrawn_ts) from review_note
                    where case_id = :case and kind <> 'fetched')
            """;

    record ItemRow(EventId event, RoomId room, long ts, Optional<String> blob, byte[] sealed) {}

    record NoteRow(String id, String kind, UserId by, long ts, byte[] sealed) {}

    boolean addItem(Tx tx, CaseId id, ItemRow row, long now) {
        return tx.update("""
                        insert into review_item (case_id, event_id, room_id, ts, blob, sealed, taken_ts)
                        values (:case, :event, :room, :ts, :blob, :sealed, :now)
                        on conflict do nothing
                        """)
                        .bind("case", id.value())
                        .bind("event", row.event().value())
                        .bind("room", row.room().value())
                        .bind("ts", row.ts())
                        .bind("blob", row.blob().orElse(null))
                        .bind("sealed", row.sealed())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    List<ItemRow> listItems(Tx tx, CaseId id) {
        return tx.query("""
                        select event_id, room_id, ts, blob, sealed from review_item
                        where case_id = :case order by ts, event_id
                        """)
                .bind("case", id.value())
                .map((RowView row) -> new ItemRow(
                        new EventId(row.getColumn("event_id", String.class)),
                        new RoomId(row.getColumn("room_id", String.class)),
                        row.getColumn("ts", Long.class),
                        Optional.ofNullable(row.getColumn("blob", String.class)),
                        row.getColumn("sealed", byte[].class)))
                .list();
    }

    void addNote(Tx tx, CaseId id, NoteRow row) {
        tx.update("""
                        insert into review_note (case_id, note_id, kind, made_by, made_ts, sealed)
                        values (:case, :note, :kind, :by, :ts, :sealed)
                        """)
                .bind("case", id.value())
                .bind("note", row.id())
                .bind("kind", row.kind())
                .bind("by", row.by().value())
                .bind("ts", row.ts())
                .bind("sealed", row.sealed())
                .execute();
    }

    /// False when there is none, or it was withdrawn before.
    boolean withdrawNote(Tx tx, CaseId id, String note, long now) {
        return tx.update("""
                        update review_note set withdrawn_ts = :now
                        where case_id = :case and note_id = :note and withdrawn_ts is null and kind <> 'fetched'
                        """)
                        .bind("case", id.value())
                        .bind("note", note)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    List<NoteRow> listNotes(Tx tx, CaseId id) {
        return tx.query("""
                        select note_id, kind, made_by, made_ts, sealed from review_note
                        where case_id = :case and withdrawn_ts is null order by made_ts, note_id
                        """)
                .bind("case", id.value())
                .map((RowView row) -> new NoteRow(
                        row.getColumn("note_id", String.class),
                        row.getColumn("kind", String.class),
                        new UserId(row.getColumn("made_by", String.class)),
                        row.getColumn("made_ts", Long.class),
                        row.getColumn("sealed", byte[].class)))
                .list();
    }

    /// How far the review has come: another word once a message was taken, or something noted or withdrawn.
    String stand(Tx tx, CaseId id) {
        return tx.query("select " + STAND)
                .bind("case", id.value())
                .mapTo(String.class)
                .one();
    }

    /// False when there is a pack of that number, or the review stands no longer where it did.
    boolean addPack(Tx tx, CaseId id, Pack pack, String stand) {
        return tx.update("""
                        insert into review_pack (case_id, number, blob, sha256, bytes, made_by, made_ts)
                        select :case, :number, :blob, :sha256, :bytes, :by, :ts where :stand =\s""" + STAND + """
                        on conflict do nothing
                        """)
                        .bind("case", id.value())
                        .bind("stand", stand)
                        .bind("number", pack.number())
                        .bind("blob", pack.blob())
                        .bind("sha256", pack.sha256())
                        .bind("bytes", pack.bytes())
                        .bind("by", pack.madeBy().value())
                        .bind("ts", pack.madeTs())
                        .execute()
                == 1;
    }

    List<Pack> listPacks(Tx tx, CaseId id) {
        return tx.query("""
                        select number, blob, sha256, bytes, made_by, made_ts from review_pack
                        where case_id = :case order by number
                        """)
                .bind("case", id.value())
                .map((RowView row) -> new Pack(
                        row.getColumn("number", Integer.class),
                        row.getColumn("blob", String.class),
                        row.getColumn("sha256", String.class),
                        row.getColumn("bytes", Long.class),
                        new UserId(row.getColumn("made_by", String.class)),
                        row.getColumn("made_ts", Long.class)))
                .list();
    }

    void deleteAll(Tx tx, CaseId id) {
        for (var statement : List.of(
                "delete from review_item where case_id = :case",
                "delete from review_note where case_id = :case",
                "delete from review_pack where case_id = :case")) {
            tx.update(statement).bind("case", id.value()).execute();
        }
    }
}
