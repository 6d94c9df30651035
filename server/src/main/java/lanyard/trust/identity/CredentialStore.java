package lanyard.trust.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/// Owns table `recovery_code` and the columns of `person` that prove who somebody is.
final class CredentialStore {
    /// What is known of somebody who wants to sign in.
    record Known(
            UserId user,
            String organization,
            boolean ended,
            Optional<String> passwordHash,
            Optional<SealedTotp> totp,
            Optional<Instant> invitedUntil) {
        boolean isInvitedNoMore(Instant now) {
            return invitedUntil.filter(until -> !until.isAfter(now)).isPresent();
        }
    }

    /// A sealed second step and the id of the key that opens it.
    record SealedTotp(String key, byte[] sealed) {}

    Optional<Known> find(Tx tx, UserId user) {
        return tx.query("""
                        select user_id, organization, ended_at is not null as ended, password_hash,
                               totp_key, totp_secret, invited_until
                        from person
                        where user_id = :user and kind = 'staff'
                        """)
                .bind("user", user.value())
                .map(row -> new Known(
                        new UserId(row.getColumn("user_id", String.class)),
                        row.getColumn("organization", String.class),
                        row.getColumn("ended", Boolean.class),
                        optional(row.getColumn("password_hash", String.class)),
                        totp(row),
                        optional(row.getColumn("invited_until", Instant.class))))
                .findOne();
    }

    /// A new second step begins with an empty memory of used codes and without recovery codes.
    void replace(Tx tx, UserId user, String passwordHash, Optional<SealedTotp> totp) {
        tx.update("""
                        update person
                        set password_hash = :password, invited_until = null, totp_key = :key, totp_secret = :totp, totp_last_step = null
                        where user_id = :user
                        """)
                .bind("password", passwordHash)
                .bind("key", totp.map(SealedTotp::key).orElse(null))
                .bind("totp", totp.map(SealedTotp::sealed).orElse(null))
                .bind("user", user.value())
                .execute();
        deleteRecoveryCodes(tx, user);
    }

    void putPassword(Tx tx, UserId user, String passwordHash) {
        tx.update("update person set password_hash = :password, invited_until = null where user_id = :user")
                .bind("password", passwordHash)
                .bind("user", user.value())
                .execute();
    }

    void invite(Tx tx, UserId user, String passwordHash, Instant until) {
        tx.update("update person set password_hash = :password, invited_until = :until where user_id = :user")
                .bind("password", passwordHash)
                .bind("until", until)
                .bind("user", user.value())
                .execute();
    }

    /// The invitation's code is a password no longer.
    void endInvitation(Tx tx, UserId user) {
        tx.update("update person set password_hash = null, invited_until = null where user_id = :user")
                .bind("user", user.value())
                .execute();
    }

    Optional<Long> lastStep(Tx tx, UserId user) {
        return tx.query("select totp_last_step from person where user_id = :user and totp_last_step is not null")
                .bind("user", user.value())
                .mapTo(Long.class)
                .findOne();
    }

    /// False when the code of this step, or of a later one, was used before.
    boolean useStep(Tx tx, UserId user, long step) {
        return tx.update("""
                        update person set totp_last_step = :step
                        where user_id = :user and (totp_last_step is null or totp_last_step < :step)
                        """).bind("step", step).bind("user", user.value()).execute() == 1;
    }

    void addRecoveryCodes(Tx tx, UserId user, List<byte[]> hashes, Instant now) {
        tx.update("""
                        insert into recovery_code (user_id, code_hash, created_at)
                        select :user, code_hash, :now from unnest(:hashes) as code_hash
                        """)
                .bind("user", user.value())
                .bind("hashes", hashes.toArray(byte[][]::new))
                .bind("now", now)
                .execute();
    }

    Optional<String> recoveryKey(Tx tx, UserId user) {
        return tx.query("select recovery_key from person where user_id = :user and recovery_key is not null")
                .bind("user", user.value())
                .mapTo(String.class)
                .findOne();
    }

    void putRecoveryKey(Tx tx, UserId user, String key) {
        tx.update("update person set recovery_key = :key where user_id = :user")
                .bind("key", key)
                .bind("user", user.value())
                .execute();
    }

    /// Whether they have ever had a device.
    boolean hasSignedIn(Tx tx, UserId user) {
        return tx.query("select first_signed_in_at is not null from person where user_id = :user")
                .bind("user", user.value())
                .mapTo(Boolean.class)
                .one();
    }

    void deleteRecoveryCodes(Tx tx, UserId user) {
        tx.update("delete from recovery_code where user_id = :user")
                .bind("user", user.value())
                .execute();
    }

    /// False when there is no such code or it was used before.
    boolean useRecoveryCode(Tx tx, UserId user, byte[] hash, Instant now) {
        return tx.update("""
                        update recovery_code set used_at = :now
                        where user_id = :user and code_hash = :hash and used_at is null
                        """)
                        .bind("now", now)
                        .bind("user", user.value())
                        .bind("hash", hash)
                        .execute()
                == 1;
    }

    int recoveryCodesLeft(Tx tx, UserId user) {
        return tx.query("select count(*) from recovery_code where user_id = :user and used_at is null")
                .bind("user", user.value())
                .mapTo(Integer.class)
                .one();
    }

    private static Optional<SealedTotp> totp(RowView row) {
        return optional(row.getColumn("totp_key", String.class))
                .map(key -> new SealedTotp(key, row.getColumn("totp_secret", byte[].class)));
    }

    private static <T> Optional<T> optional(@Nullable T value) {
        return Optional.ofNullable(value);
    }
}
