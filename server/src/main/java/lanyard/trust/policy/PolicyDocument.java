package lanyard.trust.policy;

import java.time.Duration;
import java.util.Base64;
import java.util.TreeMap;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Ed25519;
import lanyard.standards.matrix.CanonicalJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The policy as the signed document that the server enforces and the app reads. The signature covers the canonical
/// JSON of everything but itself.
final class PolicyDocument {
    private static final String SIGNATURE = "signature";

    private PolicyDocument() {}

    static ObjectNode of(String organization, Policy policy, long issuedTs) {
        var document = Json.object()
                .put("organization", organization)
                .put("version", policy.version())
                .put("issued_ts", issuedTs)
                .put("lock_seconds", policy.lockSeconds())
                .put("hidden_lock_seconds", policy.hiddenLockSeconds())
                .put("passcode_min_length", policy.passcodeMinimumLength())
                .put("offline_hours", policy.offlineHours())
                .put("decision_grace_seconds", policy.gracePeriod().toSeconds())
                .put("record_overdue_seconds", policy.recordOverdueAfter().toSeconds())
                .put("presence", policy.presence())
                .put("custodian_needed", policy.custodianNeeded());
        var handsets = document.putObject("handsets")
                .put("most_per_person", policy.handsets().mostPerPerson())
                .put("accept_from", policy.handsets().acceptFrom());
        policy.handsets().required().forEach(handsets.putObject("required")::put);
        var kinds = document.putObject("room_kinds");
        policy.roomKinds()
                .forEach((kind, rule) -> kinds.putObject(kind)
                        .put("keep_days", rule.keepFor().toDays())
                        .put("files_keep_days", rule.keepFilesFor().toDays())
                        .put("review_days", rule.reviewEvery().toDays()));
        document.putObject("disposal")
                .put("undo_days", policy.disposal().undo().toDays())
                .put("ask_days", policy.disposal().askAhead().toDays())
                .put("backup_days", policy.disposal().backups().toDays());
        return document;
    }

    static Policy read(ObjectNode document) {
        var kinds = new TreeMap<String, RoomRule>();
        document.path("room_kinds").forEachEntry((kind, rule) -> kinds.put(kind, rule(rule)));
        return new Policy(
                document.path("version").asInt(),
                document.path("lock_seconds").asInt(),
                document.path("hidden_lock_seconds").asInt(),
                document.path("passcode_min_length").asInt(),
                document.path("offline_hours").asInt(),
                Duration.ofSeconds(document.path("decision_grace_seconds").asLong()),
                Duration.ofSeconds(document.path("record_overdue_seconds").asLong()),
                kinds,
                document.path("presence").asBoolean(false),
                handsets(document.path("handsets")),
                disposal(document.path("disposal")),
                document.path("custodian_needed").asBoolean(false));
    }

    /// Documents of before files had a time of their own say the messages'.
    private static RoomRule rule(JsonNode rule) {
        var keep = rule.path("keep_days").asInt();
        return new RoomRule(
                Duration.ofDays(keep),
                Duration.ofDays(rule.path("files_keep_days").asInt(keep)),
                Duration.ofDays(rule.path("review_days").asInt()));
    }

    private static DisposalRules disposal(JsonNode rules) {
        var standard = DisposalRules.STANDARD;
        return new DisposalRules(
                Duration.ofDays(
                        rules.path("undo_days").asInt((int) standard.undo().toDays())),
                Duration.ofDays(
                        rules.path("ask_days").asInt((int) standard.askAhead().toDays())),
                Duration.ofDays(
                        rules.path("backup_days").asInt((int) standard.backups().toDays())));
    }

    /// Documents of before there were any say the standard.
    private static HandsetRules handsets(JsonNode rules) {
        var required = new TreeMap<String, String>();
        rules.path("required").forEachEntry((fact, least) -> required.put(fact, least.asString("")));
        return new HandsetRules(
                rules.path("most_per_person").asInt(HandsetRules.STANDARD.mostPerPerson()),
                rules.path("accept_from").asInt(HandsetRules.STANDARD.acceptFrom()),
                required);
    }

    static void sign(ObjectNode document, byte[] privateKey) {
        document.remove(SIGNATURE);
        var encoder = Base64.getEncoder();
        document.put("signing_key", encoder.encodeToString(Ed25519.publicKey(privateKey)));
        document.put(SIGNATURE, encoder.encodeToString(Ed25519.sign(privateKey, CanonicalJson.bytes(document))));
    }

    static boolean isSigned(ObjectNode document, byte[] publicKey) {
        var unsigned = document.deepCopy();
        var signature = unsigned.remove(SIGNATURE);
        if (signature == null || !signature.isString()) {
            return false;
        }
        try {
            var bytes = Base64.getDecoder().decode(signature.stringValue());
            return Ed25519.verify(publicKey, CanonicalJson.bytes(unsigned), bytes);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
