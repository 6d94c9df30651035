package lanyard.trust.handset;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.SlowDown;
import org.jdbi.v3.core.result.RowView;

/// Owns tables `handset` and `handset_share_to_destroy`.
final class HandsetStore {
    /// What releasing a share is decided on.
    record Lock(
            Handset handset,
            String organization,
            String publicKey,
            boolean open,
            boolean ended,
            boolean locked,
            int shareVersion,
            Optional<byte[]> proofHash,
            Optional<NextShare> next,
            SlowDown wrongProofs) {

        /// There is a share, and it may still be released.
        boolean hasShare() {
            return open && proofHash.isPresent();
        }

        int newestVersion() {
            return next.map(NextShare::version).orElse(shareVersion);
        }
    }

    /// A share that was given out and that no phone has shown to hold yet.
    record NextShare(int version, byte[] proofHash) {}

    /// A key that is to be destroyed once the transaction that decided it has committed.
    record Doomed(String scope, String handset, int shareVersion, String why) {}

    void add(Tx tx, Handset handset, String organization, String publicKey) {
        tx.update("""
                        insert into handset (handset_id, organization, user_id, device_id, name, platform, public_key,
                                             policy_version, owner, try_again_at, enrolled_at, last_seen_at)
                        values (:id, :organization, :user, :device, :name, :platform, :key,
                                :policy, :owner, :now, :now, :now)
                        """)
                .bind("id", handset.id())
                .bind("organization", organization)
                .bind("user", handset.user().value())
                .bind("device", handset.device().value())
                .bind("name", handset.name())
                .bind("platform", handset.platform())
                .bind("key", publicKey)
                .bind("policy", handset.policyVersion())
                .bind("owner", handset.owner().word())
                .bind("now", handset.enrolledAt())
                .execute();
    }

    /// Enrolled and not ended, newest last. Those locked out by wrong passcodes are among them.
    List<Handset> list(Tx tx, UserId user) {
        return tx.query("""
                        select handset_id, user_id, device_id, name, platform, enrolled_at, last_seen_at,
                               policy_version, offline_until, owner
                        from handset
                        where user_id = :user and ended_at is null
                        order by enrolled_at, handset_id
                        """)
                .bind("user", user.value())
                .map(HandsetStore::handset)
                .list();
    }

    /// Those that somebody asked to wipe are among them.
    List<Handset> listWithWiped(Tx tx, UserId user) {
        return tx.query("""
                        select handset_id, user_id, device_id, name, platform, enrolled_at, last_seen_at,
                               policy_version, offline_until, owner
                        from handset
                        where user_id = :user and (ended_at is null or ended_why = 'wipe_requested')
                        order by ended_at desc nulls first, enrolled_at, handset_id
                        limit 20
                        """)
                .bind("user", user.value())
                .map(HandsetStore::handset)
                .list();
    }

    /// How many of somebody's handsets can be opened, or will be once they have a passcode.
    int countUsable(Tx tx, UserId user) {
        return tx.query("""
                        select count(*) from handset
                        where user_id = :user and ended_at is null and share_destroyed_at is null
                        """).bind("user", user.value()).mapTo(Integer.class).one();
    }

    Optional<Lock> find(Tx tx, String handset) {
        return tx.query("""
                        select handset_id, organization, user_id, device_id, name, platform, public_key, share_version,
                               proof_hash, next_share_version, next_proof_hash, wrong_proofs, try_again_at, enrolled_at,
                               last_seen_at, policy_version, offline_until, owner,
                               ended_at is null and share_destroyed_at is null as open, ended_at is not null as ended,
                               exists (select 1 from handset_loss l
                                       where l.handset_id = handset.handset_id and l.locked_at is not null
                                         and l.wipe_requested_at is null) as locked
                        from handset
                        where handset_id = :handset
                        """)
                .bind("handset", handset)
                .map(row -> new Lock(
                        handset(row),
                        row.getColumn("organization", String.class),
                        row.getColumn("public_key", String.class),
                        row.getColumn("open", Boolean.class),
                        row.getColumn("ended", Boolean.class),
                        row.getColumn("locked", Boolean.class),
                        row.getColumn("share_version", Integer.class),
                        Optional.ofNullable(row.getColumn("proof_hash", byte[].class)),
                        Optional.ofNullable(row.getColumn("next_proof_hash", byte[].class))
                                .map(proof -> new NextShare(row.getColumn("next_share_version", Integer.class), proof)),
                        new SlowDown(
                                row.getColumn("wrong_proofs", Integer.class),
                                row.getColumn("try_again_at", Instant.class))))
                .findOne();
    }

    void newShare(Tx tx, String handset, int shareVersion, byte[] proofHash) {
        tx.update("""
                        update handset
                        set share_version = :version, proof_hash = :proof, wrong_proofs = 0,
                            next_share_version = null, next_proof_hash = null, share_destroyed_at = null
                        where handset_id = :handset
                        """)
                .bind("version", shareVersion)
                .bind("proof", proofHash)
                .bind("handset", handset)
                .execute();
    }

    void nextShare(Tx tx, String handset, NextShare next) {
        tx.update("""
                        update handset set next_share_version = :version, next_proof_hash = :proof
                        where handset_id = :handset
                        """)
                .bind("version", next.version())
                .bind("proof", next.proofHash())
                .bind("handset", handset)
                .execute();
    }

    void released(Tx tx, String handset, Instant now) {
        tx.update("""
                        update handset set wrong_proofs = 0, try_again_at = :now, last_seen_at = :now
                        where handset_id = :handset
                        """).bind("now", now).bind("handset", handset).execute();
    }

    void wrongProof(Tx tx, String handset, SlowDown slowDown) {
        tx.update("""
                        update handset set wrong_proofs = :wrong, try_again_at = :tryAgain
                        where handset_id = :handset
                        """)
                .bind("wrong", slowDown.wrongTries())
                .bind("tryAgain", slowDown.tryAgainAt())
                .bind("handset", handset)
                .execute();
    }

    void seen(Tx tx, String handset, Instant now) {
        tx.update("update handset set last_seen_at = :now where handset_id = :handset")
                .bind("now", now)
                .bind("handset", handset)
                .execute();
    }

    /// Never earlier than before: a copy of the phone may have kept what it was allowed then.
    void offlineUntil(Tx tx, String handset, Instant until) {
        tx.update("""
                        update handset set offline_until = greatest(offline_until, :until) where handset_id = :handset
                        """).bind("until", until).bind("handset", handset).execute();
    }

    void shareDestroyed(Tx tx, String handset, Instant now) {
        tx.update("""
                        update handset set share_destroyed_at = :now, proof_hash = null, next_proof_hash = null
                        where handset_id = :handset
                        """).bind("now", now).bind("handset", handset).execute();
    }

    void acceptPolicy(Tx tx, String handset, int version) {
        tx.update("update handset set policy_version = :version where handset_id = :handset")
                .bind("version", Integer.toString(version))
                .bind("handset", handset)
                .execute();
    }

    /// False when it had ended before.
    boolean end(Tx tx, String handset, String why, Instant now) {
        return tx.update("""
                        update handset
                        set ended_at = :now, ended_why = :why, proof_hash = null, next_proof_hash = null
                        where handset_id = :handset and ended_at is null
                        """)
                        .bind("now", now)
                        .bind("why", why)
                        .bind("handset", handset)
                        .execute()
                == 1;
    }

    void toDestroy(Tx tx, Doomed doomed, Instant now) {
        tx.update("""
                        insert into handset_share_to_destroy (scope, handset_id, share_version, why, decided_at)
                        values (:scope, :handset, :version, :why, :now)
                        on conflict (scope, handset_id, share_version) do nothing
                        """)
                .bind("scope", doomed.scope())
                .bind("handset", doomed.handset())
                .bind("version", doomed.shareVersion())
                .bind("why", doomed.why())
                .bind("now", now)
                .execute();
    }

    List<Doomed> listToDestroy(Tx tx) {
        return tx.query("select scope, handset_id, share_version, why from handset_share_to_destroy limit 100")
                .map(row -> new Doomed(
                        row.getColumn("scope", String.class),
                        row.getColumn("handset_id", String.class),
                        row.getColumn("share_version", Integer.class),
                        row.getColumn("why", String.class)))
                .list();
    }

    void destroyed(Tx tx, Doomed doomed) {
        tx.update("""
                        delete from handset_share_to_destroy
                        where scope = :scope and handset_id = :handset and share_version = :version
                        """)
                .bind("scope", doomed.scope())
                .bind("handset", doomed.handset())
                .bind("version", doomed.shareVersion())
                .execute();
    }

    private static Handset handset(RowView row) {
        return new Handset(
                row.getColumn("handset_id", String.class),
                new UserId(row.getColumn("user_id", String.class)),
                new DeviceId(row.getColumn("device_id", String.class)),
                row.getColumn("name", String.class),
                row.getColumn("platform", String.class),
                row.getColumn("enrolled_at", Instant.class),
                row.getColumn("last_seen_at", Instant.class),
                row.getColumn("policy_version", String.class),
                Handset.Owner.valueOf(row.getColumn("owner", String.class).toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getColumn("offline_until", Instant.class)));
    }
}
