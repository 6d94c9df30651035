package lanyard.trust.identity;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import lanyard.platform.db.Tx;
import lanyard.platform.sealing.KeyName;
import lanyard.standards.matrix.UserId;

/// The column of `person` that says how much of somebody who has left is forgotten. Owns the table `doomed_factor_key`.
final class ForgettingStore {
    /// What is still kept of them, in the order in which it goes.
    enum Kept {
        FACTORS("forgotten is null", "factors"),
        NAME("forgotten = 'factors'", "name");

        private final String when;
        private final String word;

        Kept(String when, String word) {
            this.when = when;
            this.word = word;
        }
    }

    /// So many from after one of them on.
    record Page(String after, int most) {}

    List<UserId> list(Tx tx, Kept kept, Instant endedBefore, Page page) {
        return tx.query(String.format(Locale.ROOT, """
                        select user_id from person
                        where ended_at < :before and kind = 'staff' and user_id > :after and %s
                        order by user_id limit :most
                        """, kept.when))
                .bind("before", endedBefore)
                .bind("after", page.after())
                .bind("most", page.most())
                .map(row -> new UserId(row.getColumn("user_id", String.class)))
                .list();
    }

    /// False when they have come back, or it was forgotten before.
    boolean forgotten(Tx tx, UserId user, Kept kept, Instant endedBefore) {
        return tx.update(String.format(Locale.ROOT, """
                        update person set forgotten = :word
                        where user_id = :user and ended_at < :before and %s
                        """, kept.when))
                        .bind("word", kept.word)
                        .bind("user", user.value())
                        .bind("before", endedBefore)
                        .execute()
                == 1;
    }

    void clearFactors(Tx tx, UserId user) {
        tx.update("""
                        update person set password_hash = null, invited_until = null, totp_key = null, totp_secret = null,
                            totp_last_step = null, recovery_key = null, first_signed_in_at = null
                        where user_id = :user
                        """).bind("user", user.value()).execute();
    }

    void doom(Tx tx, KeyName key, Instant now) {
        tx.update("""
                        insert into doomed_factor_key (scope, key_id, decided_at) values (:scope, :id, :now)
                        on conflict (scope, key_id) do nothing
                        """)
                .bind("scope", key.scope())
                .bind("id", key.id())
                .bind("now", now)
                .execute();
    }

    List<KeyName> listDoomed(Tx tx) {
        return tx.query("select scope, key_id from doomed_factor_key order by scope, key_id limit 1000")
                .map(row -> new KeyName(row.getColumn("scope", String.class), row.getColumn("key_id", String.class)))
                .list();
    }

    void destroyed(Tx tx, KeyName key) {
        tx.update("delete from doomed_factor_key where scope = :scope and key_id = :id")
                .bind("scope", key.scope())
                .bind("id", key.id())
                .execute();
    }

    /// Answers the organisation.
    String blank(Tx tx, UserId user) {
        return tx.query("""
                        update person set display_name = 'Former member of staff', role = '', ward = '',
                            professional_body = '', registration = '', employer_ods = '', employer = '', bleep = '',
                            staff_number = ''
                        where user_id = :user returning organization
                        """).bind("user", user.value()).mapTo(String.class).one();
    }
}
