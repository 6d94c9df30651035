package lanyard.trust.identity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;

/// The second step: a code from the authenticator, or one from paper. It cannot be turned off: nothing in this class or
/// around it lets somebody through without.
final class SecondStep {
    private final IdentityGround ground;
    private final Failures failures;
    private final CredentialStore store = new CredentialStore();
    private volatile OtherFactor other = OtherFactor.NONE;

    SecondStep(IdentityGround ground, Failures failures) {
        this.ground = ground;
        this.failures = failures;
    }

    void use(OtherFactor factor) {
        other = factor;
    }

    OtherFactor other() {
        return other;
    }

    /// What somebody can prove themselves by, the best first.
    List<String> ways(UserId user) {
        var ways = new ArrayList<String>();
        if (ground.database().read(tx -> other.has(tx, user))) {
            ways.add("passkey");
        }
        if (ground.database()
                .read(tx -> store.find(tx, user))
                .flatMap(CredentialStore.Known::totp)
                .isPresent()) {
            ways.add("totp");
        }
        return ways;
    }

    /// What became of a try. Returned, not thrown, because the count of a wrong try must be kept.
    sealed interface Outcome {
        record Right(boolean fromPaper) implements Outcome {}

        record Refused(String sentence) implements Outcome {}

        record TooSoon(Duration remaining) implements Outcome {}
    }

    /// A code that somebody typed, with the secret it is to be compared with: made before the deed, as opening the
    /// secret may touch the disk.
    ///
    /// @param secret of the one-time codes; empty for people who have none, and where they are not asked for
    /// @param paper what the codes on paper are hashed with; none where they are not allowed
    record Typed(UserId user, Optional<byte[]> secret, List<byte[]> paper, String code) {}

    /// Key names stand in clear, so the id is random and says nothing about the person.
    static KeyName keyOf(String id) {
        return new KeyName("totp", id);
    }

    static byte[] associated(UserId user) {
        return new Token("totp secret of " + user.value()).hash();
    }

    /// Errors: `M_FORBIDDEN` when the person has no second step yet.
    Typed typed(UserId user, String code, boolean paperAllowed) {
        var secret = ground.database()
                .read(tx -> store.find(tx, user))
                .flatMap(CredentialStore.Known::totp)
                .map(kept -> ground.keys().key(keyOf(kept.key())).open(kept.sealed(), associated(user)));
        var paper = new ArrayList<byte[]>();
        if (paperAllowed) {
            paperKey(user).ifPresent(paper::add);
            secret.ifPresent(paper::add);
        }
        if (secret.isEmpty() && paper.isEmpty()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Your account has no second step yet. Ask your IT service desk.");
        }
        return new Typed(user, secret, paper, code);
    }

    /// A code from paper alone. Empty for people who have none.
    Optional<Typed> typedFromPaper(UserId user, String code) {
        return paperKey(user).map(key -> new Typed(user, Optional.empty(), List.of(key), code));
    }

    private Optional<byte[]> paperKey(UserId user) {
        return ground.database()
                .read(tx -> store.recoveryKey(tx, user))
                .map(id -> PaperCodes.hashingKey(ground.keys(), id));
    }

    /// Ten new codes for paper, ready for the deed: a new key touches the disk.
    PaperCodes paper(UserId user) {
        var known = ground.database().read(tx -> store.recoveryKey(tx, user));
        return PaperCodes.fresh(user, known, ground);
    }

    /// Tries the code within the deed that its success is part of.
    Outcome use(Commit commit, Typed typed, Failures.Account account) {
        var wait = failures.wait(commit.tx(), account);
        if (wait.isPositive()) {
            return new Outcome.TooSoon(wait);
        }
        var outcome = tried(commit, typed);
        if (outcome instanceof Outcome.Right) {
            failures.forget(commit.tx(), account);
        } else {
            failures.count(commit, account, true);
        }
        return outcome;
    }

    private Outcome tried(Commit commit, Typed typed) {
        var step = Totp.looksLikeCode(typed.code()) && typed.secret().isPresent()
                ? Totp.matchingStep(typed.secret().get(), typed.code(), ground.now())
                : OptionalLong.empty();
        if (step.isPresent()) {
            return store.useStep(commit.tx(), typed.user(), step.getAsLong())
                    ? new Outcome.Right(false)
                    : new Outcome.Refused("That code has been used. Wait for the next one.");
        }
        var paper = RecoveryCodes.normalise(typed.code());
        if (paper.isPresent()
                && typed.paper().stream()
                        .map(key -> RecoveryCodes.hash(key, paper.get()))
                        .anyMatch(hash -> store.useRecoveryCode(commit.tx(), typed.user(), hash, ground.now()))) {
            return new Outcome.Right(true);
        }
        return new Outcome.Refused("That code is not right. Check the time on your phone, or wait for the next code.");
    }

    int recoveryCodesLeft(Commit commit, UserId user) {
        return store.recoveryCodesLeft(commit.tx(), user);
    }

    /// The refusal to throw once the deed is committed.
    static void requireRight(Outcome outcome) {
        switch (outcome) {
            case Outcome.Right _ -> {}
            case Outcome.Refused(var sentence) -> throw new MatrixException(ErrorCode.M_FORBIDDEN, sentence);
            case Outcome.TooSoon(var remaining) -> throw Failures.tooSoon(remaining);
        }
    }
}
