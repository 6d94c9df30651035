package lanyard.governance.custodian;

import java.util.List;
import java.util.Objects;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Table `custodian_share`: shares that only their officers' passkeys open.
final class ShareStore {
    /// Whether its officer has opened it and a worker found it right.
    record Kept(WrappedShare share, boolean confirmed) {}

    private static final String COLUMNS = """
            select ceremony, officer, person, name, credential, commitment, sealed, confirmed_ts from custodian_share
            """;

    void add(Tx tx, String organization, WrappedShare share) {
        tx.update("""
                insert into custodian_share (ceremony, officer, organization, person, name, credential, commitment,
                    sealed)
                values (:ceremony, :officer, :organization, :person, :name, :credential, :commitment, :sealed)
                """)
                .bind("ceremony", share.ceremony())
                .bind("officer", share.officer())
                .bind("organization", organization)
                .bind("person", share.to().person().value())
                .bind("name", share.to().name())
                .bind("credential", share.to().credential())
                .bind("commitment", share.commitment())
                .bind("sealed", share.sealed())
                .execute();
    }

    List<Kept> listOf(Tx tx, UserId person) {
        return tx.query(COLUMNS + "where person = :person order by ceremony")
                .bind("person", person.value())
                .map(ShareStore::kept)
                .list();
    }

    List<Kept> list(Tx tx, String ceremony) {
        return tx.query(COLUMNS + "where ceremony = :ceremony order by officer")
                .bind("ceremony", ceremony)
                .map(ShareStore::kept)
                .list();
    }

    void confirm(Tx tx, String ceremony, UserId person, long ts) {
        tx.update("""
                update custodian_share set confirmed_ts = coalesce(confirmed_ts, :ts)
                where ceremony = :ceremony and person = :person
                """)
                .bind("ts", ts)
                .bind("ceremony", ceremony)
                .bind("person", person.value())
                .execute();
    }

    void delete(Tx tx, String ceremony) {
        tx.update("delete from custodian_share where ceremony = :ceremony")
                .bind("ceremony", ceremony)
                .execute();
    }

    private static Kept kept(RowView row) {
        var to = new WrappedShare.Guardian(
                new UserId(row.getColumn("person", String.class)),
                row.getColumn("name", String.class),
                row.getColumn("credential", String.class));
        byte[] sealed = Objects.requireNonNull(row.getColumn("sealed", byte[].class));
        var share = new WrappedShare(
                row.getColumn("ceremony", String.class),
                row.getColumn("officer", Integer.class),
                to,
                row.getColumn("commitment", String.class),
                sealed);
        return new Kept(share, row.getColumn("confirmed_ts", Long.class) != null);
    }
}
