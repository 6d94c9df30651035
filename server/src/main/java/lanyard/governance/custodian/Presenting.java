package lanyard.governance.custodian;

import java.util.Base64;
import java.util.Collection;
import java.util.List;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;

/// What an officer's browser needs to present shares: those that wait sealed to the officer's passkey, and which
/// ceremonies' shares count, so that it leaves the others out.
record Presenting(Officers officers, OfficerKeys keys) {
    /// As a page hands it to the browser.
    ///
    /// @param kept a JSON list of ceremony, sealed share and the passkey that opens it
    /// @param current ceremonies, with spaces between
    public record Shown(String person, String kept, String current) {}

    Shown shown(UserId person, Collection<String> ceremonies) {
        var kept = Json.array();
        for (var one : keys.waiting(person)) {
            if (ceremonies.contains(one.share().ceremony())) {
                kept.addObject()
                        .put("ceremony", one.share().ceremony())
                        .put("credential", one.share().to().credential())
                        .put(
                                "sealed",
                                Base64.getEncoder().encodeToString(one.share().sealed()));
            }
        }
        return new Shown(person.value(), kept.toString(), String.join(" ", ceremonies));
    }

    /// For a case.
    Shown shown(UserId person, String organization) {
        return shown(person, officers.ceremonies(organization));
    }

    /// For a test of everything that the officer has, new shares too.
    Shown all(UserId person, String organization) {
        var waiting = keys.waiting(person).stream().map(one -> one.share().ceremony());
        List<String> ceremonies = java.util.stream.Stream.concat(officers.ceremonies(organization).stream(), waiting)
                .distinct()
                .toList();
        return shown(person, ceremonies);
    }
}
