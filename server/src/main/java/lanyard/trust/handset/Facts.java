package lanyard.trust.handset;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.handset.Fact.Provenance;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.IdentityGround;
import tools.jackson.databind.node.ObjectNode;

/// What is known of each phone, with its provenance, and which policy its person has accepted on it.
///
/// What could go wrong: an app says that its phone is managed and is believed. The principle: whatever comes through
/// the interface is self-reported, whatever it calls itself, and a rule that asks for more is not met by it.
final class Facts {
    private static final int MOST = 60;
    private static final int LONGEST = 200;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    private final IdentityGround ground;
    private final FactStore store = new FactStore();
    private final HandsetStore handsets = new HandsetStore();

    private final Consumer<String> changed;

    /// `changed` hears, after the commit, of which phone something else is known now.
    Facts(IdentityGround ground, Consumer<String> changed) {
        this.ground = ground;
        this.changed = changed;
    }

    List<Fact> list(String handset) {
        return ground.database().read(tx -> store.list(tx, handset));
    }

    /// Answers of the phone's person. Errors: `M_FORBIDDEN` unless it is the phone in the caller's hand,
    /// `M_INVALID_PARAM`, `M_TOO_LARGE`.
    void answered(Caller caller, String handset, ObjectNode answers) {
        requireInHand(caller, handset);
        var said = answers.propertyStream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> value(entry.getKey(), entry.getValue())));
        ground.writer().write(commit -> {
            said.forEach((name, value) -> put(commit, handset, name, value, Provenance.SELF_REPORTED));
            if (store.count(commit.tx(), handset) > MOST) {
                throw new MatrixException(ErrorCode.M_TOO_LARGE, "A phone has at most " + MOST + " facts.");
            }
            return handset;
        });
    }

    void put(Commit commit, String handset, String name, String value, Provenance provenance) {
        commit.afterCommit(() -> changed.accept(handset));
        store.put(commit.tx(), handset, new Fact(name, value, provenance, ground.now()));
    }

    private static String value(String name, tools.jackson.databind.JsonNode given) {
        var value = given.isBoolean() || given.isString() ? given.asString() : "";
        if (!NAME.matcher(name).matches() || value.isEmpty() || value.length() > LONGEST) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "An answer is true, false or a short text under a name like screen_lock.");
        }
        return value;
    }

    /// The person has read and accepted the policy in force. Errors: `M_FORBIDDEN` unless it is the phone in the
    /// caller's hand.
    void accepted(Caller caller, String handset, int version) {
        requireInHand(caller, handset);
        ground.writer().write(commit -> {
            handsets.acceptPolicy(commit.tx(), handset, version);
            commit.afterCommit(() -> changed.accept(handset));
            ground.audit()
                    .record(
                            commit,
                            new AuditEntry(
                                    "handset.policy_accepted",
                                    caller.user().value(),
                                    handset,
                                    "",
                                    Json.object().put("version", version)));
            return handset;
        });
    }

    private static void requireInHand(Caller caller, String handset) {
        if (caller.handset().filter(handset::equals).isEmpty()) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "Answer on the phone itself.");
        }
    }
}
