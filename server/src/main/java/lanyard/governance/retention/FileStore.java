package lanyard.governance.retention;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import lanyard.messaging.media.StoredMedia;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns the tables `file_release` and `file_waiting`.
final class FileStore {
    static final String IN_RECORD = "in_record";

    /// Why a file may go.
    record Release(String how, UserId by, Instant at, String reason) {}

    /// A file that waits for somebody's word.
    record Waiting(String media, UserId owner, Instant uploaded) {}

    Optional<Release> findRelease(Tx tx, String media) {
        return tx.query("select how, released_by, released_ts, reason from file_release where media_id = :media")
                .bind("media", media)
                .map(FileStore::release)
                .findOne();
    }

    /// By file: a fixed number of statements for any number of files.
    Map<String, Release> listReleases(Tx tx, Collection<String> media) {
        return tx
                .query("select media_id, how, released_by, released_ts, reason from file_release"
                        + " where media_id = any(:media)")
                .bind("media", media.toArray(String[]::new))
                .map((RowView row) ->
                        Map.entry(Objects.requireNonNull(row.getColumn("media_id", String.class)), release(row)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Release release(RowView row) {
        return new Release(
                Objects.requireNonNull(row.getColumn("how", String.class)),
                new UserId(row.getColumn("released_by", String.class)),
                Instant.ofEpochMilli(row.getColumn("released_ts", Long.class)),
                Objects.requireNonNull(row.getColumn("reason", String.class)));
    }

    /// False when it was released before.
    boolean release(Tx tx, String media, Release release) {
        noLongerWaits(tx, media);
        return tx.update("""
                        insert into file_release (media_id, how, released_by, released_ts, reason)
                        values (:media, :how, :by, :at, :reason)
                        on conflict (media_id) do nothing
                        """)
                        .bind("media", media)
                        .bind("how", release.how())
                        .bind("by", release.by().value())
                        .bind("at", release.at().toEpochMilli())
                        .bind("reason", release.reason())
                        .execute()
                == 1;
    }

    void waits(Tx tx, StoredMedia media) {
        tx.update("""
                        insert into file_waiting (media_id, organization, owner, uploaded_ts)
                        values (:media, :organization, :owner, :uploaded)
                        on conflict (media_id) do nothing
                        """)
                .bind("media", media.id())
                .bind("organization", media.organization())
                .bind("owner", media.owner().value())
                .bind("uploaded", media.uploadedAt().toEpochMilli())
                .execute();
    }

    void noLongerWaits(Tx tx, String media) {
        tx.update("delete from file_waiting where media_id = :media")
                .bind("media", media)
                .execute();
    }

    List<Waiting> listWaiting(Tx tx, String organization, int most) {
        return tx.query("""
                        select media_id, owner, uploaded_ts from file_waiting
                        where organization = :organization order by uploaded_ts, media_id limit :most
                        """)
                .bind("organization", organization)
                .bind("most", most)
                .map((RowView row) -> new Waiting(
                        Objects.requireNonNull(row.getColumn("media_id", String.class)),
                        new UserId(row.getColumn("owner", String.class)),
                        Instant.ofEpochMilli(row.getColumn("uploaded_ts", Long.class))))
                .list();
    }
}
