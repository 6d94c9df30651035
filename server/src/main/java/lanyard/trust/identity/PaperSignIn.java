package lanyard.trust.identity;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;

/// Signing in with a code from paper on the day the passkey is lost, for people who have no password. For everybody
/// else such a code is the second step after the password, and nothing here lets them in.
///
/// What could go wrong: somebody tries codes, or learns by trying who works here. A code has 60 random bits and works
/// once; tries are counted as wrong passwords are; and each takes as long as a password does, whoever it is for.
final class PaperSignIn {
    private final IdentityGround ground;
    private final SignIn signIn;
    private final CredentialStore credentials = new CredentialStore();

    PaperSignIn(IdentityGround ground, SignIn signIn) {
        this.ground = ground;
        this.signIn = signIn;
    }

    /// Errors: `M_FORBIDDEN`, `M_LIMIT_EXCEEDED`; once the code was right, `M_USER_DEACTIVATED` and `M_USER_LOCKED`.
    SignIn.Passed pass(SignIn.Attempt attempt) {
        signIn.secrets().verifyNothing(attempt.password());
        return signIn.inTurn(attempt, (account, wrong) -> tried(attempt, account, wrong));
    }

    private SignIn.Passed tried(SignIn.Attempt attempt, Failures.Account account, AtomicBoolean wrong) {
        var typed = attempt.meant()
                .filter(this::hasNoPassword)
                .flatMap(user -> signIn.secondStep().typedFromPaper(user, attempt.password()));
        if (typed.isEmpty()) {
            wrong.set(true);
            signIn.countWrong(account, false);
            throw notRight();
        }
        var passing = new Passing(
                typed.get().user(),
                account,
                Token.fresh(Token.LOGIN_TOKEN, ground.random()),
                Token.fresh(Token.KNOWN_BROWSER, ground.random()),
                attempt.browser());
        var passed = ground.writer().write(commit -> {
            var outcome = signIn.secondStep().use(commit, typed.get(), account);
            return outcome instanceof SecondStep.Outcome.Right
                    ? Optional.of(signIn.pass(commit, passing, "sign_in.recovery_code_used"))
                    : Optional.<SignIn.Passed>empty();
        });
        wrong.set(passed.isEmpty());
        return passed.orElseThrow(PaperSignIn::notRight);
    }

    private boolean hasNoPassword(UserId user) {
        return ground.database()
                .read(tx -> credentials.find(tx, user))
                .filter(known -> known.passwordHash().isEmpty())
                .isPresent();
    }

    private static MatrixException notRight() {
        return new MatrixException(ErrorCode.M_FORBIDDEN, "The user name or the code is not right.");
    }
}
