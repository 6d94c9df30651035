package lanyard.trust.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns table `person`, but for what proves who somebody is: [CredentialStore].
final class PersonStore {
    /// Service users (the organisation's own and the custodian) are not people: no directory shows them.
    enum Kind {
        STAFF("staff"),
        SERVICE("service");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    private static final String SELECT = """
            select user_id, organization, display_name, role, ward, professional_body, registration,
                   reachable_since is not null and ended_at is null as reachable,
                   employer_ods, employer, bleep, ends_at, confirmed_at
            from person
            """;

    /// False when the user id is taken.
    boolean add(Tx tx, NewPerson person, Kind kind, Instant now) {
        return tx.update("""
                        insert into person (user_id, organization, kind, display_name, role, ward, professional_body,
                                            registration, employer_ods, employer, bleep, created_at, confirmed_at)
                        values (:user, :organization, :kind, :name, :role, :ward, :body,
                                :registration, :employerOds, :employer, :bleep, :now, :now)
                        on conflict (user_id) do nothing
                        """)
                        .bind("user", person.id().value())
                        .bind("organization", person.organization())
                        .bind("kind", kind.word)
                        .bind("name", person.displayName())
                        .bind("role", person.post().role())
                        .bind("ward", person.post().ward())
                        .bind("body", person.post().professionalBody())
                        .bind("registration", person.post().registration())
                        .bind("employerOds", person.post().employer().ods())
                        .bind("employer", person.post().employer().name())
                        .bind("bleep", person.post().bleep())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /// People and service users alike, those who have left too: their messages still bear their name.
    Optional<Person> find(Tx tx, UserId user) {
        return tx.query(SELECT + "where user_id = :user")
                .bind("user", user.value())
                .map(PersonStore::person)
                .findOne();
    }

    /// Those who work for the organisation now.
    List<Person> listStaff(Tx tx, String organization) {
        return tx.query(SELECT + """
                        where organization = :organization and kind = 'staff' and ended_at is null
                        order by display_name, user_id
                        """)
                .bind("organization", organization)
                .map(PersonStore::person)
                .list();
    }

    List<Person> listStaff(Tx tx, String organization, Collection<UserId> users) {
        return tx.query(SELECT + """
                        where organization = :organization and kind = 'staff' and ended_at is null
                          and user_id = any(:users)
                        """)
                .bind("organization", organization)
                .bind("users", users.stream().map(UserId::value).toArray(String[]::new))
                .map(PersonStore::person)
                .list();
    }

    /// Every account that a chain of numbers joins to one of `users`: the same entry in a professional register (or the
    /// same number where one of them names no register), or the same staff number of an organisation.
    List<UserId> listSamePeople(Tx tx, Collection<UserId> users) {
        return tx.query("""
                        with recursive same as (
                            select user_id, organization, professional_body, register_key, staff_key
                            from person where user_id = any(:users)
                            union
                            select other.user_id, other.organization, other.professional_body, other.register_key,
                                other.staff_key
                            from same known join person other
                                on (other.register_key = known.register_key
                                    and (lower(other.professional_body) = lower(known.professional_body)
                                         or other.professional_body = '' or known.professional_body = ''))
                                or (other.organization = known.organization and other.staff_key = known.staff_key))
                        select user_id from same
                        """)
                .bind("users", users.stream().map(UserId::value).toArray(String[]::new))
                .mapTo(String.class)
                .map(UserId::new)
                .list();
    }

    /// Those of `users` whose second account nobody would know: neither number of theirs tells anybody apart.
    List<UserId> listUntold(Tx tx, Collection<UserId> users) {
        return tx.query("""
                        select user_id from person
                        where user_id = any(:users) and register_key is null and staff_key is null
                        """)
                .bind("users", users.stream().map(UserId::value).toArray(String[]::new))
                .mapTo(String.class)
                .map(UserId::new)
                .list();
    }

    /// Whether a number was given that is none.
    boolean hasPlaceholder(Tx tx, UserId user) {
        return tx.query("""
                        select 1 from person
                        where user_id = :user
                          and ((registration <> '' and register_key is null) or (staff_number <> '' and staff_key is null))
                        """)
                .bind("user", user.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    void number(Tx tx, UserId user, String staffNumber) {
        tx.update("update person set staff_number = :number where user_id = :user and staff_number <> :number")
                .bind("user", user.value())
                .bind("number", staffNumber)
                .execute();
    }

    /// The organisation, when there is such a person.
    Optional<String> rename(Tx tx, UserId user, String displayName) {
        return tx.query("update person set display_name = :name where user_id = :user returning organization")
                .bind("name", displayName)
                .bind("user", user.value())
                .mapTo(String.class)
                .findOne();
    }

    /// The organisation, when there is such a person and something of it is new.
    Optional<String> update(Tx tx, UserId user, String displayName, NewPerson.Post post) {
        return tx.query("""
                        update person
                        set display_name = :name, role = :role, ward = :ward, professional_body = :body,
                            registration = :registration, employer_ods = :employerOds, employer = :employer,
                            bleep = :bleep
                        where user_id = :user
                          and (display_name, role, ward, professional_body, registration, employer_ods, employer, bleep)
                              is distinct from
                              (:name, :role, :ward, :body, :registration, :employerOds, :employer, :bleep)
                        returning organization
                        """)
                .bind("user", user.value())
                .bind("name", displayName)
                .bind("role", post.role())
                .bind("ward", post.ward())
                .bind("body", post.professionalBody())
                .bind("registration", post.registration())
                .bind("employerOds", post.employer().ods())
                .bind("employer", post.employer().name())
                .bind("bleep", post.bleep())
                .mapTo(String.class)
                .findOne();
    }

    /// The organisation, when it had not said so for a day.
    Optional<String> confirmed(Tx tx, UserId user, Instant now) {
        return tx.query("""
                        update person set confirmed_at = :now
                        where user_id = :user and confirmed_at < :dayAgo
                        returning organization
                        """)
                .bind("now", now)
                .bind("dayAgo", now.minus(Duration.ofDays(1)))
                .bind("user", user.value())
                .mapTo(String.class)
                .findOne();
    }

    /// The organisation, the first time.
    Optional<String> reachable(Tx tx, UserId user, Instant now) {
        return tx.query("""
                        update person set reachable_since = :now
                        where user_id = :user and reachable_since is null
                        returning organization
                        """)
                .bind("now", now)
                .bind("user", user.value())
                .mapTo(String.class)
                .findOne();
    }

    void signedIn(Tx tx, UserId user, Instant now) {
        tx.update("""
                        update person set first_signed_in_at = :now
                        where user_id = :user and first_signed_in_at is null
                        """).bind("now", now).bind("user", user.value()).execute();
    }

    /// The organisation, when they had not left before.
    Optional<String> end(Tx tx, UserId user, Instant now) {
        return tx.query("""
                        update person set ended_at = :now
                        where user_id = :user and ended_at is null
                        returning organization
                        """)
                .bind("now", now)
                .bind("user", user.value())
                .mapTo(String.class)
                .findOne();
    }

    private static Person person(RowView row) {
        return new Person(
                new UserId(row.getColumn("user_id", String.class)),
                row.getColumn("organization", String.class),
                row.getColumn("display_name", String.class),
                row.getColumn("role", String.class),
                row.getColumn("ward", String.class),
                row.getColumn("professional_body", String.class),
                row.getColumn("registration", String.class),
                row.getColumn("reachable", Boolean.class),
                new Employer(row.getColumn("employer_ods", String.class), row.getColumn("employer", String.class)),
                row.getColumn("bleep", String.class),
                new Person.Confirmed(
                        Optional.ofNullable(row.getColumn("ends_at", Instant.class)),
                        row.getColumn("confirmed_at", Instant.class)));
    }
}
