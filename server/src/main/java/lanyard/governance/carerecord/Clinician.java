package lanyard.governance.carerecord;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lanyard.standards.fhir.HumanName;
import lanyard.standards.fhir.Identifier;
import lanyard.standards.fhir.Practitioner;
import lanyard.standards.fhir.Reference;
import lanyard.standards.matrix.UserId;

/// A person who wrote or took a decision, as the health record should know them: by their professional registration,
/// and always by their Matrix user, since not everybody is registered. Empty strings mean not known.
record Clinician(UserId user, String name, String role, String professionalBody, String registration) {
    Practitioner practitioner() {
        var identifiers = new ArrayList<Identifier>();
        registered().ifPresent(identifiers::add);
        identifiers.add(matrix());
        return new Practitioner(List.copyOf(identifiers), new HumanName(name.isBlank() ? user.localpart() : name));
    }

    /// Named in a document without a resource of their own: by their registration, or else by their Matrix user.
    Reference reference() {
        return Reference.to(registered().orElseGet(this::matrix), line());
    }

    private Identifier matrix() {
        return Identifier.uri("matrix:u/" + encode(user.value().substring(1)));
    }

    /// Whose register it is decides, never the number's shape: GMC and GPhC numbers look alike.
    private Optional<Identifier> registered() {
        if (registration.isBlank()) {
            return Optional.empty();
        }
        return registerOf(professionalBody).map(system -> new Identifier(system, registration.strip()));
    }

    private static Optional<String> registerOf(String body) {
        return switch (body.strip().toUpperCase(Locale.ROOT)) {
            case "GMC" -> Optional.of("https://fhir.nhs.uk/Id/gmc-reference-number");
            case "NMC" -> Optional.of("https://fhir.hl7.org.uk/Id/nmc-number");
            case "HCPC" -> Optional.of("https://fhir.hl7.org.uk/Id/hcpc-number");
            case "GPHC" -> Optional.of("https://fhir.hl7.org.uk/Id/gphc-number");
            default -> Optional.empty();
        };
    }

    /// How a document shows them to a reader.
    String line() {
        var known = new StringBuilder(name.isBlank() ? user.localpart() : name);
        if (!role.isBlank()) {
            known.append(", ").append(role);
        }
        if (!registration.isBlank()) {
            known.append(" (")
                    .append((professionalBody + " " + registration).strip())
                    .append(')');
        }
        return known.toString();
    }

    /// <https://spec.matrix.org/v1.18/appendices/#matrix-uri-scheme>
    static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "Clinician[" + user + "]";
    }
}
