package lanyard.trust.scim;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The attributes that are kept. Whatever else a directory sends is left out: what is not needed is not held.
/// <https://www.rfc-editor.org/rfc/rfc7643>
final class Schema {
    static final String MEDIA_TYPE = "application/scim+json";
    static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    /// Ours: role, ward, register, employer, bleep and the end date, for directories that know them.
    static final String STAFF = "urn:ietf:params:scim:schemas:extension:lanyard:2.0:User";

    static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

    /// One attribute. `url` is the extension it stands in, or empty for the core.
    record Attribute(String urn, String name, String type, boolean many, Set<String> parts) {
        /// Whether it is taken and never answered.
        boolean isWriteOnly() {
            return name.equals(SaidPhoto.FIELD);
        }

        String describes() {
            return urn.isEmpty() ? name : urn + ":" + name;
        }
    }

    static final List<Attribute> USERS = List.of(
            text("", "userName"),
            text("", "externalId"),
            text("", "displayName"),
            text("", "title"),
            new Attribute("", "active", "boolean", false, Set.of()),
            new Attribute("", "name", "complex", false, Set.of("formatted", "givenName", "familyName")),
            new Attribute("", "emails", "complex", true, Set.of("value", "type", "primary")),
            new Attribute("", "roles", "complex", true, Set.of("value", "display", "type", "primary")),
            // Kept with the staff photos, never here: see SaidPhoto.
            new Attribute("", SaidPhoto.FIELD, "complex", true, Set.of("value", "type", "primary")),
            text(ENTERPRISE, "employeeNumber"),
            text(ENTERPRISE, "department"),
            text(STAFF, "role"),
            text(STAFF, "ward"),
            text(STAFF, "professionalBody"),
            text(STAFF, "registration"),
            text(STAFF, "employerOds"),
            text(STAFF, "employer"),
            text(STAFF, "bleep"),
            new Attribute(STAFF, "endsAt", "dateTime", false, Set.of()));

    static final List<Attribute> GROUPS = List.of(
            text("", "displayName"),
            text("", "externalId"),
            new Attribute("", "members", "complex", true, Set.of("value")));

    /// What the server adds: to be asked for in a filter, never to be changed.
    static final List<Attribute> READ_ONLY =
            List.of(text("", "id"), new Attribute("", "meta", "complex", false, Set.of("lastModified", "created")));

    private static final List<String> URNS = List.of(USER, GROUP, ENTERPRISE, STAFF);

    private Schema() {}

    private static Attribute text(String urn, String name) {
        return new Attribute(urn, name, "string", false, Set.of());
    }

    /// Names are compared without regard to case.
    static Optional<Attribute> find(List<Attribute> attributes, String urn, String name) {
        var wanted = urn.equals(USER) || urn.equals(GROUP) ? "" : urn;
        return attributes.stream()
                .filter(attribute -> attribute.urn().equals(wanted) && same(attribute.name(), name))
                .findFirst();
    }

    static Optional<String> findUrn(String text) {
        return URNS.stream().filter(urn -> same(urn, text)).findFirst();
    }

    /// The schema's name at the beginning of a path.
    static Optional<String> urnBefore(String path) {
        return URNS.stream()
                .filter(urn -> path.length() > urn.length()
                        && path.charAt(urn.length()) == ':'
                        && same(path.substring(0, urn.length()), urn))
                .findFirst();
    }

    static Optional<String> part(Attribute attribute, String name) {
        return attribute.parts().stream().filter(part -> same(part, name)).findFirst();
    }

    static boolean same(String one, String other) {
        return one.equalsIgnoreCase(other);
    }

    static boolean isOneOf(String word, String... words) {
        return Arrays.asList(words).contains(word.toLowerCase(Locale.ROOT));
    }
}
