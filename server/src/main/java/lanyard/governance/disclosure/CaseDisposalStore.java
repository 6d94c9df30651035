package lanyard.governance.disclosure;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lanyard.platform.db.Tx;
import org.jdbi.v3.core.result.RowView;

/// Owns `case_disposal`, and takes what a case was out of every table of this feature.
final class CaseDisposalStore {
    /// How far it has come. `from` is when it goes, or is marked again.
    record Line(
            CaseId id,
            String kind,
            String state,
            Instant closed,
            Instant from,
            Optional<Instant> ended,
            int messages,
            List<String> files) {}

    private static final String COLUMNS =
            "select case_id, kind, state, closed_ts, destroy_from_ts, ended_ts, messages, files from case_disposal ";

    /// Until when cases were closed whose time is over, and until when complaints were.
    record Closed(Instant cases, Instant complaints) {}

    private static final String OVER =
            "c.closed_ts <= case c.kind when 'nhs_complaint' then :complaints else :closed end ";

    /// Closed until then, and neither marked nor called off lately; by id, those after `after`.
    List<CaseId> listOver(Tx tx, Closed closed, Instant now, After after) {
        return ids(tx.query("""
                        select c.case_id from disclosure_case c left join case_disposal d on d.case_id = c.case_id
                        where\s""" + OVER + """
                            and c.case_id > :after
                            and (d.case_id is null or d.state = 'called_off' and d.destroy_from_ts <= :now)
                        order by c.case_id limit :most
                        """)
                .bind("closed", closed.cases().toEpochMilli())
                .bind("complaints", closed.complaints().toEpochMilli())
                .bind("now", now.toEpochMilli())
                .bind("after", after.id())
                .bind("most", after.most())
                .mapTo(String.class)
                .list());
    }

    /// Whether it was closed until then. Locks it.
    boolean isOver(Tx tx, CaseId id, Closed closed) {
        return tx.query("select c.case_id from disclosure_case c where c.case_id = :id and " + OVER + "for update")
                .bind("id", id.value())
                .bind("closed", closed.cases().toEpochMilli())
                .bind("complaints", closed.complaints().toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /// As if it had never been marked.
    void unmark(Tx tx, CaseId id) {
        tx.update("delete from case_disposal where case_id = :id and state = 'marked'")
                .bind("id", id.value())
                .execute();
    }

    /// Where a list goes on, and how long it is.
    record After(String id, int most) {}

    List<CaseId> listDue(Tx tx, Instant now, int most) {
        return ids(tx.query("""
                        select case_id from case_disposal
                        where state = 'marked' and destroy_from_ts <= :now order by destroy_from_ts limit :most
                        """)
                .bind("now", now.toEpochMilli())
                .bind("most", most)
                .mapTo(String.class)
                .list());
    }

    private static List<CaseId> ids(List<String> values) {
        return values.stream().map(CaseId::new).toList();
    }

    void mark(Tx tx, CaseId id, Instant now, Instant from) {
        tx.update("""
                        insert into case_disposal (case_id, organization, kind, closed_ts, state, marked_ts,
                            destroy_from_ts)
                        select case_id, organization, kind, closed_ts, 'marked', :now, :from
                        from disclosure_case where case_id = :id
                        on conflict (case_id) do update
                            set state = 'marked', marked_ts = excluded.marked_ts,
                                destroy_from_ts = excluded.destroy_from_ts
                        """)
                .bind("now", now.toEpochMilli())
                .bind("from", from.toEpochMilli())
                .bind("id", id.value())
                .execute();
    }

    /// False when it is not marked any more.
    boolean callOff(Tx tx, CaseId id, Instant again) {
        return tx.update("""
                        update case_disposal set state = 'called_off', destroy_from_ts = :again
                        where case_id = :id and state = 'marked'
                        """)
                        .bind("again", again.toEpochMilli())
                        .bind("id", id.value())
                        .execute()
                == 1;
    }

    Optional<Line> lock(Tx tx, CaseId id) {
        return tx.query(COLUMNS + "where case_id = :id for update")
                .bind("id", id.value())
                .map(CaseDisposalStore::line)
                .findOne();
    }

    List<Line> listGoing(Tx tx) {
        return tx.query(COLUMNS + "where state = 'destroying' order by case_id")
                .map(CaseDisposalStore::line)
                .list();
    }

    List<Line> list(Tx tx, String organization) {
        return tx.query(COLUMNS + "where organization = :organization order by marked_ts desc limit 500")
                .bind("organization", organization)
                .map(CaseDisposalStore::line)
                .list();
    }

    void destroying(Tx tx, CaseId id, CaseKeeper.Cleared cleared, Instant now) {
        tx.update("""
                        update case_disposal
                        set state = 'destroying', ended_ts = :now, messages = :messages, files = :files
                        where case_id = :id
                        """)
                .bind("now", now.toEpochMilli())
                .bind("messages", cleared.messages())
                .bind("files", cleared.files().toArray(String[]::new))
                .bind("id", id.value())
                .execute();
    }

    void destroyed(Tx tx, CaseId id) {
        tx.update("update case_disposal set state = 'destroyed', files = '{}' where case_id = :id")
                .bind("id", id.value())
                .execute();
    }

    /// Everything of the case but its line here.
    void clear(Tx tx, CaseId id) {
        for (var statement : List.of(
                """
                delete from disclosure_search_room
                where search_id in (select search_id from disclosure_search where case_id = :id)
                """,
                "delete from disclosure_search where case_id = :id",
                "delete from disclosure_unsealing where case_id = :id",
                "delete from disclosure_room where case_id = :id",
                "delete from disclosure_hold where case_id = :id",
                "delete from disclosure_stop where case_id = :id",
                "delete from disclosure_log where case_id = :id",
                "delete from disclosure_time where case_id = :id",
                "delete from disclosure_opinion where case_id = :id",
                "delete from disclosure_opinion_asked where case_id = :id",
                "delete from disclosure_covert where case_id = :id",
                "delete from disclosure_case where case_id = :id")) {
            tx.update(statement).bind("id", id.value()).execute();
        }
    }

    private static Line line(RowView row) {
        String[] files = Objects.requireNonNull(row.getColumn("files", String[].class));
        return new Line(
                new CaseId(row.getColumn("case_id", String.class)),
                Objects.requireNonNull(row.getColumn("kind", String.class)),
                Objects.requireNonNull(row.getColumn("state", String.class)),
                Instant.ofEpochMilli(row.getColumn("closed_ts", Long.class)),
                Instant.ofEpochMilli(row.getColumn("destroy_from_ts", Long.class)),
                Optional.ofNullable(row.getColumn("ended_ts", Long.class)).map(Instant::ofEpochMilli),
                row.getColumn("messages", Integer.class),
                Arrays.asList(files));
    }
}
