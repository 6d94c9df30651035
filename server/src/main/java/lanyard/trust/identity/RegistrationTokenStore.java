package lanyard.trust.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import org.jdbi.v3.core.result.RowView;

/// Owns table `registration_token`.
final class RegistrationTokenStore {
    List<RegistrationToken> list(Tx tx, String organization) {
        return tx.query("""
                        select token, uses_allowed, completed, expires_at from registration_token
                        where organization = :organization order by token
                        """)
                .bind("organization", organization)
                .map(RegistrationTokenStore::token)
                .list();
    }

    /// For a deed that changes it.
    Optional<RegistrationToken> lock(Tx tx, String organization, String token) {
        return tx.query("""
                        select token, uses_allowed, completed, expires_at from registration_token
                        where organization = :organization and token = :token for update
                        """)
                .bind("organization", organization)
                .bind("token", token)
                .map(RegistrationTokenStore::token)
                .findOne();
    }

    private static RegistrationToken token(RowView row) {
        return new RegistrationToken(
                row.getColumn("token", String.class),
                Optional.ofNullable(row.getColumn("uses_allowed", Long.class)),
                row.getColumn("completed", Long.class),
                Optional.ofNullable(row.getColumn("expires_at", Instant.class)));
    }

    void put(Tx tx, String organization, RegistrationToken token) {
        tx.update("""
                        insert into registration_token (organization, token, uses_allowed, completed, expires_at)
                        values (:organization, :token, :usesAllowed, :completed, :expires)
                        on conflict (organization, token) do update set uses_allowed = excluded.uses_allowed,
                            completed = excluded.completed, expires_at = excluded.expires_at
                        """)
                .bind("organization", organization)
                .bind("token", token.token())
                .bind("usesAllowed", token.usesAllowed().orElse(null))
                .bind("completed", token.completed())
                .bind("expires", token.expires().orElse(null))
                .execute();
    }

    boolean remove(Tx tx, String organization, String token) {
        return tx.update("delete from registration_token where organization = :organization and token = :token")
                        .bind("organization", organization)
                        .bind("token", token)
                        .execute()
                > 0;
    }
}
