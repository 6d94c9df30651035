package lanyard.trust.identity;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;

/// The column of `person` that says how much of somebody who has left is forgotten.
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

    List<UserId> list(Tx tx, Kept kept, Instant endedBefore, int most) {
        return tx.query(String.format(Locale.ROOT, """
                        select user_id from person
                        where ended_at < :before and kind = 'staff' and %s
                        order by ended_at, user_id limit :most
                        """, kept.when))
                .bind("before", endedBefore)
                .bind("most", most)
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

    /// Answers the organisation.
    String blank(Tx tx, UserId user) {
        return tx.query("""
                        update person set display_name = 'Former member of staff', role = '', ward = '',
                            professional_body = '', registration = '', employer_ods = '', employer = '', bleep = ''
                        where user_id = :user returning organization
                        """).bind("user", user.value()).mapTo(String.class).one();
    }
}
