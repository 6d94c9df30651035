package lanyard.governance.retention;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/// Owns the table `disposal_certificate`.
final class CertificateStore {
    private static final String COLUMNS = """
            select certificate_id, kind, organization, room_id, authority, reference, messages, first_ts, last_ts,
                lines_sha256, ended_ts, ended_by
            from disposal_certificate
            """;

    /// False when there is one already: the first is the true one.
    boolean add(Tx tx, Certificate certificate, OrderStore.Leaf leaf, @Nullable Instant again) {
        var room = certificate.room();
        return tx.update("""
                        insert into disposal_certificate (certificate_id, kind, organization, room_id, authority,
                            reference, messages, first_ts, last_ts, lines_sha256, ended_ts, ended_by, audit_action,
                            audit_slot, audit_index, again_ts, listed)
                        values (:id, :kind, :organization, :room, :authority, :reference, :messages, :first, :last,
                            :chain, :ended, :by, :action, :slot, :index, :again, :listed)
                        on conflict (certificate_id) do nothing
                        """)
                        .bind("id", certificate.id())
                        .bind("kind", certificate.kind().word())
                        .bind("organization", certificate.organization())
                        .bind("room", room == null ? null : room.value())
                        .bind("authority", certificate.authority())
                        .bind("reference", certificate.reference())
                        .bind("messages", certificate.tally().messages())
                        .bind("first", certificate.tally().firstTs())
                        .bind("last", certificate.tally().lastTs())
                        .bind("chain", certificate.tally().chain())
                        .bind("ended", certificate.ended().toEpochMilli())
                        .bind("by", certificate.by())
                        .bind("action", leaf.action())
                        .bind("slot", leaf.place().slot())
                        .bind("index", leaf.place().index())
                        .bind("again", again == null ? null : (Long) again.toEpochMilli())
                        .bind("listed", again != null)
                        .execute()
                == 1;
    }

    Optional<Certificate> find(Tx tx, String id) {
        return tx.query(COLUMNS + "where certificate_id = :id")
                .bind("id", id)
                .map(CertificateStore::certificate)
                .findOne();
    }

    OrderStore.Stamp stamp(Tx tx, String id) {
        return tx.query("""
                        select audit_action, audit_slot, audit_index, again_ts from disposal_certificate
                        where certificate_id = :id
                        """).bind("id", id).map(OrderStore::stampOf).one();
    }

    /// The newest first.
    List<Certificate> list(Tx tx, String organization, int most) {
        return tx.query(COLUMNS
                        + "where organization = :organization order by ended_ts desc, certificate_id limit :most")
                .bind("organization", organization)
                .bind("most", most)
                .map(CertificateStore::certificate)
                .list();
    }

    List<Certificate> listUnlisted(Tx tx, int most) {
        return tx.query(COLUMNS + "where not listed order by ended_ts, certificate_id limit :most")
                .bind("most", most)
                .map(CertificateStore::certificate)
                .list();
    }

    void listed(Tx tx, List<Certificate> all) {
        tx.update("update disposal_certificate set listed = true where certificate_id = any(:ids)")
                .bind("ids", all.stream().map(Certificate::id).toArray(String[]::new))
                .execute();
    }

    private static Certificate certificate(RowView row) {
        var room = row.getColumn("room_id", String.class);
        return new Certificate(
                Objects.requireNonNull(row.getColumn("certificate_id", String.class)),
                Certificate.Kind.of(Objects.requireNonNull(row.getColumn("kind", String.class))),
                Objects.requireNonNull(row.getColumn("organization", String.class)),
                room == null ? null : new RoomId(room),
                Objects.requireNonNull(row.getColumn("authority", String.class)),
                Objects.requireNonNull(row.getColumn("reference", String.class)),
                new Tally(
                        row.getColumn("messages", Long.class),
                        row.getColumn("first_ts", Long.class),
                        row.getColumn("last_ts", Long.class),
                        Objects.requireNonNull(row.getColumn("lines_sha256", byte[].class))),
                Instant.ofEpochMilli(row.getColumn("ended_ts", Long.class)),
                Objects.requireNonNull(row.getColumn("ended_by", String.class)));
    }
}
