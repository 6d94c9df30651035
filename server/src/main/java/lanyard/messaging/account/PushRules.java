package lanyard.messaging.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Collectors;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// The default push rules of the specification, and a person's own among them.
/// <https://spec.matrix.org/v1.18/client-server-api/#predefined-rules>
final class PushRules {
    static final String TYPE = "m.push_rules";
    private static final byte[] DEFAULTS = read();

    private PushRules() {}

    private static byte[] read() {
        try (var in = Objects.requireNonNull(PushRules.class.getResourceAsStream("/matrix/push-rules.json"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As the account data event carries them: `{"global": …}`, with the person's own id where a rule names it.
    static ObjectNode of(UserId user) {
        var text = new String(DEFAULTS, java.nio.charset.StandardCharsets.UTF_8)
                .replace("{user_id}", user.value())
                .replace("{localpart}", user.localpart());
        return Json.object(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /// What somebody has stored, with the specification's rules that it does not know yet at the end of their kind.
    static ObjectNode merged(UserId user, ObjectNode stored) {
        var defaults = (ObjectNode) of(user).get("global");
        var merged = stored.deepCopy();
        var own = merged.withObjectProperty("global");
        defaults.properties().forEach(kind -> {
            var rules = own.withArrayProperty(kind.getKey());
            var known = rules.valueStream()
                    .map(rule -> rule.path("rule_id").asString(""))
                    .collect(Collectors.toSet());
            kind.getValue()
                    .valueStream()
                    .filter(rule -> !known.contains(rule.path("rule_id").asString("")))
                    .forEach(rules::add);
        });
        return merged;
    }
}
