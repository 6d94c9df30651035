package lanyard.governance.custodian;

import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Table `custodian_officer_key`.
final class OfficerKeyStore {
    /// A person's key, and by which passkey their browser makes it. `publicKey` in base64, `credential` in base64url.
    record Prepared(UserId person, String name, String publicKey, String credential) {}

    void put(Tx tx, String organization, Prepared key, long ts) {
        tx.update("""
                insert into custodian_officer_key (person, organization, name, public_key, credential, made_ts)
                values (:person, :organization, :name, :key, :credential, :ts)
                on conflict (person) do update set organization = excluded.organization, name = excluded.name,
                    public_key = excluded.public_key, credential = excluded.credential, made_ts = excluded.made_ts
                """)
                .bind("person", key.person().value())
                .bind("organization", organization)
                .bind("name", key.name())
                .bind("key", key.publicKey())
                .bind("credential", key.credential())
                .bind("ts", ts)
                .execute();
    }

    List<Prepared> list(Tx tx, String organization) {
        return tx.query("""
                select person, name, public_key, credential from custodian_officer_key
                where organization = :organization order by name, person
                """)
                .bind("organization", organization)
                .map(OfficerKeyStore::key)
                .list();
    }

    Optional<Prepared> find(Tx tx, String organization, UserId person) {
        return tx.query("""
                select person, name, public_key, credential from custodian_officer_key
                where person = :person and organization = :organization
                """)
                .bind("person", person.value())
                .bind("organization", organization)
                .map(OfficerKeyStore::key)
                .findOne();
    }

    /// Of every organisation.
    List<UserId> listPeople(Tx tx) {
        return tx.query("select person from custodian_officer_key")
                .mapTo(String.class)
                .map(UserId::new)
                .list();
    }

    void delete(Tx tx, UserId person) {
        tx.update("delete from custodian_officer_key where person = :person")
                .bind("person", person.value())
                .execute();
    }

    private static Prepared key(RowView row) {
        return new Prepared(
                new UserId(row.getColumn("person", String.class)),
                row.getColumn("name", String.class),
                row.getColumn("public_key", String.class),
                row.getColumn("credential", String.class));
    }
}
