package lanyard.trust.passkey;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.db.Tx;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;
import lanyard.trust.identity.IdentitySettings;
import lanyard.trust.identity.OtherFactor;
import lanyard.trust.identity.PaperCodes;
import tools.jackson.databind.node.ObjectNode;

/// People's passkeys. Each is two factors: the authenticator somebody has, and the finger, face or PIN by which it
/// knows
/// them. <https://www.w3.org/TR/webauthn-3/>
///
/// What could go wrong: an answer is replayed, or given to another site or for another deed; an authenticator signs for
/// whoever holds it; a copied key is used beside the real one; somebody is talked into giving up their last second
/// step.
/// The principles: each challenge is for one purpose, once, for five minutes; the person is always checked; a counter
/// that does not rise is refused and put on record; the last second step stays.
public final class Passkeys implements Feature, OtherFactor {
    private static final int MOST_PER_PERSON = 20;
    private static final int HANDLE_BYTES = 32;

    private final IdentityGround ground;
    private final Identity identity;
    private final IdentitySettings settings;
    private final Authenticators authenticators;
    private final PublicKeyOptions options;
    private final Challenges challenges;
    private final PasskeyStore store = new PasskeyStore();
    private final List<BiConsumer<Commit, Passkey>> whenRemoved = new CopyOnWriteArrayList<>();
    private final List<Runnable> afterRemoved = new CopyOnWriteArrayList<>();

    public Passkeys(IdentityGround ground, Identity identity, IdentitySettings settings) {
        this.ground = ground;
        this.identity = identity;
        this.settings = settings;
        authenticators = new Authenticators(settings.publicUrl());
        options = new PublicKeyOptions(authenticators.rpId());
        challenges = new Challenges(ground.random());
        identity.use(this);
    }

    /// Oldest first.
    public List<Passkey> list(UserId user) {
        return ground.database().read(tx -> store.list(tx, user));
    }

    public Optional<Passkey> find(String id) {
        return ground.database().read(tx -> store.find(tx, id)).map(PasskeyStore.Known::passkey);
    }

    @Override
    public boolean has(Tx tx, UserId user) {
        return store.count(tx, user) > 0;
    }

    /// What to ask the browser for a new passkey.
    ObjectNode askForNew(Purpose purpose, UserId user) {
        var fresh = new byte[HANDLE_BYTES];
        ground.random().nextBytes(fresh);
        var handle = ground.writer().write(commit -> store.handle(commit.tx(), user, fresh));
        var shown = identity.people().get(user).displayName();
        var owner = new PublicKeyOptions.Owner(handle, user.localpart(), shown);
        return options.creation(challenges.fresh(purpose, ground.now()), owner, list(user));
    }

    /// A new passkey that has been checked and is not kept yet.
    record Fresh(Passkey passkey, PasskeyStore.Credential credential) {}

    /// Errors: `M_INVALID_PARAM`, `M_FORBIDDEN`.
    Fresh checkNew(Purpose purpose, UserId user, String name, ObjectNode credential) {
        var data = authenticators.registration(credential);
        var challenge = useChallenge(Authenticators.challenge(data.getCollectedClientData()), purpose);
        var checked = authenticators.check(data, challenge);
        var transports = Authenticators.transports(Json.objectField(credential, "response"));
        var passkey =
                new Passkey(checked.id(), user, name, checked.backedUp(), transports, ground.now(), Optional.empty());
        return new Fresh(passkey, checked);
    }

    /// Errors: `M_FORBIDDEN` when it is known already, `M_RESOURCE_LIMIT_EXCEEDED`.
    void add(Commit commit, Fresh fresh) {
        var user = fresh.passkey().user();
        if (store.count(commit.tx(), user) >= MOST_PER_PERSON) {
            throw new MatrixException(
                    ErrorCode.M_RESOURCE_LIMIT_EXCEEDED, "You have too many passkeys. Remove one first.");
        }
        if (!store.add(commit.tx(), fresh.passkey(), fresh.credential())) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "That passkey is known already.");
        }
        audit(commit, "passkey.added", fresh.passkey());
    }

    /// With codes for paper beside it, for somebody who has none.
    void addNow(Fresh fresh, Optional<PaperCodes> paper) {
        ground.writer().write(commit -> {
            add(commit, fresh);
            paper.ifPresent(codes -> codes.keep(commit));
            return fresh;
        });
    }

    /// What to ask the browser for, so that one of these passkeys shows who is there; of anybody's when there are none.
    public ObjectNode ask(Purpose purpose, List<Passkey> allowed) {
        return options.request(challenges.fresh(purpose, ground.now()), allowed);
    }

    /// What to ask somebody for. Errors: `M_NOT_FOUND` when they have no passkey.
    public ObjectNode ask(Purpose purpose, UserId user) {
        var theirs = list(user);
        if (theirs.isEmpty()) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "You have no passkey yet.");
        }
        return ask(purpose, theirs);
    }

    /// Somebody has shown a passkey; nothing counts until [#use] says so.
    public record Assertion(UserId user, String passkey, long signCount, boolean backedUp) {}

    /// Errors: `M_INVALID_PARAM`, `M_FORBIDDEN`.
    public Assertion check(Purpose purpose, ObjectNode credential) {
        var data = authenticators.assertion(credential);
        var challenge = useChallenge(Authenticators.challenge(data.getCollectedClientData()), purpose);
        var known = ground.database()
                .read(tx -> store.find(tx, Authenticators.encoded(data.getCredentialId())))
                .orElseThrow(Passkeys::unknown);
        var handle = data.getUserHandle();
        if (handle == null ? purpose.isOfAnybody() : !MessageDigest.isEqual(handle, known.handle())) {
            throw unknown();
        }
        authenticators.check(data, known.credential(), challenge);
        var authenticator = data.getAuthenticatorData();
        return new Assertion(
                known.passkey().user(), known.passkey().id(), authenticator.getSignCount(), authenticator.isFlagBS());
    }

    /// In the deed that it is for. False when its counter has gone back: the deed ends there without throwing, so that
    /// the audit keeps it, and answers with [#copied].
    public boolean use(Commit commit, Assertion assertion) {
        var id = assertion.passkey();
        if (store.used(commit.tx(), id, assertion.signCount(), assertion.backedUp(), ground.now())) {
            return true;
        }
        store.find(commit.tx(), id).ifPresent(known -> audit(commit, "passkey.counter_went_back", known.passkey()));
        return false;
    }

    /// The refusal after [#use].
    public static MatrixException copied() {
        return new MatrixException(
                ErrorCode.M_FORBIDDEN,
                "That passkey's counter went back, so there may be a copy of it. Tell your IT service desk.");
    }

    @Override
    public Instant stepUp(Caller caller, ObjectNode credential) {
        var assertion = check(Purpose.stepUp(caller), credential);
        requireOf(caller.user(), assertion);
        return ground.writer()
                .write(commit -> use(commit, assertion)
                        ? Optional.of(identity.stepUp().proven(commit, caller))
                        : Optional.<Instant>empty())
                .orElseThrow(Passkeys::copied);
    }

    /// Errors: `M_FORBIDDEN`.
    public static void requireOf(UserId user, Assertion assertion) {
        if (!assertion.user().equals(user)) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "That is another person's passkey.");
        }
    }

    /// Errors: `M_NOT_FOUND`.
    void rename(UserId user, String id, String name) {
        ground.writer().write(commit -> {
            if (!store.rename(commit.tx(), user, id, name)) {
                throw notYours();
            }
            return id;
        });
    }

    /// Errors: `M_NOT_FOUND`; `M_FORBIDDEN` when nothing else would be left to sign in with.
    void remove(UserId user, String id) {
        ground.writer().write(commit -> {
            var passkey = store.find(commit.tx(), id)
                    .map(PasskeyStore.Known::passkey)
                    .filter(known -> known.user().equals(user))
                    .orElseThrow(Passkeys::notYours);
            if (store.count(commit.tx(), user) == 1 && !identity.signIn().hasCode(commit.tx(), user)) {
                throw new MatrixException(
                        ErrorCode.M_FORBIDDEN,
                        "This is your last second step, and nobody can be without one. Add another first.");
            }
            remove(commit, passkey);
            return id;
        });
        afterRemoved.forEach(Runnable::run);
    }

    private void remove(Commit commit, Passkey passkey) {
        store.remove(commit.tx(), passkey.user(), passkey.id());
        whenRemoved.forEach(listener -> listener.accept(commit, passkey));
        audit(commit, "passkey.removed", passkey);
    }

    @Override
    public void forget(Commit commit, UserId user) {
        store.list(commit.tx(), user).forEach(passkey -> remove(commit, passkey));
        store.forgetHandle(commit.tx(), user);
    }

    /// `listener` runs once a passkey is gone, before its person is told so.
    public void afterRemoved(Runnable listener) {
        afterRemoved.add(listener);
    }

    /// `listener` runs within the transaction that removes it.
    public void whenRemoved(BiConsumer<Commit, Passkey> listener) {
        whenRemoved.add(listener);
    }

    private byte[] useChallenge(byte[] challenge, Purpose purpose) {
        if (!challenges.use(challenge, purpose, ground.now())) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "That took too long or was used already. Try again.");
        }
        return challenge;
    }

    private void audit(Commit commit, String action, Passkey passkey) {
        var user = passkey.user().value();
        var details = Json.object().put("passkey", passkey.id());
        ground.audit().record(commit, new AuditEntry(action, user, user, "", details));
    }

    private static MatrixException unknown() {
        return new MatrixException(ErrorCode.M_FORBIDDEN, "That passkey is not known here. Sign in another way.");
    }

    private static MatrixException notYours() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "You have no such passkey.");
    }

    @Override
    public void routes(Routes routes) {
        new PasskeyEndpoints(this, identity).addTo(routes);
        new PasskeySignInEndpoints(this, ground, identity, settings).addTo(routes);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "The passkeys of a person: public key, the name they gave it, when it was made and used.",
                "The list with these dates.",
                "Rows go when their person removes them, and three months after they left.");
    }
}
