package lanyard.messaging.encryption;

import java.util.List;
import java.util.Objects;
import lanyard.messaging.timeline.Reader;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import tools.jackson.databind.node.ObjectNode;

/// Owns `cross_signing_key` and `key_signature`.
final class CrossSigningStore {
    record CrossSigningKey(UserId user, String usage, String keyId, ObjectNode key) {}

    /// `targetKey` is a device id or a cross-signing public key.
    record KeySignature(UserId targetUser, String targetKey, UserId signer, String signerKey, String signature) {}

    void putKey(Tx tx, CrossSigningKey key) {
        tx.update("""
                        insert into cross_signing_key (user_id, usage, key_id, key) values (:user, :usage, :id, :key)
                        on conflict (user_id, usage) do update set key_id = excluded.key_id, key = excluded.key
                        """)
                .bind("user", key.user().value())
                .bind("usage", key.usage())
                .bind("id", key.keyId())
                .bind("key", Json.bytes(key.key()))
                .execute();
    }

    List<CrossSigningKey> listKeys(Tx tx, List<UserId> users) {
        return tx.query("select user_id, usage, key_id, key from cross_signing_key where user_id = any(:users)")
                .bind("users", users.stream().map(UserId::value).toArray(String[]::new))
                .map((RowView row) -> new CrossSigningKey(
                        new UserId(row.getColumn("user_id", String.class)),
                        row.getColumn("usage", String.class),
                        row.getColumn("key_id", String.class),
                        Json.object(Objects.requireNonNull(row.getColumn("key", byte[].class)))))
                .list();
    }

    void addSignature(Tx tx, KeySignature signature) {
        tx.update("""
                        insert into key_signature (target_user, target_key, signer, signer_key, signature)
                        values (:user, :key, :signer, :signerKey, :signature)
                        on conflict (target_user, target_key, signer, signer_key)
                            do update set signature = excluded.signature
                        """)
                .bind("user", signature.targetUser().value())
                .bind("key", signature.targetKey())
                .bind("signer", signature.signer().value())
                .bind("signerKey", signature.signerKey())
                .bind("signature", signature.signature())
                .execute();
    }

    /// What somebody asking sees: everybody's signatures on their own keys, and the asker's own on others'.
    List<KeySignature> listSignatures(Tx tx, List<UserId> users, UserId asker) {
        return tx.query("""
                        select target_user, target_key, signer, signer_key, signature from key_signature
                        where target_user = any(:users) and (signer = target_user or signer = :asker)
                        """)
                .bind("users", users.stream().map(UserId::value).toArray(String[]::new))
                .bind("asker", asker.value())
                .map((RowView row) -> new KeySignature(
                        new UserId(row.getColumn("target_user", String.class)),
                        row.getColumn("target_key", String.class),
                        new UserId(row.getColumn("signer", String.class)),
                        row.getColumn("signer_key", String.class),
                        row.getColumn("signature", String.class)))
                .list();
    }

    /// Whether the person's present self-signing key vouches for one of their devices. What does not fit was refused
    /// before.
    boolean hasSignedDevice(Tx tx, UserId user) {
        return tx.query("""
                        select exists (
                            select 1 from cross_signing_key k
                            join key_signature s on s.target_user = k.user_id and s.signer = k.user_id
                                and s.signer_key = 'ed25519:' || k.key_id
                            join device_key d on d.user_id = k.user_id and d.device_id = s.target_key
                            where k.user_id = :user and k.usage = 'self_signing')
                        """).bind("user", user.value()).mapTo(Boolean.class).one();
    }

    /// Those on a device that is no more and those it made: nobody is told any longer that it can be trusted.
    void deleteOfDevice(Tx tx, Reader device) {
        tx.update("""
                        delete from key_signature
                        where (target_user = :user and target_key = :device)
                           or (signer = :user and signer_key = 'ed25519:' || :device)
                        """)
                .bind("user", device.user().value())
                .bind("device", device.device().value())
                .execute();
    }
}
