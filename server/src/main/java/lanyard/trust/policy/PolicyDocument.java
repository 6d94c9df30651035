package lanyard.trust.policy;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;
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
        return rules(policy).put("organization", organization).put("issued_ts", issuedTs);
    }

    /// What `policy` says, of nobody's yet.
    static ObjectNode rules(Policy policy) {
        var document = Json.object()
                .put("version", policy.version())
                .put("lock_seconds", policy.lockSeconds())
                .put("hidden_lock_seconds", policy.hiddenLockSeconds())
                .put("passcode_min_length", policy.passcodeMinimumLength())
                .put("offline_hours", policy.offlineHours())
                .put("decision_grace_seconds", policy.gracePeriod().toSeconds())
                .put("record_overdue_seconds", policy.recordOverdueAfter().toSeconds())
                .put("presence", policy.presence())
                .put("custodian_needed", policy.custodianNeeded());
        put(document, policy.handsets());
        put(document, policy.roomKinds());
        put(document, policy.disposal());
        put(document, policy.everyday());
        return document;
    }

    static void put(ObjectNode document, HandsetRules rules) {
        var handsets = document.putObject("handsets")
                .put("most_per_person", rules.mostPerPerson())
                .put("accept_from", rules.acceptFrom());
        rules.required().forEach(handsets.putObject("required")::put);
    }

    static void put(ObjectNode document, Map<String, RoomRule> rules) {
        var kinds = document.putObject("room_kinds");
        rules.forEach((kind, rule) -> {
            var said = kinds.putObject(kind)
                    .put("keep_days", rule.keepFor().toDays())
                    .put("files_keep_days", rule.keepFilesFor().toDays())
                    .put("review_days", rule.reviewEvery().toDays())
                    .put("nudge", rule.nudge().word())
                    .put("on_call_reads_hours", rule.onCallReads().toHours())
                    .put("voice_notes", rule.encloses().voiceNotes())
                    .put("files", rule.encloses().files());
            rule.use().approvedFor().forEach(said.putObject("approved_for")::put);
            rule.use().notFor().forEach(said.putObject("not_for")::put);
        });
    }

    static void put(ObjectNode document, DisposalRules rules) {
        document.putObject("disposal")
                .put("undo_days", rules.undo().toDays())
                .put("ask_days", rules.askAhead().toDays())
                .put("backup_days", rules.backups().toDays());
    }

    static void put(ObjectNode document, EverydayRules rules) {
        document.putObject("everyday")
                .put("edit_seconds", rules.editWithin().toSeconds())
                .put("undo_seconds", rules.undoWithin().toSeconds())
                .put("most_added_at_once", rules.mostAddedAtOnce())
                .put("outsider_days", rules.outsidersAtMost().toDays())
                .put("repeat_urgent_seconds", rules.repeatUrgent().toSeconds())
                .put("voice_note_seconds", rules.longestVoiceNote().toSeconds())
                .put("file_megabytes", rules.largestFileMegabytes())
                .put("induction", rules.induction());
    }

    static Policy read(ObjectNode document) {
        var kinds = new TreeMap<String, RoomRule>();
        document.path("room_kinds").forEachEntry((kind, rule) -> kinds.put(kind, rule(kind, rule)));
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
                everyday(document.path("everyday")),
                document.path("custodian_needed").asBoolean(false));
    }

    /// Documents of before there was a word for something say the standard; files are kept as long as messages, and
    /// what
    /// somebody has to decide first, voice notes and files with a message, does not go, as in the app.
    private static RoomRule rule(String kind, JsonNode rule) {
        var keep = rule.path("keep_days").asInt();
        var standard = RoomRule.standard(kind, keep, rule.path("review_days").asInt());
        return new RoomRule(
                standard.keepFor(),
                Duration.ofDays(rule.path("files_keep_days").asInt(keep)),
                standard.reviewEvery(),
                rule.path("nudge").isString() ? Nudge.of(rule.path("nudge").stringValue()) : standard.nudge(),
                new ApprovedUse(
                        words(rule.path("approved_for"), standard.use().approvedFor()),
                        words(rule.path("not_for"), standard.use().notFor())),
                Duration.ofHours(rule.path("on_call_reads_hours")
                        .asInt((int) standard.onCallReads().toHours())),
                new Enclosures(
                        rule.path("voice_notes").asBoolean(false),
                        rule.path("files").asBoolean(false)));
    }

    private static Map<String, String> words(JsonNode said, Map<String, String> standard) {
        if (!said.isObject()) {
            return standard;
        }
        var words = new TreeMap<String, String>();
        said.forEachEntry((language, text) -> words.put(language, text.asString("")));
        return words;
    }

    private static EverydayRules everyday(JsonNode rules) {
        var standard = EverydayRules.STANDARD;
        return new EverydayRules(
                seconds(rules.path("edit_seconds"), standard.editWithin()),
                seconds(rules.path("undo_seconds"), standard.undoWithin()),
                rules.path("most_added_at_once").asInt(standard.mostAddedAtOnce()),
                Duration.ofDays(rules.path("outsider_days")
                        .asInt((int) standard.outsidersAtMost().toDays())),
                seconds(rules.path("repeat_urgent_seconds"), standard.repeatUrgent()),
                seconds(rules.path("voice_note_seconds"), standard.longestVoiceNote()),
                rules.path("file_megabytes").asInt(standard.largestFileMegabytes()),
                rules.path("induction").asInt(standard.induction()));
    }

    private static Duration seconds(JsonNode said, Duration standard) {
        return Duration.ofSeconds(said.asLong(standard.toSeconds()));
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
