package lanyard.messaging.push;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import lanyard.platform.db.Tx;

/// Owns the table `web_push_key`.
final class VapidKeyStore {
    record Row(byte[] publicKey, byte[] sealed) {}

    Optional<Row> find(Tx tx, String organization) {
        return tx.query("select public_key, sealed from web_push_key where organization = :organization")
                .bind("organization", organization)
                .map(row -> new Row(
                        Objects.requireNonNull(row.getColumn("public_key", byte[].class)),
                        Objects.requireNonNull(row.getColumn("sealed", byte[].class))))
                .findOne();
    }

    void addUnlessThere(Tx tx, String organization, Row row, Instant now) {
        tx.update("""
                        insert into web_push_key (organization, public_key, sealed, created_at)
                        values (:organization, :key, :sealed, :now)
                        on conflict (organization) do nothing
                        """)
                .bind("organization", organization)
                .bind("key", row.publicKey())
                .bind("sealed", row.sealed())
                .bind("now", now)
                .execute();
    }
}
