package lanyard.governance.carerecord;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/// Owns the table `decision_image`.
final class ImageStore {
    private static final String COLUMNS = """
            select image_id, media_id, room_id, author, blob, content_type, bytes, sha256, document, reference
            from decision_image
            """;

    /// A copy that was put for the record. `document` is sealed; `blob` is null once the record has it.
    record Image(
            UUID id,
            String media,
            RoomId room,
            UserId author,
            @Nullable String blob,
            ImageType type,
            long bytes,
            byte[] sha256,
            byte @Nullable [] document,
            @Nullable String reference) {}

    /// Nobody finds it to sign for it before it is [#whole].
    void insert(Tx tx, Image image, Instant now) {
        tx.update("""
                        insert into decision_image (image_id, media_id, room_id, author, blob, content_type, bytes,
                            sha256, uploaded_ts, whole)
                        values (:id, :media, :room, :author, :blob, :type, :bytes, :sha256, :now, false)
                        """)
                .bind("id", image.id().toString())
                .bind("media", image.media())
                .bind("room", image.room().value())
                .bind("author", image.author().value())
                .bind("blob", image.blob())
                .bind("type", image.type().word())
                .bind("bytes", image.bytes())
                .bind("sha256", image.sha256())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /// Its copy is there. False when the line is gone meanwhile.
    boolean whole(Tx tx, UUID image) {
        return tx.update("update decision_image set whole = true where image_id = :id")
                        .bind("id", image.toString())
                        .execute()
                == 1;
    }

    /// Whose copy of which file.
    record Sought(RoomId room, UserId author, String media) {}

    /// The newest copy of a file that its author has put since then and not signed for.
    Optional<Image> findUnsigned(Tx tx, Sought sought, Instant since) {
        return tx.query(COLUMNS + """
                        where decision_id is null and whole and uploaded_ts >= :since
                            and room_id = :room and author = :author and media_id = :media
                        order by uploaded_ts desc, image_id limit 1
                        """)
                .bind("since", since.toEpochMilli())
                .bind("room", sought.room().value())
                .bind("author", sought.author().value())
                .bind("media", sought.media())
                .map(ImageStore::image)
                .findOne();
    }

    void sign(Tx tx, UUID image, UUID decision, byte[] sealedDocument) {
        tx.update("update decision_image set decision_id = :decision, document = :document where image_id = :id")
                .bind("decision", decision.toString())
                .bind("document", sealedDocument)
                .bind("id", image.toString())
                .execute();
    }

    List<Image> list(Tx tx, UUID decision) {
        return tx.query(COLUMNS + "where decision_id = :decision order by image_id")
                .bind("decision", decision.toString())
                .map(ImageStore::image)
                .list();
    }

    void kept(Tx tx, UUID image, String reference) {
        tx.update("update decision_image set reference = :reference, document = null where image_id = :id")
                .bind("reference", reference)
                .bind("id", image.toString())
                .execute();
    }

    /// Copies that are not needed any more: the record has them, people copy the words only, or nobody signed for them
    /// in time.
    List<Image> listSpent(Tx tx, Instant unsignedBefore, int most) {
        return tx.query(COLUMNS + """
                        where blob is not null
                            and (reference is not null or (decision_id is null and uploaded_ts < :before)
                                or exists (
                                    select from decision
                                    where decision.id = decision_id and decision.status not in ('waiting', 'refused')))
                        order by image_id limit :most
                        """)
                .bind("before", unsignedBefore.toEpochMilli())
                .bind("most", most)
                .map(ImageStore::image)
                .list();
    }

    void gone(Tx tx, UUID image) {
        tx.update("update decision_image set blob = null where image_id = :id and decision_id is not null")
                .bind("id", image.toString())
                .execute();
        tx.update("delete from decision_image where image_id = :id and decision_id is null")
                .bind("id", image.toString())
                .execute();
    }

    /// How many copies somebody has put and not signed for.
    long countUnsigned(Tx tx, UserId author) {
        return tx.query("select count(*) from decision_image where decision_id is null and author = :author")
                .bind("author", author.value())
                .mapTo(Long.class)
                .one();
    }

    private static Image image(RowView row) {
        return new Image(
                UUID.fromString(row.getColumn("image_id", String.class)),
                Objects.requireNonNull(row.getColumn("media_id", String.class)),
                new RoomId(row.getColumn("room_id", String.class)),
                new UserId(row.getColumn("author", String.class)),
                row.getColumn("blob", String.class),
                ImageType.of(Objects.requireNonNull(row.getColumn("content_type", String.class))),
                row.getColumn("bytes", Long.class),
                Objects.requireNonNull(row.getColumn("sha256", byte[].class)),
                row.getColumn("document", byte[].class),
                row.getColumn("reference", String.class));
    }
}
