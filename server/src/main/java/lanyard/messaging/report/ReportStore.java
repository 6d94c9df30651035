package lanyard.messaging.report;

import java.time.Instant;
import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns the table `report`.
final class ReportStore {
    /// A report as it is stored: what was said is sealed with the key named.
    record Row(
            long id, UserId reporter, String organization, Report.About about, String key, byte[] reason, Instant at) {}

    long add(Tx tx, Row row) {
        return tx.query("""
                        insert into report (reporter, organization, room_id, event_id, subject, reason_key, reason, at)
                        values (:reporter, :organization, :room, :event, :subject, :key, :reason, :at)
                        returning report_id
                        """)
                .bind("reporter", row.reporter().value())
                .bind("organization", row.organization())
                .bind("room", row.about().room())
                .bind("event", row.about().event())
                .bind("subject", row.about().subject())
                .bind("key", row.key())
                .bind("reason", row.reason())
                .bind("at", row.at())
                .mapTo(Long.class)
                .one();
    }

    long count(Tx tx, String organization) {
        return tx.query("select count(*) from report where organization = :organization")
                .bind("organization", organization)
                .mapTo(Long.class)
                .one();
    }

    /// The newest first.
    List<Row> list(Tx tx, String organization, long from, int limit) {
        return tx.query("""
                        select report_id, reporter, organization, room_id, event_id, subject, reason_key, reason, at
                        from report
                        where organization = :organization
                        order by report_id desc
                        offset :from limit :limit
                        """)
                .bind("organization", organization)
                .bind("from", from)
                .bind("limit", limit)
                .map(ReportStore::row)
                .list();
    }

    private static Row row(RowView row) {
        return new Row(
                row.getColumn("report_id", Long.class),
                new UserId(row.getColumn("reporter", String.class)),
                row.getColumn("organization", String.class),
                new Report.About(
                        row.getColumn("room_id", String.class),
                        row.getColumn("event_id", String.class),
                        row.getColumn("subject", String.class)),
                row.getColumn("reason_key", String.class),
                row.getColumn("reason", byte[].class),
                row.getColumn("at", Instant.class));
    }
}
