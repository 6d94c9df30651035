package lanyard.trust.handset;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import lanyard.platform.http.Exchange;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.handset.Fact.Provenance;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;
import lanyard.trust.policy.HandsetRules;
import tools.jackson.databind.node.JsonNodeFactory;

/// Stands before every request of our own app: a phone that is not enrolled can do nothing but enrol; one that lacks
/// what the policy asks of a phone can do nothing but say it; one whose person has not accepted the policy reads, and
/// speaks in clinical conversations only (ADR 30). Other apps have the register's rules instead.
public final class HandsetGate {
    /// What says that something is not so, or that nobody knows.
    private static final Set<String> DENIED = Set.of("", "false", "no", "na", "nage", "none", "off", "unknown");

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST = 100_000;
    /// On the way to being enrolled: who am I, the policy, one's own factors, and out again.
    private static final Pattern ENROLLING = Pattern.compile(
            "/_lanyard/v1/(handsets(/.*)?|policy|me/.*)|/_matrix/client/(v3|r0)/(account/whoami|logout(/all)?)"
                    + "|/_matrix/client/versions");

    /// What is known of a phone, from a minute ago at most.
    private record Known(int policyVersion, List<Fact> facts) {}

    private final IdentityGround ground;
    private final HandsetStore store = new HandsetStore();
    private final FactStore facts = new FactStore();
    private final Cache<String, Known> known =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();
    private volatile BiPredicate<Caller, Exchange> inClinicalRoom = (caller, exchange) -> false;

    private final Identity identity;
    /// Where nothing else is said, and in conformance mode.
    private Function<String, HandsetRules> rules = organization -> HandsetRules.STANDARD;

    HandsetGate(IdentityGround ground, Identity identity) {
        this.ground = ground;
        this.identity = identity;
    }

    /// From now on a phone that is not enrolled can do nothing else, and the policy's rules for phones hold.
    public void enforce(Function<String, HandsetRules> given) {
        rules = given;
        identity.gateOwn(this::check);
    }

    int mostPerPerson(String organization) {
        return rules.apply(organization).mostPerPerson();
    }

    /// Which requests are about a clinical conversation is known to the layer above.
    public void clinical(BiPredicate<Caller, Exchange> named) {
        inClinicalRoom = named;
    }

    /// Call this after the commit that changed what is known of a phone.
    void forget(String handset) {
        known.invalidate(handset);
    }

    private void check(Caller caller, Exchange exchange) {
        var path = exchange.path();
        if (ENROLLING.matcher(path).matches()) {
            return;
        }
        var phone = caller.handset()
                .flatMap(this::find)
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.ORG_LANYARD_NOT_ENROLLED,
                        "This phone is not set up yet. Open Lanyard on it and set it up."));
        var rule = rules.apply(caller.organization());
        missing(rule, phone).ifPresent(fact -> {
            throw new MatrixException(
                            ErrorCode.ORG_LANYARD_PHONE_NOT_ALLOWED,
                            "Your organisation asks for something that is not known of this phone: " + fact
                                    + ". Ask your IT service desk, or use another phone.")
                    .with("fact", JsonNodeFactory.instance.stringNode(fact));
        });
        if (phone.policyVersion() < rule.acceptFrom() && !mayWithoutAccepting(caller, exchange)) {
            throw new MatrixException(
                    ErrorCode.ORG_LANYARD_POLICY_NOT_ACCEPTED,
                    "Your organisation's policy has changed. Read and accept it first; clinical conversations are"
                            + " open meanwhile.");
        }
    }

    private boolean mayWithoutAccepting(Caller caller, Exchange exchange) {
        return Identity.onlyReads(exchange)
                || exchange.path().equals("/_lanyard/v1/conversations")
                || exchange.path().startsWith("/_lanyard/v1/patients/")
                || inClinicalRoom.test(caller, exchange);
    }

    /// The first fact that is not known well enough.
    private static Optional<String> missing(HandsetRules rule, Known phone) {
        return rule.required().entrySet().stream()
                .filter(wanted ->
                        phone.facts().stream().noneMatch(fact -> meets(fact, wanted.getKey(), wanted.getValue())))
                .map(java.util.Map.Entry::getKey)
                .sorted()
                .findFirst();
    }

    private static boolean meets(Fact fact, String name, String least) {
        return fact.name().equals(name)
                && !DENIED.contains(fact.value().strip().toLowerCase(Locale.ROOT))
                && Provenance.find(least)
                        .filter(word -> fact.provenance().compareTo(word) >= 0)
                        .isPresent();
    }

    private Optional<Known> find(String handset) {
        return Optional.ofNullable(known.get(
                handset,
                id -> ground.database()
                        .read(tx -> store.find(tx, id)
                                .filter(phone -> !phone.ended())
                                .map(phone -> new Known(version(phone.handset()), facts.list(tx, id)))
                                .orElse(null))));
    }

    /// Older apps called the version by another name.
    private static int version(Handset handset) {
        return handset.policyVersion().matches("[0-9]{1,9}") ? Integer.parseInt(handset.policyVersion()) : 0;
    }
}
