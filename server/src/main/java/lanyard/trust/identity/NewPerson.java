package lanyard.trust.identity;

import java.util.Locale;
import java.util.Set;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;

/// What the organisation says about somebody when they join. Fields it does not know are empty strings.
public record NewPerson(UserId id, String organization, String displayName, Post post) {
    private static final int LONGEST = 200;

    /// The organisation's own users: its service user and its custodian.
    private static final Set<String> RESERVED = Set.of("lanyard", "records");

    /// What they do, where, and the register that says they may.
    ///
    /// @param professionalBody for example GMC, NMC or GPhC
    public record Post(
            String role, String ward, String professionalBody, String registration, Employer employer, String bleep) {
        public static final Post NONE = new Post("", "", "", "");

        public Post {
            requireShort(role, ward, professionalBody, registration, employer.ods(), employer.name(), bleep);
        }

        public Post(String role, String ward, String professionalBody, String registration) {
            this(role, ward, professionalBody, registration, Employer.OWN, "");
        }

        public Post of(Employer other) {
            return new Post(role, ward, professionalBody, registration, other, bleep);
        }

        public Post withBleep(String number) {
            return new Post(role, ward, professionalBody, registration, employer, number);
        }
    }

    public NewPerson {
        requireShort(displayName);
        if (displayName.isBlank()) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "A person needs a name that others can find.");
        }
        if (!isGoodLocalpart(id.localpart())) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_USERNAME, "A user name has lower-case letters, digits and . _ = - / + only.");
        }
    }

    /// New user ids keep to the narrow grammar: <https://spec.matrix.org/v1.18/appendices/#user-identifiers>
    public static boolean isGoodLocalpart(String localpart) {
        return localpart.matches("[a-z0-9._=/+-]{1,200}") && localpart.equals(localpart.toLowerCase(Locale.ROOT));
    }

    /// Names that nobody is given.
    public static boolean isReserved(String localpart) {
        return RESERVED.contains(localpart);
    }

    private static void requireShort(String... texts) {
        for (var text : texts) {
            if (text.length() > LONGEST) {
                throw new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "Names, roles and wards have up to " + LONGEST + " characters.");
            }
        }
    }
}
