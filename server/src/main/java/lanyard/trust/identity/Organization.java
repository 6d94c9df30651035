package lanyard.trust.identity;

import lanyard.standards.matrix.ServerName;
import lanyard.standards.matrix.UserId;

/// An organisation this deployment hosts. Its ODS code is its key everywhere.
///
/// @param demonstration true for the one organisation that exists to be looked at: nothing in it is real
public record Organization(String odsCode, ServerName serverName, String name, boolean demonstration) {
    public Organization {
        if (!odsCode.matches("[A-Z0-9]{3,10}")) {
            throw new IllegalArgumentException("An ODS code is 3 to 10 capital letters and digits.");
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("An organisation has a name.");
        }
    }

    /// Creates every room, so that the organisation stays in control of it (D1).
    public UserId serviceUser() {
        return UserId.of("lanyard", serverName);
    }

    /// The records custodian, a visible member of every encrypted room (D3).
    public UserId custodian() {
        return UserId.of("records", serverName);
    }
}
