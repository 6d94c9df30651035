package lanyard.governance.custodian;

import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Table `custodian_officer`.
final class OfficerStore {
    /// A share that a ceremony made: whose, which hash it has where that is known, and who has shown that they have it.
    record Holding(
            String ceremony,
            int officer,
            String name,
            Optional<String> commitment,
            Optional<UserId> person,
            boolean retired) {}

    void add(Tx tx, String organization, Holding holding) {
        tx.update("""
                insert into custodian_officer (organization, ceremony, officer, name, commitment, person)
                values (:organization, :ceremony, :officer, :name, :commitment, :person)
                """)
                .bind("organization", organization)
                .bind("ceremony", holding.ceremony())
                .bind("officer", holding.officer())
                .bind("name", holding.name())
                .bind("commitment", holding.commitment().orElse(null))
                .bind("person", holding.person().map(UserId::value).orElse(null))
                .execute();
    }

    /// The newest ceremony first.
    List<Holding> list(Tx tx, String organization) {
        return tx.query("""
                select o.ceremony, o.officer, o.name, o.commitment, o.person, o.retired_ts is not null as retired
                from custodian_officer o join custodian_identity i on i.ceremony = o.ceremony
                where o.organization = :organization
                order by i.held_ts desc, o.ceremony, o.officer
                """)
                .bind("organization", organization)
                .map(OfficerStore::holding)
                .list();
    }

    private static Holding holding(RowView row) {
        return new Holding(
                row.getColumn("ceremony", String.class),
                row.getColumn("officer", Integer.class),
                row.getColumn("name", String.class),
                Optional.ofNullable(row.getColumn("commitment", String.class)),
                Optional.ofNullable(row.getColumn("person", String.class)).map(UserId::new),
                row.getColumn("retired", Boolean.class));
    }

    /// Whatever these shares opened is sealed under other keys from now on.
    void retire(Tx tx, String ceremony, long ts) {
        tx.update("update custodian_officer set retired_ts = coalesce(retired_ts, :ts) where ceremony = :ceremony")
                .bind("ts", ts)
                .bind("ceremony", ceremony)
                .execute();
    }

    /// False when somebody else has it.
    boolean claim(Tx tx, Holding holding, UserId person, long ts) {
        return tx.update("""
                update custodian_officer set person = :person, taken_ts = coalesce(taken_ts, :ts)
                where ceremony = :ceremony and officer = :officer and (person is null or person = :person)
                """)
                        .bind("ceremony", holding.ceremony())
                        .bind("officer", holding.officer())
                        .bind("person", person.value())
                        .bind("ts", ts)
                        .execute()
                == 1;
    }
}
