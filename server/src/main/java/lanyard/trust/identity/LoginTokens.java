package lanyard.trust.identity;

import java.time.Duration;
import java.util.Optional;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;

/// The one-use tokens that stand for somebody who has just passed both steps.
///
/// What could go wrong: a page that exchanges each for the next keeps a borrowed browser signed in for good. So all of
/// them end a quarter of an hour after both steps were passed.
final class LoginTokens {
    private static final Duration GOOD = Duration.ofMinutes(2);
    static final Duration LONGEST_VISIT = Duration.ofMinutes(15);

    private final IdentityGround ground;
    private final SignInStore store = new SignInStore();

    LoginTokens(IdentityGround ground) {
        this.ground = ground;
    }

    void keep(Commit commit, Passing passing) {
        var shown = new SignInStore.Shown(passing.user(), ground.now());
        store.addLoginToken(
                commit.tx(), passing.loginToken().hash(), shown, ground.now().plus(GOOD));
    }

    /// Whom a login token stands for; it is used up. Errors: `M_USER_DEACTIVATED`, `M_USER_LOCKED`.
    Optional<UserId> use(Commit commit, String loginToken) {
        return shown(commit, loginToken).map(SignInStore.Shown::user);
    }

    private Optional<SignInStore.Shown> shown(Commit commit, String loginToken) {
        var shown = store.useLoginToken(commit.tx(), new Token(loginToken).hash(), ground.now());
        shown.ifPresent(found -> Admission.require(commit.tx(), found.user()));
        return shown;
    }

    /// For somebody who has passed both steps elsewhere.
    String give(Commit commit, UserId user) {
        return give(commit, new SignInStore.Shown(user, ground.now()));
    }

    private String give(Commit commit, SignInStore.Shown shown) {
        var token = Token.fresh(Token.LOGIN_TOKEN, ground.random());
        var usual = ground.now().plus(GOOD);
        var last = shown.passedAt().plus(LONGEST_VISIT);
        store.addLoginToken(commit.tx(), token.hash(), shown, usual.isBefore(last) ? usual : last);
        return token.value();
    }

    /// Uses a login token up and gives the next, which ends with the visit. Errors: `M_FORBIDDEN`, and as [#use].
    AppSessions.Visitor visit(Commit commit, String loginToken) {
        var shown = shown(commit, loginToken).orElseThrow(LoginTokens::tooLate);
        return new AppSessions.Visitor(shown.user(), give(commit, shown));
    }

    static MatrixException tooLate() {
        return new MatrixException(
                ErrorCode.M_FORBIDDEN, "That sign-in took too long or was used already. Sign in again.");
    }
}
