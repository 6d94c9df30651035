package lanyard.governance.review;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether what was said outside a clinical conversation reads like data concerning somebody's health: it names a
/// patient, or somebody who may be one, or it is said in words of care. It suggests; who reviews decides.
final class HealthSigns {
    private static final Set<Detector.Looks> OF_PATIENTS = EnumSet.of(
            Detector.Looks.NHS_NUMBER,
            Detector.Looks.PERSON_NUMBER,
            Detector.Looks.HOSPITAL_NUMBER,
            Detector.Looks.PATIENT,
            Detector.Looks.NAME);
    private static final Pattern CARE = Pattern.compile(
            "\\b(?:[0-9][0-9.,]* ?(?:mg|mcg|micrograms?|ml|mmol|units?)\\b"
                    + "|(?:diagnos|symptom|allerg|medicat|prescri|biops|surger|therap|treat|pregnan|infect|inject)\\p{L}*"
                    + "|(?:patient|dose|doses|blood|bloods|scan|pain|depress\\p{L}*|anxiety|cancer|seizures?|stroke"
                    + "|admitted|discharged?|sick note|fit note|off sick|nbm|dnacpr|news2|theatre list)\\b)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private HealthSigns() {}

    /// Why it reads like that, as a sentence goes on after "because it has".
    static Optional<String> find(Detector detector, String text) {
        var care = CARE.matcher(text);
        if (care.find()) {
            return Optional.of("words of care: " + care.group());
        }
        return detector.suggest(text).stream()
                .filter(one -> OF_PATIENTS.contains(one.looks()))
                .findFirst()
                .map(one -> one.looks().words() + ": " + one.text());
    }

    static Optional<String> find(Detector detector, List<Item.Version> versions) {
        return versions.stream()
                .flatMap(version -> find(detector, version.text()).stream())
                .findFirst();
    }
}
