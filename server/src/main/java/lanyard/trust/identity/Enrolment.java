package lanyard.trust.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;

/// Somebody's first day: with the code of an invitation they choose their second step, and before that they can do
/// nothing at all.
///
/// What could go wrong: whoever learns a password adds a second step of their own; an invitation is found years later;
/// an administrator makes one to get into an account. So an invitation is for people who have no second step and have
/// never signed in, by their organisation's provider either, and ends after two weeks or with the enrolment, and it is
/// checked again in the deed that enrols.
public final class Enrolment {
    private static final Duration INVITATION = Duration.ofDays(14);
    private static final Duration SESSION = Duration.ofMinutes(10);
    private static final int MOST = 10_000;
    private static final String ISSUER = "Lanyard";

    private final IdentityGround ground;
    private final SignIn signIn;
    private final Moderation moderation;
    private final SignInStore store = new SignInStore();
    private final CredentialStore credentials = new CredentialStore();
    /// By the session's hash: what was shown and is not confirmed yet.
    private final Cache<ByteBuffer, byte[]> shown =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(SESSION).build();

    Enrolment(IdentityGround ground, SignIn signIn, Moderation moderation) {
        this.ground = ground;
        this.signIn = signIn;
        this.moderation = moderation;
    }

    /// To be told to the person once, by somebody who knows them.
    public record Invitation(String code, Instant until) {
        @Override
        public String toString() {
            return "Invitation[hidden]";
        }
    }

    /// Errors: `M_FORBIDDEN` unless an administrator's, or when the person has a second step; `M_NOT_FOUND`;
    /// `ORG_LANYARD_STEP_UP`.
    public Invitation invite(Caller administrator, UserId user) {
        moderation.requireAdministrator(administrator);
        signIn.stepUp().require(administrator);
        var draft = draft();
        ground.writer().write(commit -> {
            var here = credentials
                    .find(commit.tx(), user)
                    .filter(known -> known.organization().equals(administrator.organization()) && !known.ended());
            if (here.isEmpty()) {
                throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such person here.");
            }
            requireNone(commit, user);
            draft.keep(commit, user);
            var by = administrator.user().value();
            ground.audit().record(commit, new AuditEntry("person.invited", by, user.value(), "", Json.object()));
            return user;
        });
        return draft.told();
    }

    /// Made before the deed that keeps it: hashing takes its time.
    Draft draft() {
        var code = Credentials.firstPassword(ground.random());
        return new Draft(
                new Invitation(code, ground.now().plus(INVITATION)),
                signIn.secrets().hashRandom(code));
    }

    record Draft(Invitation told, String hash) {
        void keep(Commit commit, UserId user) {
            new CredentialStore().invite(commit.tx(), user, hash, told.until());
        }

        @Override
        public String toString() {
            return "Draft[hidden]";
        }
    }

    /// Whether they have a second step.
    boolean hasEnrolled(Commit commit, UserId user) {
        return signIn.hasCode(commit.tx(), user) || signIn.secondStep().other().has(commit.tx(), user);
    }

    /// Who has shown an invitation's code in this session. Errors: `M_FORBIDDEN`.
    public UserId pending(String session) {
        var user = signIn.pending(session);
        if (!signIn.secondStep().ways(user).isEmpty() || !isInvited(user)) {
            throw none();
        }
        return user;
    }

    private boolean isInvited(UserId user) {
        return ground.database()
                .read(tx -> credentials.find(tx, user))
                .flatMap(CredentialStore.Known::invitedUntil)
                .filter(until -> until.isAfter(ground.now()))
                .isPresent();
    }

    /// A new secret for one-time codes, as text and as the address that authenticator apps read from a picture.
    record Offer(String secret, String address) {
        @Override
        public String toString() {
            return "Offer[hidden]";
        }
    }

    /// Shown once; nothing is kept until a code confirms it. Errors: `M_FORBIDDEN`.
    Offer offerCode(String session) {
        var user = pending(session);
        var secret = Totp.newSecret(ground.random());
        shown.put(key(session), secret);
        var text = Base32.encode(secret);
        var label = URLEncoder.encode(ISSUER + ":" + user.localpart(), StandardCharsets.UTF_8);
        return new Offer(text, "otpauth://totp/" + label + "?secret=" + text + "&issuer=" + ISSUER);
    }

    record Confirmation(String session, String code, String password, Optional<String> browser) {
        @Override
        public String toString() {
            return "Confirmation[hidden]";
        }
    }

    record Enrolled(SignIn.Passed passed, List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "Enrolled[hidden]";
        }
    }

    /// The first code from the new secret, and a password of the person's own. Errors: `M_FORBIDDEN`,
    /// `M_WEAK_PASSWORD`.
    Enrolled confirmCode(Confirmation given) {
        var session = given.session();
        var user = pending(session);
        var secret = Optional.ofNullable(shown.getIfPresent(key(session))).orElseThrow(SignIn::startAgain);
        signIn.requireStrong(user, given.password());
        var step = Totp.matchingStep(secret, given.code(), ground.now());
        if (step.isEmpty()) {
            wrongCode(session);
        }
        var kept = Credentials.seal(user, secret, ground.keys(), ground.random());
        var hash = signIn.secrets().hash(given.password());
        var paper = signIn.secondStep().paper(user);
        var passing = signIn.passing(user, given.browser());
        var passed = ground.writer().write(commit -> {
            done(commit, session, user);
            credentials.replace(commit.tx(), user, hash, Optional.of(kept));
            credentials.useStep(commit.tx(), user, step.orElseThrow());
            paper.keep(commit);
            return signIn.pass(commit, passing, "sign_in.passed");
        });
        shown.invalidate(key(session));
        return new Enrolled(passed, paper.codes());
    }

    private void wrongCode(String session) {
        var hash = new Token(session).hash();
        ground.writer().write(commit -> {
            store.countWrongCode(commit.tx(), hash);
            var tries = store.findSession(commit.tx(), hash, ground.now()).map(SignInStore.Session::wrongCodes);
            if (tries.filter(count -> count >= SignIn.CODES_PER_SESSION).isPresent()) {
                store.deleteSession(commit.tx(), hash);
            }
            return session;
        });
        throw new MatrixException(
                ErrorCode.M_FORBIDDEN, "That code is not right. Check the time on your phone, or wait for the next.");
    }

    /// Ends session and invitation, in the deed that enrols a second step. Errors: `M_FORBIDDEN` when there is one by
    /// now.
    public void done(Commit commit, String session, UserId user) {
        requireNone(commit, user);
        signIn.endSession(commit, session);
        credentials.endInvitation(commit.tx(), user);
        ground.audit()
                .record(commit, new AuditEntry("second_step.enrolled", user.value(), user.value(), "", Json.object()));
    }

    private void requireNone(Commit commit, UserId user) {
        if (hasEnrolled(commit, user)) {
            throw none();
        }
        if (credentials.hasSignedIn(commit.tx(), user)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "This person has signed in before, with their organisation's own sign-in: no invitation is made for"
                            + " them.");
        }
    }

    private static ByteBuffer key(String session) {
        return ByteBuffer.wrap(new Token(session).hash());
    }

    private static MatrixException none() {
        return new MatrixException(
                ErrorCode.M_FORBIDDEN,
                "This account has its second step already, or no invitation that is still good.");
    }
}
