package lanyard.trust.handset;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.SealingKey;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.handset.HandsetStore.Lock;
import lanyard.trust.handset.PrfStore.PrfShare;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;
import lanyard.trust.passkey.Passkeys;
import lanyard.trust.passkey.Purpose;
import lanyard.trust.policy.Policies;
import tools.jackson.databind.node.ObjectNode;

/// The server's share of a phone's second wrap (D9, path a): given to the phone itself, for a passkey that has just
/// checked its person. The phone opens with it and with what the passkey's `prf` gives, which never leaves the phone.
///
/// What could go wrong: a wiped phone opens by its passkey; a restored database brings a share back; a passkey that was
/// removed still opens. The principles are those of [Handsets]: the share lies in the key store alone, in a scope of
/// its own, and is destroyed with the phone, with its passkey, and when a new one takes its place. Ten wrong passcodes
/// do not touch it.
public final class PrfShares implements Feature {
    private static final String SHARE_PURPOSE = "lanyard handset prf share";
    private static final int MOST_NAMES_TRIED = 1_000;

    private final IdentityGround ground;
    private final Identity identity;
    private final Handsets handsets;
    private final Passkeys passkeys;
    private final Policies policies;
    private final PrfStore store = new PrfStore();
    private final HandsetStore handsetStore = new HandsetStore();

    public PrfShares(
            IdentityGround ground, Identity identity, Handsets handsets, Passkeys passkeys, Policies policies) {
        this.ground = ground;
        this.identity = identity;
        this.handsets = handsets;
        this.passkeys = passkeys;
        this.policies = policies;
        passkeys.whenRemoved((commit, passkey) -> store.passkeyRemoved(commit.tx(), passkey.id(), ground.now()));
        passkeys.afterRemoved(handsets::destroyDue);
    }

    /// A new share, in the place of the one before: what that had wrapped opens by passcode only.
    /// Errors: `M_NOT_FOUND` unless phone and passkey are the caller's, `M_FORBIDDEN` on another phone of theirs,
    /// `ORG_LANYARD_SHARE_DESTROYED` when the phone has ended.
    byte[] put(Caller caller, String handset, String passkey) {
        Handsets.requireOwn(lock(handset), caller);
        if (passkeys.find(passkey)
                .filter(one -> one.user().equals(caller.user()))
                .isEmpty()) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "You have no such passkey.");
        }
        int before = ground.database()
                .read(tx -> store.find(tx, handset))
                .map(PrfShare::version)
                .orElse(0);
        var made = make(handset, before);
        ground.writer().write(commit -> {
            var lock = handsetStore.find(commit.tx(), handset).orElseThrow(Handsets::unknown);
            Handsets.requireOwn(lock, caller);
            int now = store.find(commit.tx(), handset).map(PrfShare::version).orElse(0);
            if (now != before) {
                throw new MatrixException(ErrorCode.M_LIMIT_EXCEEDED, "Another change is under way. Try again.");
            }
            store.put(commit.tx(), new PrfShare(handset, passkey, made.version()), ground.now());
            audit(commit, "handset.passkey_share_made", lock);
            return handset;
        });
        handsets.destroyDue();
        return made.key().derive(SHARE_PURPOSE);
    }

    private record Made(int version, SealingKey key) {}

    /// After a restore the database may not know of numbers whose keys were destroyed since: those are passed over.
    private Made make(String handset, int before) {
        for (var version = before + 1; version <= before + MOST_NAMES_TRIED; version++) {
            var key = unlessDestroyed(Handsets.keyOf(PrfStore.KEY_SCOPE, handset, version));
            if (key.isPresent()) {
                return new Made(version, key.get());
            }
        }
        throw new IllegalStateException("no key of this phone's could be named");
    }

    private Optional<SealingKey> unlessDestroyed(KeyName name) {
        try {
            return Optional.of(ground.keys().key(name));
        } catch (DestroyedKeyException e) {
            return Optional.empty();
        }
    }

    /// What to ask the browser on a locked phone for. Errors: `M_NOT_FOUND` when no passkey opens it,
    /// `ORG_LANYARD_SHARE_DESTROYED`, `M_USER_LOCKED`.
    ObjectNode options(String handset) {
        requireOpen(lock(handset));
        var passkey = passkeys.find(requireShare(handset).passkey()).orElseThrow(PrfShares::none);
        return passkeys.ask(purpose(handset), List.of(passkey));
    }

    /// What a locked phone sends to be opened by its passkey.
    record Claim(String handset, String nonce, byte[] signature, ObjectNode credential) {}

    /// Errors: as [#options], and `M_FORBIDDEN` when phone or passkey is not the one, or did not check its person.
    byte[] share(Claim claim) {
        var handset = claim.handset();
        var phone = handsets.requirePhone(handset, claim.nonce(), claim.signature());
        requireOpen(phone);
        var assertion = passkeys.check(purpose(handset), claim.credential());
        Passkeys.requireOf(phone.handset().user(), assertion);
        var released = ground.writer().write(commit -> {
            requireOpen(handsetStore.find(commit.tx(), handset).orElseThrow(Handsets::unknown));
            var share = store.find(commit.tx(), handset)
                    .filter(one -> one.passkey().equals(assertion.passkey()))
                    .orElseThrow(PrfShares::none);
            if (!passkeys.use(commit, assertion)) {
                return -1;
            }
            handsetStore.seen(commit.tx(), handset, ground.now());
            return share.version();
        });
        if (released < 0) {
            throw Passkeys.copied();
        }
        return derived(handset, released);
    }

    private byte[] derived(String handset, int version) {
        try {
            return ground.keys()
                    .find(Handsets.keyOf(PrfStore.KEY_SCOPE, handset, version))
                    .orElseThrow(Handsets::gone)
                    .derive(SHARE_PURPOSE);
        } catch (DestroyedKeyException e) {
            throw Handsets.gone();
        }
    }

    /// The phone keeps its share, sealed by the passkey alone, for as long as policy allows. Until then it must be
    /// assumed readable if it is lost. Errors: `M_NOT_FOUND`, `M_FORBIDDEN` where policy allows none.
    Instant keepOffline(Caller caller, String handset) {
        var lock = Handsets.requireOwn(lock(handset), caller);
        requireShare(handset);
        var hours = policies.of(lock.organization()).offlineHours();
        if (hours == 0) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Your organisation does not allow opening the app without a network.");
        }
        var until = ground.now().plus(Duration.ofHours(hours));
        return ground.writer().write(commit -> {
            Handsets.requireOwn(handsetStore.find(commit.tx(), handset).orElseThrow(Handsets::unknown), caller);
            handsetStore.offlineUntil(commit.tx(), handset, until);
            return until;
        });
    }

    private Lock lock(String handset) {
        return ground.database().read(tx -> handsetStore.find(tx, handset)).orElseThrow(Handsets::unknown);
    }

    private PrfShare requireShare(String handset) {
        return ground.database()
                .read(tx -> store.find(tx, handset))
                .filter(share -> !share.passkey().isEmpty())
                .orElseThrow(PrfShares::none);
    }

    /// Wrong passcodes close the other way in, not this one.
    private static void requireOpen(Lock lock) {
        if (lock.ended()) {
            throw Handsets.gone();
        }
        if (lock.locked()) {
            throw Handsets.locked();
        }
    }

    private static Purpose purpose(String handset) {
        return new Purpose("handset", handset);
    }

    private void audit(Commit commit, String action, Lock lock) {
        var user = lock.handset().user().value();
        ground.audit()
                .record(commit, new AuditEntry(action, user, lock.handset().id(), "", Json.object()));
    }

    private static MatrixException none() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "No passkey opens this phone. Use the passcode.");
    }

    @Override
    public void routes(Routes routes) {
        new PrfEndpoints(this, identity).addTo(routes);
    }

    @Override
    public PersonalData personalData() {
        return PersonalData.none("Which passkey opens which phone; the phone's data are those of the handset feature.");
    }
}
