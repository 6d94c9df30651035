package lanyard.trust.policy;

import java.util.Map;
import java.util.TreeMap;

/// What a kind of room is approved for and what it is not for, by language (`en`, `cy`); shown over the message box
/// (G10).
public record ApprovedUse(Map<String, String> approvedFor, Map<String, String> notFor) {
    public ApprovedUse {
        approvedFor = Map.copyOf(new TreeMap<>(approvedFor));
        notFor = Map.copyOf(new TreeMap<>(notFor));
    }

    /// Where every organisation begins.
    static ApprovedUse standard(String kind) {
        return switch (kind) {
            case "clinical" ->
                new ApprovedUse(
                        Map.of("en", "the direct care of patients", "cy", "gofal uniongyrchol cleifion"),
                        Map.of("en", "the record of care, social chat", "cy", "y cofnod gofal, sgwrsio cymdeithasol"));
            case "operational" ->
                new ApprovedUse(
                        Map.of(
                                "en",
                                "running the service: staffing, beds, equipment",
                                "cy",
                                "rhedeg y gwasanaeth: staffio, gwelyau, offer"),
                        Map.of("en", "anything about a patient", "cy", "unrhyw beth am glaf"));
            default ->
                new ApprovedUse(
                        Map.of("en", "social chat between colleagues", "cy", "sgwrsio cymdeithasol rhwng cydweithwyr"),
                        Map.of(
                                "en",
                                "anything about a patient or about work",
                                "cy",
                                "unrhyw beth am glaf neu am waith"));
        };
    }
}
