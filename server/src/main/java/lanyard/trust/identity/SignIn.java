package lanyard.trust.identity;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Secrets;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;

/// Signing in, in two steps: a password, then a code. What comes out is a one-use token that a client turns into a
/// device of its own.
///
/// What could go wrong: somebody learns who works here, guesses a password or a code, uses a code seen over a shoulder,
/// or locks a colleague out. The principles: one wording and one duration for an unknown name and a wrong password;
/// tries are counted before they are answered; a code works once; counting costs time and never the account.
public final class SignIn {
    private static final Duration SESSION = Duration.ofMinutes(10);
    private static final int SHORTEST_PASSWORD = 12;
    private static final int LONGEST_PASSWORD = 512;
    static final int CODES_PER_SESSION = 5;

    private final IdentityGround ground;
    private final Secrets secrets;
    private final Failures failures;
    private final Sources sources;
    private final SecondStep secondStep;
    private final People people;
    private final Devices devices;
    private final LoginTokens loginTokens;
    private final OneAtATime turns = new OneAtATime();
    private final SignInStore store = new SignInStore();
    private final CredentialStore credentials = new CredentialStore();

    private final StepUp stepUp;

    SignIn(IdentityGround ground, boolean conformance, People people, Devices devices) {
        this.ground = ground;
        this.secrets = ground.secrets();
        this.failures = new Failures(ground, !conformance);
        this.sources = new Sources(ground, !conformance);
        this.secondStep = new SecondStep(ground, failures);
        this.stepUp = new StepUp(ground, conformance, secondStep);
        this.loginTokens = new LoginTokens(ground);
        this.people = people;
        this.devices = devices;
    }

    /// A name and a password, as typed in a browser that somebody may have signed in with before.
    ///
    /// @param source the address it comes from
    public record Attempt(
            Organization organization, String user, String password, Optional<String> browser, String source) {
        /// The user id meant, if it can be one: a name alone or the whole id.
        Optional<UserId> meant() {
            var typed = user.strip().toLowerCase(Locale.ROOT);
            var id = typed.startsWith("@") ? typed : "@" + typed + ":" + organization.serverName();
            return UserId.isValid(id) ? Optional.of(new UserId(id)) : Optional.empty();
        }

        @Override
        public String toString() {
            return "Attempt[hidden]";
        }
    }

    /// Somebody who has given the right password and now needs a second step.
    ///
    /// @param ways what they have, the best first: `passkey`, `totp`
    public record Pending(String session, List<String> ways) {
        public Pending {
            ways = List.copyOf(ways);
        }

        @Override
        public String toString() {
            return "Pending[hidden]";
        }
    }

    /// Somebody who has passed both steps.
    ///
    /// @param browser to be kept by the browser, so that it is known next time
    public record Passed(UserId user, String loginToken, int recoveryCodesLeft, String browser) {
        @Override
        public String toString() {
            return "Passed[" + user + ", hidden]";
        }
    }

    /// The first step. Errors: `M_FORBIDDEN`, `M_LIMIT_EXCEEDED`, `M_USER_DEACTIVATED`, `M_USER_LOCKED`.
    public Pending password(Attempt attempt) {
        var user = passwordIsRight(attempt);
        var session = Token.fresh(Token.SIGN_IN_SESSION, ground.random());
        var expires = ground.now().plus(SESSION);
        ground.writer().write(commit -> {
            store.addSession(commit.tx(), session.hash(), user, expires);
            return user;
        });
        return new Pending(session.value(), secondStep.ways(user));
    }

    /// The second step, by code. Errors: `M_FORBIDDEN` for a wrong, used or late code, `M_LIMIT_EXCEEDED`.
    public Passed secondStep(String session, String code, Optional<String> browser) {
        var typed = secondStep.typed(pending(session), code, true);
        var passing = passing(typed.user(), browser);
        var tried = ground.writer().write(commit -> {
            var outcome = useInSession(commit, session, typed, passing.account());
            var passed = Optional.<Passed>empty();
            if (outcome instanceof SecondStep.Outcome.Right right) {
                passed = Optional.of(
                        pass(commit, passing, right.fromPaper() ? "sign_in.recovery_code_used" : "sign_in.passed"));
            }
            return new Tried(outcome, passed);
        });
        SecondStep.requireRight(tried.outcome());
        return tried.passed().orElseThrow();
    }

    /// With a code from paper, for people who have no password. Errors: as [#password].
    Passed byPaper(Attempt attempt) {
        return new PaperSignIn(ground, this).pass(attempt);
    }

    private record Tried(SecondStep.Outcome outcome, Optional<Passed> passed) {}

    /// Who has given the right password in this session, and may take the second step. Errors: `M_FORBIDDEN`.
    public UserId pending(String session) {
        return ground.database()
                .read(tx -> store.findSession(tx, new Token(session).hash(), ground.now()))
                .orElseThrow(SignIn::startAgain)
                .user();
    }

    /// Uses the session up. Errors: `M_FORBIDDEN` when that was done before or it is late.
    public void endSession(Commit commit, String session) {
        var hash = new Token(session).hash();
        if (store.findSession(commit.tx(), hash, ground.now()).isEmpty()) {
            throw startAgain();
        }
        store.deleteSession(commit.tx(), hash);
    }

    /// Makes ready for [#pass]. Errors: `M_USER_DEACTIVATED`, `M_USER_LOCKED`.
    public Passing passing(UserId user, Optional<String> browser) {
        ground.database().read(tx -> admitted(tx, user));
        return new Passing(
                user,
                account(user.value(), browser, Optional.of(user)),
                Token.fresh(Token.LOGIN_TOKEN, ground.random()),
                Token.fresh(Token.KNOWN_BROWSER, ground.random()),
                browser);
    }

    /// Both steps are passed: to be called in the deed that made sure of that, with the word for the audit.
    /// Errors: `M_USER_DEACTIVATED`, `M_USER_LOCKED` for who left or was locked since.
    public Passed pass(Commit commit, Passing passing, String action) {
        Admission.require(commit.tx(), passing.user());
        loginTokens.keep(commit, passing);
        remember(commit, passing);
        audit(commit, action, passing.user());
        var codes = secondStep.recoveryCodesLeft(commit, passing.user());
        return new Passed(passing.user(), passing.loginToken().value(), codes, passing.browserToKeep());
    }

    /// A session is good for one right code or five wrong ones.
    private SecondStep.Outcome useInSession(
            Commit commit, String session, SecondStep.Typed typed, Failures.Account account) {
        var hash = new Token(session).hash();
        var wrong = store.findSession(commit.tx(), hash, ground.now());
        if (wrong.isEmpty() || wrong.get().wrongCodes() >= CODES_PER_SESSION) {
            return new SecondStep.Outcome.Refused(startAgain().sentence());
        }
        var outcome = secondStep.use(commit, typed, account);
        switch (outcome) {
            case SecondStep.Outcome.Right _ -> store.deleteSession(commit.tx(), hash);
            case SecondStep.Outcome.Refused _ -> store.countWrongCode(commit.tx(), hash);
            case SecondStep.Outcome.TooSoon _ -> {}
        }
        return outcome;
    }

    private void remember(Commit commit, Passing passing) {
        var known = passing.account().knownBrowser();
        if (known.isPresent()) {
            store.browserUsed(commit.tx(), known.get(), ground.now());
        } else {
            store.addBrowser(commit.tx(), passing.newBrowser().hash(), passing.user(), ground.now());
        }
    }

    /// Turns a login token into a device. Errors: `M_FORBIDDEN` when the token is unknown, late or used.
    public NewSession login(String loginToken, DeviceRequest request) {
        var prepared = devices.prepare(request);
        return ground.writer()
                .write(commit -> loginTokens.use(commit, loginToken).map(user -> device(commit, user, prepared)))
                .orElseThrow(LoginTokens::tooLate);
    }

    /// Conformance mode only: a device for a password, without a second step.
    NewSession loginWithPassword(Attempt attempt, DeviceRequest request) {
        var user = passwordIsRight(attempt);
        var prepared = devices.prepare(request);
        return ground.writer().write(commit -> device(commit, user, prepared));
    }

    NewSession device(Commit commit, UserId user, Devices.Prepared prepared) {
        people.signedIn(commit, user);
        return devices.signIn(commit, user, prepared);
    }

    LoginTokens loginTokens() {
        return loginTokens;
    }

    StepUp stepUp() {
        return stepUp;
    }

    SecondStep secondStep() {
        return secondStep;
    }

    /// Whether somebody has a secret for one-time codes.
    public boolean hasCode(Tx tx, UserId user) {
        return credentials.find(tx, user).flatMap(CredentialStore.Known::totp).isPresent();
    }

    /// Asks somebody who is signed in for a fresh code. Errors: as [#secondStep].
    void stepUp(Caller caller, String code) {
        var typed = secondStep.typed(caller.user(), code, false);
        var account = Failures.Account.fromAnywhere(caller.user());
        SecondStep.requireRight(ground.writer().write(commit -> secondStep.use(commit, typed, account)));
    }

    /// Ten new codes for paper; the old ones no longer work. Errors: as [StepUp#require].
    public List<String> newRecoveryCodes(Caller caller) {
        stepUp.require(caller);
        var paper = secondStep.paper(caller.user());
        ground.writer().write(commit -> {
            paper.keep(commit);
            audit(commit, "recovery_codes.replaced", caller.user());
            return paper;
        });
        return paper.codes();
    }

    /// Ten codes for somebody who has none, ready to be kept in the deed that gives them their first factor. Empty for
    /// who has some.
    public Optional<PaperCodes> paperFor(UserId user) {
        return ground.database().read(tx -> credentials.recoveryCodesLeft(tx, user)) == 0
                ? Optional.of(secondStep.paper(user))
                : Optional.empty();
    }

    /// Gives somebody a new password and second step; browsers known before are strangers again.
    public void giveCredentials(Commit commit, UserId user, Credentials fresh) {
        credentials.replace(commit.tx(), user, fresh.passwordHash(), fresh.sealedTotp());
        store.forgetBrowsers(commit.tx(), user);
        audit(commit, "credentials.replaced", user);
    }

    /// A password of one's own choosing; browsers known before are strangers again, and so, unless they are to stay,
    /// are
    /// the person's other devices. Errors: `M_WEAK_PASSWORD`.
    public void changePassword(Caller caller, String password, boolean othersStay) {
        requireStrong(caller.user(), password);
        var hash = secrets.hash(password);
        var others = devices.list(caller.user()).stream()
                .map(Device::id)
                .filter(device -> !othersStay && !device.equals(caller.device()))
                .toList();
        ground.writer().write(commit -> {
            credentials.putPassword(commit.tx(), caller.user(), hash);
            store.forgetBrowsers(commit.tx(), caller.user());
            devices.remove(commit, caller.user(), others, RemovedDevice.Why.SIGNED_OUT_EVERYWHERE);
            audit(commit, "password.changed", caller.user());
            return others;
        });
    }

    /// Errors: `M_WEAK_PASSWORD`.
    void requireStrong(UserId user, String password) {
        if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
            throw new MatrixException(
                    ErrorCode.M_WEAK_PASSWORD,
                    "Choose a password of at least " + SHORTEST_PASSWORD
                            + " characters: three or four words are good.");
        }
        if (CommonPasswords.isCommon(password, CommonPasswords.namesOf(people.get(user)))) {
            throw new MatrixException(
                    ErrorCode.M_WEAK_PASSWORD,
                    "That is among the passwords that are tried first. Choose three or four words that have nothing to"
                            + " do with each other or with you.");
        }
    }

    Secrets secrets() {
        return secrets;
    }

    void sweep() {
        ground.database().write(tx -> {
            store.sweep(tx, ground.now());
            return true;
        });
    }

    /// Compares outside any deed, as it takes its time, and one try at a time for each account, so that many at once do
    /// not slip past the count.
    UserId passwordIsRight(Attempt attempt) {
        return inTurn(attempt, (account, wrong) -> compared(attempt, account, wrong));
    }

    interface Try<T> {
        /// Sets `wrong` when what was typed is not right.
        T on(Failures.Account account, AtomicBoolean wrong);
    }

    /// Errors: `M_LIMIT_EXCEEDED` when the account or the address must wait.
    <T> T inTurn(Attempt attempt, Try<T> one) {
        var meant = attempt.meant();
        var name = meant.map(UserId::value).orElseGet(() -> "?" + attempt.user());
        var account = account(name, attempt.browser(), meant);
        sources.take(attempt.source(), account);
        var wrong = new AtomicBoolean();
        try {
            return turns.inTurn(account.name(), () -> {
                var wait = ground.database().read(tx -> failures.wait(tx, account));
                if (wait.isPositive()) {
                    throw Failures.tooSoon(wait);
                }
                return one.on(account, wrong);
            });
        } finally {
            if (!wrong.get()) {
                sources.giveBack(attempt.source(), account);
            }
        }
    }

    private UserId compared(Attempt attempt, Failures.Account account, AtomicBoolean wrong) {
        var known = attempt.meant().flatMap(user -> ground.database().read(tx -> credentials.find(tx, user)));
        if (!isRight(known, attempt.password())) {
            wrong.set(true);
            countWrong(account, known.isPresent());
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "The user name or the password is not right.");
        }
        var user = known.orElseThrow().user();
        ground.database().read(tx -> admitted(tx, user));
        return user;
    }

    void countWrong(Failures.Account account, boolean isSomebodys) {
        ground.writer().write(commit -> {
            failures.count(commit, account, isSomebodys);
            return account;
        });
    }

    private boolean isRight(Optional<CredentialStore.Known> known, String password) {
        var hash = known.filter(one -> !one.isInvitedNoMore(ground.now())).flatMap(CredentialStore.Known::passwordHash);
        if (hash.isEmpty()) {
            secrets.verifyNothing(password);
            return false;
        }
        return secrets.verify(password, hash.get());
    }

    private static UserId admitted(Tx tx, UserId user) {
        Admission.require(tx, user);
        return user;
    }

    private Failures.Account account(String name, Optional<String> browser, Optional<UserId> user) {
        var hash = browser.map(Token::new).filter(token -> !token.isAbsurd()).map(Token::hash);
        var known = hash.filter(h ->
                user.isPresent() && ground.database().read(tx -> store.isKnownBrowser(tx, h, user.get())));
        return new Failures.Account(name, known);
    }

    private void audit(Commit commit, String action, UserId user) {
        ground.audit().record(commit, new AuditEntry(action, user.value(), user.value(), "", Json.object()));
    }

    static MatrixException startAgain() {
        return new MatrixException(ErrorCode.M_FORBIDDEN, "This sign-in took too long. Start again.");
    }
}
