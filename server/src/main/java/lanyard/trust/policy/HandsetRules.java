package lanyard.trust.policy;

import java.util.Map;
import java.util.TreeMap;

/// What the policy says of people's phones.
///
/// @param mostPerPerson how many phones somebody may have enrolled
/// @param acceptFrom the oldest version of the policy that must have been accepted on a phone
/// @param required facts that must be known of a phone, each with the least word for how they are known
public record HandsetRules(int mostPerPerson, int acceptFrom, Map<String, String> required) {
    /// Where every organisation begins.
    public static final HandsetRules STANDARD = new HandsetRules(3, 1, Map.of());

    public HandsetRules {
        required = Map.copyOf(new TreeMap<>(required));
    }
}
