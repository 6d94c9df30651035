package lanyard.trust.handset;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;

/// Owns table `prf_share`.
final class PrfStore {
    static final String KEY_SCOPE = "handset-prf";

    private final HandsetStore handsets = new HandsetStore();

    /// @param passkey empty once it was removed
    record PrfShare(String handset, String passkey, int version) {}

    Optional<PrfShare> find(Tx tx, String handset) {
        return tx.query("select handset_id, passkey_id, version from prf_share where handset_id = :handset")
                .bind("handset", handset)
                .map(row -> new PrfShare(
                        row.getColumn("handset_id", String.class),
                        row.getColumn("passkey_id", String.class),
                        row.getColumn("version", Integer.class)))
                .findOne();
    }

    boolean opens(Tx tx, String handset) {
        return find(tx, handset).filter(share -> !share.passkey().isEmpty()).isPresent();
    }

    /// Takes the place of the share before, which is to be destroyed.
    void put(Tx tx, PrfShare share, Instant now) {
        find(tx, share.handset()).ifPresent(before -> doom(tx, before, "New passkey share", now));
        tx.update("""
                        insert into prf_share (handset_id, passkey_id, version, made_at)
                        values (:handset, :passkey, :version, :now)
                        on conflict (handset_id) do update
                        set passkey_id = excluded.passkey_id, version = excluded.version, made_at = excluded.made_at
                        """)
                .bind("handset", share.handset())
                .bind("passkey", share.passkey())
                .bind("version", share.version())
                .bind("now", now)
                .execute();
    }

    /// The number stays, so that no key is ever named twice.
    void passkeyRemoved(Tx tx, String passkey, Instant now) {
        for (var share : ofPasskey(tx, passkey)) {
            doom(tx, share, "Passkey removed", now);
        }
        tx.update("update prf_share set passkey_id = '' where passkey_id = :passkey")
                .bind("passkey", passkey)
                .execute();
    }

    private List<PrfShare> ofPasskey(Tx tx, String passkey) {
        return tx.query("select handset_id, version from prf_share where passkey_id = :passkey")
                .bind("passkey", passkey)
                .map(row -> new PrfShare(
                        row.getColumn("handset_id", String.class), passkey, row.getColumn("version", Integer.class)))
                .list();
    }

    void end(Tx tx, String handset, String why, Instant now) {
        find(tx, handset).ifPresent(share -> doom(tx, share, why, now));
        tx.update("delete from prf_share where handset_id = :handset")
                .bind("handset", handset)
                .execute();
    }

    private void doom(Tx tx, PrfShare share, String why, Instant now) {
        handsets.toDestroy(tx, new HandsetStore.Doomed(KEY_SCOPE, share.handset(), share.version(), why), now);
    }
}
