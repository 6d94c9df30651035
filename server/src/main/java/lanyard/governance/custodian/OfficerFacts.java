package lanyard.governance.custodian;

import lanyard.standards.matrix.UserId;

/// What others know of a person who guards the custodian, or is to.
public interface OfficerFacts {
    boolean isOfficer(UserId person);

    /// Whether that passkey is still the person's. `credential` is its id in base64url.
    boolean hasPasskey(UserId person, String credential);

    boolean isNamedInOpenCase(UserId person);

    /// Whether two accounts are one person's.
    boolean isSame(UserId one, UserId other);

    String name(UserId person);
}
