package lanyard.trust.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.node.ObjectNode;

/// Asks for fresh proof of who it is before a deed that a phone left open must not be enough for: wiping, adding a
/// phone,
/// changing factors, changing what the organisation has decided.
///
/// What could go wrong: a proof given on one phone opens another, or opens this one for hours. So it counts for one
/// device and for five minutes. A sign-in with two steps on the device is such a proof. Other apps have none to give:
/// these deeds are done in our own.
public final class StepUp {
    public static final Duration FRESH = Duration.ofMinutes(5);

    /// How long a proof counts for a signature on a decision: a ward round is not a chain of fingerprints.
    public static final Duration SIGNING = Duration.ofMinutes(15);

    private static final Duration WATCHED_AFTER_WIPE = Duration.ofDays(30);

    private final IdentityGround ground;
    private final boolean conformance;
    private final SecondStep secondStep;
    private final DeviceStore store = new DeviceStore();
    private volatile Predicate<Caller> elsewhere = _ -> false;

    StepUp(IdentityGround ground, boolean conformance, SecondStep secondStep) {
        this.ground = ground;
        this.conformance = conformance;
        this.secondStep = secondStep;
    }

    /// Errors: 401 `ORG_LANYARD_STEP_UP`, with the ways to prove oneself, unless they did so within five minutes;
    /// `M_FORBIDDEN` to another app.
    public void require(Caller caller) {
        require(caller, FRESH);
    }

    /// As [#require], for signing what goes to the health record: proof of the last fifteen minutes counts.
    public void requireForSigning(Caller caller) {
        require(caller, SIGNING);
    }

    private void require(Caller caller, Duration window) {
        if (conformance) {
            return;
        }
        requireOwnApp(caller);
        if (!isFresh(caller, window)) {
            throw refusal(caller);
        }
    }

    /// For a month after a phone was wiped, whoever reads the backup of keys on a device made since proves themselves:
    /// an old recovery key that was lost with the phone is not enough. Errors: `ORG_LANYARD_STEP_UP`.
    public void requireAfterWipe(Caller caller) {
        var since = ground.now().minus(WATCHED_AFTER_WIPE);
        if (!conformance
                && ground.database().read(tx -> store.isYoungerThanWipe(tx, caller.user(), caller.device(), since))
                && !isFresh(caller)) {
            throw refusal(caller);
        }
    }

    /// `seen` knows of proofs that were given elsewhere: in the console, which has no device.
    public void alsoBy(Predicate<Caller> seen) {
        elsewhere = seen;
    }

    boolean isFresh(Caller caller) {
        return isFresh(caller, FRESH);
    }

    private boolean isFresh(Caller caller, Duration window) {
        if (elsewhere.test(caller)) {
            return true;
        }
        var end = ground.now().minus(window);
        return ground.database()
                .read(tx -> store.provenAt(tx, caller.user(), caller.device()))
                .filter(proven -> proven.isAfter(end))
                .isPresent();
    }

    /// By a code from the authenticator; none from paper. Answers until when it counts. Errors: `M_FORBIDDEN`,
    /// `M_LIMIT_EXCEEDED`.
    public Instant byCode(Caller caller, String code) {
        requireOwnApp(caller);
        var typed = secondStep.typed(caller.user(), code, false);
        var account = Failures.Account.fromAnywhere(caller.user());
        SecondStep.requireRight(ground.writer().write(commit -> {
            var outcome = secondStep.use(commit, typed, account);
            if (outcome instanceof SecondStep.Outcome.Right) {
                proven(commit, caller);
            }
            return outcome;
        }));
        return ground.now().plus(FRESH);
    }

    /// Somebody has proved themselves on this device, by other means than a code: in the deed that made sure of it.
    public Instant proven(Commit commit, Caller caller) {
        var now = ground.now();
        store.provenAgain(commit.tx(), caller.user(), caller.device(), now);
        return now.plus(FRESH);
    }

    /// Errors: `M_FORBIDDEN`.
    public void requireOwnApp(Caller caller) {
        if (caller.app().isPresent()) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "This is done in Lanyard's own app only.");
        }
    }

    /// By passkey, as [#byCode].
    Instant byPasskey(Caller caller, ObjectNode credential) {
        requireOwnApp(caller);
        return secondStep.other().stepUp(caller, credential);
    }

    private MatrixException refusal(Caller caller) {
        var flows = Json.object().arrayNode();
        secondStep
                .ways(caller.user())
                .forEach(way -> flows.addObject().putArray("stages").add("org.lanyard." + way));
        return new MatrixException(ErrorCode.ORG_LANYARD_STEP_UP, "Show first that it is you: by passkey or by code.")
                .with("flows", flows);
    }
}
