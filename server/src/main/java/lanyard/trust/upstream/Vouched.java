package lanyard.trust.upstream;

import java.util.Optional;
import java.util.stream.Stream;
import lanyard.trust.identity.Organization;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an identity provider says of somebody: which of its people, their name, and what they do for this
/// organisation.
///
/// @param key what the provider calls the person for ever; a directory's `externalId` is the same
/// @param subject the `sub` by which a logout names them
record Vouched(String key, String subject, String name, String role) {
    /// The assurance of identity that CIS2 gives to who was seen in person with documents.
    private static final String CIS2_ASSURANCE = "3";

    /// Errors: [UpstreamRefusal] with a sentence for the person.
    static Vouched of(UpstreamSettings settings, Organization organization, ObjectNode claims) {
        requireAcr(settings, claims);
        return switch (settings.shape()) {
            case CIS2 -> cis2(organization, claims);
            case ENTRA -> entra(settings, claims);
            case PLAIN -> plain(claims);
        };
    }

    /// The demand is in the request; a provider may do less and say so.
    private static void requireAcr(UpstreamSettings settings, ObjectNode claims) {
        var done = Stream.concat(
                        Stream.of(claims.path("acr")), claims.path("acrs").valueStream())
                .map(acr -> acr.asString(""));
        if (done.noneMatch(settings.acr()::contains)) {
            throw UpstreamRefusal.person("Your organisation signed you in with one step only. Sign in there with two,"
                    + " or use your password or passkey here.");
        }
    }

    /// <https://digital.nhs.uk/developer/guides-and-documentation/security-and-authorisation>: the role must be the
    /// selected one and of this organisation.
    private static Vouched cis2(Organization organization, ObjectNode claims) {
        var assurance = text(claims, "idassurancelevel").or(() -> text(claims, "id_assurance_level"));
        if (assurance.filter(CIS2_ASSURANCE::equals).isEmpty()) {
            throw UpstreamRefusal.person(
                    "Your care identity has not been verified far enough. Ask your registration" + " authority.");
        }
        var selected = text(claims, "selected_roleid");
        var role = claims.path("nhsid_nrbac_roles")
                .valueStream()
                .filter(one -> text(one, "org_code")
                        .filter(organization.odsCode()::equals)
                        .isPresent())
                .filter(one -> selected.isEmpty() || text(one, "person_roleid").equals(selected))
                .findFirst()
                .orElseThrow(() -> UpstreamRefusal.person(
                        "The role you chose is not one of " + organization.name() + ". Sign in again and choose one."));
        var key = text(claims, "nhsid_useruid").or(() -> text(claims, "uid")).orElseThrow(Vouched::nobody);
        return new Vouched(key, subject(claims), name(claims), roleName(role));
    }

    /// `"Clinical":"Clinical Provision":"Nurse Access Role"` is a nurse's.
    private static String roleName(JsonNode role) {
        var whole = text(role, "role_name").orElse("");
        return whole.substring(whole.lastIndexOf(':') + 1).replace("\"", "").strip();
    }

    /// A person is their object id within their tenant; names and addresses are given to others later.
    private static Vouched entra(UpstreamSettings settings, ObjectNode claims) {
        var tenant = text(claims, "tid").orElseThrow(Vouched::nobody);
        if (!settings.client().issuer().getPath().contains("/" + tenant + "/")
                && !settings.client().issuer().getPath().endsWith("/" + tenant)) {
            throw UpstreamRefusal.forged("the tenant is another's");
        }
        var key = text(claims, "oid").orElseThrow(Vouched::nobody);
        return new Vouched(key, subject(claims), name(claims), firstRole(claims));
    }

    private static Vouched plain(ObjectNode claims) {
        return new Vouched(subject(claims), subject(claims), name(claims), firstRole(claims));
    }

    private static String firstRole(ObjectNode claims) {
        return claims.path("roles")
                .valueStream()
                .map(role -> role.asString(""))
                .filter(role -> !role.isBlank())
                .findFirst()
                .orElse("");
    }

    private static String subject(ObjectNode claims) {
        return text(claims, "sub").orElseThrow(Vouched::nobody);
    }

    private static String name(ObjectNode claims) {
        var both = Stream.of("given_name", "family_name")
                .flatMap(part -> text(claims, part).stream())
                .reduce((given, family) -> given + " " + family);
        return text(claims, "display_name")
                .or(() -> text(claims, "name"))
                .or(() -> both)
                .or(() -> text(claims, "preferred_username"))
                .orElseThrow(Vouched::nobody);
    }

    private static Optional<String> text(JsonNode from, String field) {
        return Optional.of(from.path(field).asString("").strip())
                .filter(text -> !text.isEmpty() && text.length() <= 200);
    }

    private static UpstreamRefusal nobody() {
        return UpstreamRefusal.fault("it does not say who that is");
    }

    @Override
    public String toString() {
        return "Vouched[hidden]";
    }
}
