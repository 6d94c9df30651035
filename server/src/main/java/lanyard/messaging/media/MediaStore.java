package lanyard.messaging.media;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns the table `media`.
final class MediaStore {
    private static final String COLUMNS = """
            select media_id, owner, organization, bytes, note, uploaded_at,
                   destroyed_at is not null or quarantined_by is not null as gone
            from media
            """;

    void add(Tx tx, StoredMedia media) {
        tx.update("""
                        insert into media (media_id, owner, organization, bytes, note, uploaded_at)
                        values (:id, :owner, :organization, :bytes, :note, :at)
                        """)
                .bind("id", media.id())
                .bind("owner", media.owner().value())
                .bind("organization", media.organization())
                .bind("bytes", media.bytes())
                .bind("note", media.note())
                .bind("at", media.uploadedAt())
                .execute();
    }

    Optional<StoredMedia> find(Tx tx, String id) {
        return tx.query(COLUMNS + "where media_id = :id")
                .bind("id", id)
                .map(MediaStore::media)
                .findOne();
    }

    long bytesOf(Tx tx, UserId owner) {
        return tx.query("""
                        select coalesce(sum(bytes), 0) from media where owner = :owner and destroyed_at is null
                        """).bind("owner", owner.value()).mapTo(Long.class).one();
    }

    List<StoredMedia> listOf(Tx tx, UserId owner, int limit) {
        return tx.query(COLUMNS + """
                        where owner = :owner and destroyed_at is null
                        order by uploaded_at, media_id
                        limit :limit
                        """)
                .bind("owner", owner.value())
                .bind("limit", limit)
                .map(MediaStore::media)
                .list();
    }

    List<Media.Sum> sums(Tx tx, String organization, int limit) {
        return tx.query("""
                        select owner, count(*) as files, sum(bytes)::bigint as bytes from media
                        where organization = :organization and destroyed_at is null
                        group by owner
                        order by bytes desc, owner
                        limit :limit
                        """)
                .bind("organization", organization)
                .bind("limit", limit)
                .map(row -> new Media.Sum(
                        new UserId(row.getColumn("owner", String.class)),
                        row.getColumn("files", Long.class),
                        row.getColumn("bytes", Long.class)))
                .list();
    }

    List<StoredMedia> listBefore(Tx tx, Instant before, int limit) {
        return tx.query(COLUMNS + """
                        where uploaded_at < :before and destroyed_at is null
                        order by uploaded_at, media_id
                        limit :limit
                        """)
                .bind("before", before)
                .bind("limit", limit)
                .map(MediaStore::media)
                .list();
    }

    List<StoredMedia> listSince(Tx tx, Collection<UserId> owners, Instant since) {
        return tx.query(COLUMNS
                        + "where owner = any(:owners) and uploaded_at >= :since and destroyed_at is null"
                        + " order by uploaded_at, media_id")
                .bind("owners", owners.stream().map(UserId::value).toArray(String[]::new))
                .bind("since", since)
                .map(MediaStore::media)
                .list();
    }

    List<StoredMedia> listBetween(Tx tx, String organization, Instant after, Instant before, int limit) {
        return tx.query(COLUMNS + """
                        where uploaded_at > :after and uploaded_at < :before and destroyed_at is null
                            and organization = :organization
                        order by uploaded_at, media_id
                        limit :limit
                        """)
                .bind("after", after)
                .bind("before", before)
                .bind("organization", organization)
                .bind("limit", limit)
                .map(MediaStore::media)
                .list();
    }

    /// False when there is none or it was destroyed before.
    boolean destroy(Tx tx, String id, Instant now) {
        return tx.update("""
                        update media set destroyed_at = :now, note = ''
                        where media_id = :id and destroyed_at is null
                        """).bind("now", now).bind("id", id).execute() == 1;
    }

    boolean quarantine(Tx tx, String id, String by) {
        return tx.update("""
                        update media set quarantined_by = :by where media_id = :id and quarantined_by is null
                        """).bind("by", by).bind("id", id).execute() == 1;
    }

    boolean release(Tx tx, String id) {
        return tx.update("update media set quarantined_by = null where media_id = :id and quarantined_by is not null")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /// Those whose destruction may not have reached the disk.
    List<String> listDestroyedSince(Tx tx, Instant since) {
        return tx.query("select media_id from media where destroyed_at > :since")
                .bind("since", since)
                .mapTo(String.class)
                .list();
    }

    private static StoredMedia media(RowView row) {
        return new StoredMedia(
                row.getColumn("media_id", String.class),
                new UserId(row.getColumn("owner", String.class)),
                row.getColumn("organization", String.class),
                row.getColumn("bytes", Long.class),
                row.getColumn("note", byte[].class),
                row.getColumn("uploaded_at", Instant.class),
                row.getColumn("gone", Boolean.class));
    }
}
