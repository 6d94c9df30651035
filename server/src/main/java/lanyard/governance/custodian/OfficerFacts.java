package lanyard.governance.custodian;

import java.util.Set;
import lanyard.standards.matrix.UserId;

/// What others know of a person who guards the custodian, or is to.
public interface OfficerFacts {
    boolean isOfficer(UserId person);

    /// Whether that passkey is still the person's. `credential` is its id in base64url.
    boolean hasPasskey(UserId person, String credential);

    boolean isNamedInOpenCase(UserId person);

    /// This and every other account of the person.
    Set<UserId> accountsOf(UserId person);

    /// Whether two accounts are one person's.
    default boolean isSame(UserId one, UserId other) {
        return accountsOf(one).contains(other);
    }

    String name(UserId person);
}
