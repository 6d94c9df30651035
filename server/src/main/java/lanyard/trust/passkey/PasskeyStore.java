package lanyard.trust.passkey;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns tables `passkey` and `passkey_person`.
final class PasskeyStore {
    /// What assertions are checked against.
    ///
    /// @param publicKey WebAuthn's attested credential data
    record Credential(String id, byte[] publicKey, long signCount, boolean backupEligible, boolean backedUp) {}

    record Known(Passkey passkey, Credential credential, byte[] handle) {}

    /// The handle by which authenticators know the person: `fresh`, unless they have one.
    byte[] handle(Tx tx, UserId user, byte[] fresh) {
        tx.update("""
                        insert into passkey_person (user_id, handle) values (:user, :handle)
                        on conflict (user_id) do nothing
                        """).bind("user", user.value()).bind("handle", fresh).execute();
        return tx.query("select handle from passkey_person where user_id = :user")
                .bind("user", user.value())
                .mapTo(byte[].class)
                .one();
    }

    /// False when somebody has it already.
    boolean add(Tx tx, Passkey passkey, Credential credential) {
        return tx.update("""
                        insert into passkey (passkey_id, user_id, name, credential, sign_count, backup_eligible,
                                             backed_up, transports, created_at)
                        values (:id, :user, :name, :credential, :count, :eligible, :backedUp, :transports, :now)
                        on conflict (passkey_id) do nothing
                        """)
                        .bind("id", passkey.id())
                        .bind("user", passkey.user().value())
                        .bind("name", passkey.name())
                        .bind("credential", credential.publicKey())
                        .bind("count", credential.signCount())
                        .bind("eligible", credential.backupEligible())
                        .bind("backedUp", credential.backedUp())
                        .bind("transports", String.join(" ", passkey.transports()))
                        .bind("now", passkey.createdAt())
                        .execute()
                == 1;
    }

    List<Passkey> list(Tx tx, UserId user) {
        return tx.query("""
                        select passkey_id, user_id, name, backed_up, transports, created_at, last_used_at
                        from passkey
                        where user_id = :user
                        order by created_at, passkey_id
                        """)
                .bind("user", user.value())
                .map(PasskeyStore::passkey)
                .list();
    }

    void forgetHandle(Tx tx, UserId user) {
        tx.update("delete from passkey_person where user_id = :user")
                .bind("user", user.value())
                .execute();
    }

    int count(Tx tx, UserId user) {
        return tx.query("select count(*) from passkey where user_id = :user")
                .bind("user", user.value())
                .mapTo(Integer.class)
                .one();
    }

    Optional<Known> find(Tx tx, String id) {
        return tx.query("""
                        select k.passkey_id, k.user_id, k.name, k.credential, k.sign_count, k.backup_eligible,
                               k.backed_up, k.transports, k.created_at, k.last_used_at, p.handle
                        from passkey k join passkey_person p on p.user_id = k.user_id
                        where k.passkey_id = :id
                        """)
                .bind("id", id)
                .map(row -> new Known(
                        passkey(row),
                        new Credential(
                                id,
                                row.getColumn("credential", byte[].class),
                                row.getColumn("sign_count", Long.class),
                                row.getColumn("backup_eligible", Boolean.class),
                                row.getColumn("backed_up", Boolean.class)),
                        row.getColumn("handle", byte[].class)))
                .findOne();
    }

    /// False when the counter has not risen since: somebody has a copy. Authenticators without a counter always say 0.
    boolean used(Tx tx, String id, long signCount, boolean backedUp, Instant now) {
        return tx.update("""
                        update passkey set sign_count = :count, backed_up = :backedUp, last_used_at = :now
                        where passkey_id = :id and (sign_count < :count or (sign_count = 0 and :count = 0))
                        """)
                        .bind("count", signCount)
                        .bind("backedUp", backedUp)
                        .bind("now", now)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    boolean rename(Tx tx, UserId user, String id, String name) {
        return tx.update("update passkey set name = :name where passkey_id = :id and user_id = :user")
                        .bind("name", name)
                        .bind("id", id)
                        .bind("user", user.value())
                        .execute()
                == 1;
    }

    boolean remove(Tx tx, UserId user, String id) {
        return tx.update("delete from passkey where passkey_id = :id and user_id = :user")
                        .bind("id", id)
                        .bind("user", user.value())
                        .execute()
                == 1;
    }

    private static Passkey passkey(RowView row) {
        var transports = row.getColumn("transports", String.class);
        return new Passkey(
                row.getColumn("passkey_id", String.class),
                new UserId(row.getColumn("user_id", String.class)),
                row.getColumn("name", String.class),
                row.getColumn("backed_up", Boolean.class),
                transports.isEmpty() ? List.of() : List.of(transports.split(" ", -1)),
                row.getColumn("created_at", Instant.class),
                Optional.ofNullable(row.getColumn("last_used_at", Instant.class)));
    }
}
