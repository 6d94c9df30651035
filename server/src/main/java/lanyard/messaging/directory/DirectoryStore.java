package lanyard.messaging.directory;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;

/// Owns the tables `told_apart` and `person_photo`.
final class DirectoryStore {
    /// Two people with near names, in the order of their ids.
    record Pair(UserId one, UserId other) {
        static Pair of(UserId person, UserId other) {
            return person.value().compareTo(other.value()) < 0 ? new Pair(person, other) : new Pair(other, person);
        }
    }

    record Photo(String contentType, byte[] bytes) {}

    void toldApart(Tx tx, UserId chooser, Pair pair, Instant now) {
        tx.update("""
                        insert into told_apart (chooser, one, other, told_at)
                        values (:chooser, :one, :other, :now)
                        on conflict (chooser, one, other) do update set told_at = excluded.told_at
                        """)
                .bind("chooser", chooser.value())
                .bind("one", pair.one().value())
                .bind("other", pair.other().value())
                .bind("now", now)
                .execute();
    }

    Set<Pair> listToldApart(Tx tx, UserId chooser, Instant since) {
        return new HashSet<>(tx.query("select one, other from told_apart where chooser = :chooser and told_at > :since")
                .bind("chooser", chooser.value())
                .bind("since", since)
                .map(row -> new Pair(
                        new UserId(row.getColumn("one", String.class)),
                        new UserId(row.getColumn("other", String.class))))
                .list());
    }

    void forgetToldApart(Tx tx, Instant before) {
        tx.update("delete from told_apart where told_at <= :before")
                .bind("before", before)
                .execute();
    }

    /// Answers its version: one more than the last.
    long putPhoto(Tx tx, UserId user, Photo photo, String by, Instant now) {
        return tx.query("""
                        insert into person_photo (user_id, version, content_type, photo, set_by, set_at)
                        values (:user, :version, :type, :photo, :by, :now)
                        on conflict (user_id) do update
                        set version = greatest(person_photo.version + 1, excluded.version),
                            content_type = excluded.content_type, photo = excluded.photo,
                            set_by = excluded.set_by, set_at = excluded.set_at
                        returning version
                        """)
                .bind("user", user.value())
                // A photo that was taken away and set again must not be taken for the first.
                .bind("version", now.getEpochSecond())
                .bind("type", photo.contentType())
                .bind("photo", photo.bytes())
                .bind("by", by)
                .bind("now", now)
                .mapTo(Long.class)
                .one();
    }

    boolean deletePhoto(Tx tx, UserId user) {
        return tx.update("delete from person_photo where user_id = :user")
                        .bind("user", user.value())
                        .execute()
                == 1;
    }

    Optional<Photo> findPhoto(Tx tx, UserId user) {
        return tx.query("select content_type, photo from person_photo where user_id = :user")
                .bind("user", user.value())
                .map(row ->
                        new Photo(row.getColumn("content_type", String.class), row.getColumn("photo", byte[].class)))
                .findOne();
    }

    Map<UserId, Long> photoVersions(Tx tx, Collection<UserId> users) {
        var versions = new HashMap<UserId, Long>();
        tx.query("select user_id, version from person_photo where user_id = any(:users)")
                .bind("users", users.stream().map(UserId::value).toArray(String[]::new))
                .map(row -> versions.put(
                        new UserId(row.getColumn("user_id", String.class)), row.getColumn("version", Long.class)))
                .list();
        return versions;
    }

    List<UserId> listWithPhoto(Tx tx) {
        return tx.query("select user_id from person_photo")
                .map(row -> new UserId(row.getColumn("user_id", String.class)))
                .list();
    }
}
