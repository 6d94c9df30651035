package lanyard.trust.handset;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.CrashPoint;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.Hashes;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.console.Console;
import lanyard.trust.handset.HandsetStore.Doomed;
import lanyard.trust.handset.HandsetStore.Lock;
import lanyard.trust.handset.HandsetStore.NextShare;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;
import lanyard.trust.identity.RemovedDevice;
import tools.jackson.databind.node.JsonNodeFactory;

/// The phones staff have enrolled, and the server's share of each phone's vault key (D9, path b). A phone's data opens
/// only with that share, and it is given only to the phone itself, for the right passcode.
///
/// What could go wrong: a stolen phone is tried with a million passcodes; a copy of the database opens phones; a wiped
/// phone opens once more; a colleague's phone is locked out by a stranger. The principles: the share lies in the key
/// store alone; the phone signs before its passcode is looked at; a wrong proof is counted and on disk before it is
/// answered; the tenth destroys the share; wiping decides in one transaction and then destroys the key, again after a
/// crash if need be.
public final class Handsets implements Feature {
    static final int WRONG_PROOFS_ALLOWED = 10;
    private static final int FREE = 3;
    private static final int ID_BYTES = 16;
    private static final String KEY_SCOPE = "handset-share";
    private static final String SHARE_PURPOSE = "lanyard handset share";

    private final IdentityGround ground;
    private final Identity identity;
    private final HandsetStore store = new HandsetStore();
    private final PrfStore prf = new PrfStore();
    private final Challenges challenges;
    private final LostPhones lost;
    private final Facts facts;
    private final HandsetGate gate;

    public Handsets(IdentityGround ground, Identity identity) {
        this.ground = ground;
        this.identity = identity;
        this.challenges = new Challenges(ground.random());
        this.gate = new HandsetGate(ground, identity);
        this.facts = new Facts(ground, gate::forget);
        this.lost = new LostPhones(ground, identity, this, challenges);
        identity.devices().whenRemoved(this::deviceRemoved);
    }

    /// What phones may do by the policy.
    public HandsetGate gate() {
        return gate;
    }

    /// What a phone could show is known to the layer above.
    public void showRooms(ReadableRooms rooms) {
        lost.showRooms(rooms);
    }

    LostPhones lost() {
        return lost;
    }

    Facts facts() {
        return facts;
    }

    /// Enrolled and not ended.
    public List<Handset> list(UserId user) {
        return ground.database().read(tx -> store.list(tx, user));
    }

    /// What a phone says of itself.
    record Enrolment(String name, String platform, HandsetKey key, String policyVersion, Handset.Owner owner) {}

    /// Errors: `M_FORBIDDEN` when three are enrolled already.
    String enrol(Caller caller, Enrolment enrolment) {
        var id = freshId();
        var now = ground.now();
        var handset = new Handset(
                id,
                caller.user(),
                caller.device(),
                enrolment.name(),
                enrolment.platform(),
                now,
                now,
                enrolment.policyVersion(),
                enrolment.owner(),
                Optional.empty());
        ground.writer().write(commit -> {
            endThoseOn(commit, caller.user(), Set.of(caller.device()), "replaced");
            if (store.countUsable(commit.tx(), caller.user()) >= gate.mostPerPerson(caller.organization())) {
                throw new MatrixException(
                        ErrorCode.M_FORBIDDEN,
                        "You have enrolled as many phones as you may. Remove one you no longer use, then try again.");
            }
            store.add(
                    commit.tx(), handset, caller.organization(), enrolment.key().json());
            identity.devices().attachHandset(commit, caller.user(), caller.device(), id);
            audit(commit, "handset.enrolled", caller.user(), id, "");
            return id;
        });
        destroyDue();
        return id;
    }

    /// A new share for a new passcode. It takes the place of the one before once the phone claims it: until
    /// then the phone may have died before it wrapped its vault anew, and must open as it did.
    /// Errors: `M_NOT_FOUND` unless it is the caller's, `M_FORBIDDEN` when it is another phone of theirs,
    /// `ORG_LANYARD_SHARE_DESTROYED` when it has ended.
    byte[] newPasscode(Caller caller, String handset, byte[] authProof) {
        var before = requireOwn(
                        ground.database().read(tx -> store.find(tx, handset)).orElseThrow(Handsets::unknown), caller)
                .newestVersion();
        var share = ground.keys().key(keyOf(handset, before + 1)).derive(SHARE_PURPOSE);
        CrashPoint.at("handset.share-made");
        var wanted = new NextShare(before + 1, Hashes.sha256(authProof));
        ground.writer().write(commit -> {
            var lock = requireOwn(store.find(commit.tx(), handset).orElseThrow(Handsets::unknown), caller);
            if (lock.newestVersion() != before) {
                throw new MatrixException(ErrorCode.M_LIMIT_EXCEEDED, "Another change is under way. Try again.");
            }
            if (!lock.hasShare()) {
                replaceShare(commit, lock, wanted);
            } else {
                lock.next().ifPresent(unclaimed -> doom(commit, handset, unclaimed.version(), "Asked for again"));
                store.nextShare(commit.tx(), handset, wanted);
            }
            return before;
        });
        destroyDue();
        return share;
    }

    private void replaceShare(Commit commit, Lock lock, NextShare next) {
        var handset = lock.handset();
        store.newShare(commit.tx(), handset.id(), next.version(), next.proofHash());
        if (lock.shareVersion() > 0) {
            doom(commit, handset.id(), lock.shareVersion(), "New passcode");
        }
        audit(commit, "handset.passcode_changed", handset.user(), handset.id(), "");
    }

    private void doom(Commit commit, String handset, int version, String why) {
        store.toDestroy(commit.tx(), new Doomed(KEY_SCOPE, handset, version, why), ground.now());
    }

    /// Errors: `M_NOT_FOUND`, `ORG_LANYARD_SHARE_DESTROYED`.
    String challenge(String handset) {
        var lock = ground.database().read(tx -> store.find(tx, handset)).orElseThrow(Handsets::unknown);
        var nonce = challenges.fresh(handset, ground.now());
        // Ten wrong passcodes leave the way by passkey.
        if (lock.open() || (!lock.ended() && ground.database().read(tx -> prf.opens(tx, handset)))) {
            return nonce;
        }
        // For the phone's last word, that its data is deleted.
        throw lock.ended() ? gone().with("nonce", JsonNodeFactory.instance.stringNode(nonce)) : gone();
    }

    /// What a locked phone sends to be opened.
    record Claim(String handset, String nonce, byte[] signature, byte[] authProof) {}

    /// The share, for the right proof from the right phone. Errors: `M_FORBIDDEN` when the phone's signature is not
    /// right, which counts as no try at all; `ORG_LANYARD_WRONG_PASSCODE`, `M_LIMIT_EXCEEDED`,
    /// `ORG_LANYARD_SHARE_DESTROYED`.
    byte[] share(Claim claim) {
        requirePhone(claim.handset(), claim.nonce(), claim.signature());
        var proof = Hashes.sha256(claim.authProof());
        var release = ground.writer().write(commit -> decide(commit, claim.handset(), proof));
        return switch (release) {
            case ShareRelease.Released(var version) -> {
                destroyDue();
                yield released(claim.handset(), version);
            }
            case ShareRelease.Wrong wrong -> throw wrong.refusal();
            case ShareRelease.TooSoon tooSoon -> throw tooSoon.refusal();
            case ShareRelease.Locked() -> throw locked();
            case ShareRelease.Gone() -> {
                destroyDue();
                throw gone();
            }
        };
    }

    /// The phone signs for itself, with a nonce that is used up. Errors: `M_NOT_FOUND`, `M_FORBIDDEN`.
    Lock requirePhone(String handset, String nonce, byte[] signature) {
        var lock = ground.database().read(tx -> store.find(tx, handset)).orElseThrow(Handsets::unknown);
        var isFresh = challenges.use(nonce, handset, ground.now());
        var signed = "lanyard share\n" + handset + "\n" + nonce;
        if (!isFresh || !HandsetKey.ofStored(lock.publicKey()).verifies(signed, signature)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "This phone could not show that it is the one enrolled. Try again.");
        }
        return lock;
    }

    /// After a restore the database may know a share that the key store has destroyed: destroyed it stays.
    private byte[] released(String handset, int version) {
        try {
            return ground.keys()
                    .find(keyOf(handset, version))
                    .orElseThrow(Handsets::gone)
                    .derive(SHARE_PURPOSE);
        } catch (DestroyedKeyException e) {
            throw gone();
        }
    }

    private ShareRelease decide(Commit commit, String handset, byte[] proof) {
        var now = ground.now();
        var lock = store.find(commit.tx(), handset).filter(Lock::hasShare);
        if (lock.isEmpty()) {
            return new ShareRelease.Gone();
        }
        if (lock.get().locked()) {
            return new ShareRelease.Locked();
        }
        var wait = lock.get().wrongProofs().wait(now);
        if (wait.isPositive()) {
            return new ShareRelease.TooSoon(wait);
        }
        // The newer first: who asked twice for the same passcode holds the later share.
        var next = lock.get().next().filter(share -> MessageDigest.isEqual(share.proofHash(), proof));
        if (next.isPresent()) {
            replaceShare(commit, lock.get(), next.get());
            store.released(commit.tx(), handset, now);
            return new ShareRelease.Released(next.get().version());
        }
        if (MessageDigest.isEqual(lock.get().proofHash().orElseThrow(), proof)) {
            store.released(commit.tx(), handset, now);
            return new ShareRelease.Released(lock.get().shareVersion());
        }
        return wrong(commit, lock.get(), now);
    }

    private ShareRelease wrong(Commit commit, Lock lock, Instant now) {
        var handset = lock.handset();
        var slowDown = lock.wrongProofs().afterAnother(FREE, now);
        store.wrongProof(commit.tx(), handset.id(), slowDown);
        var left = WRONG_PROOFS_ALLOWED - slowDown.wrongTries();
        if (left > 0) {
            return new ShareRelease.Wrong(left, slowDown.wait(now));
        }
        store.shareDestroyed(commit.tx(), handset.id(), now);
        doomShares(commit, lock, "Ten wrong passcodes");
        audit(commit, "handset.share_destroyed", handset.user(), handset.id(), "Ten wrong passcodes");
        return new ShareRelease.Gone();
    }

    /// Removes a phone of the caller's. Another than the one in their hand is wiped; this one is only signed out, and
    /// its app clears it by itself. Errors: `M_NOT_FOUND` unless it is the caller's own, `M_BAD_STATE`.
    void remove(Caller caller, String handset) {
        ground.writer().write(commit -> {
            if (caller.handset().filter(handset::equals).isPresent()) {
                identity.devices()
                        .remove(commit, caller.user(), List.of(caller.device()), RemovedDevice.Why.SIGNED_OUT);
            } else {
                lost.wipe(commit, caller.user(), handset, LostPhones.By.owner(caller.user()));
            }
            return handset;
        });
        destroyDue();
    }

    /// A session that goes takes its phone's share along.
    private void deviceRemoved(Commit commit, RemovedDevice removed) {
        endThoseOn(commit, removed.user(), Set.of(removed.id()), "signed_out");
    }

    private void endThoseOn(Commit commit, UserId user, Set<DeviceId> devices, String why) {
        for (var handset : store.list(commit.tx(), user)) {
            if (devices.contains(handset.device())) {
                store.find(commit.tx(), handset.id()).ifPresent(lock -> end(commit, lock, why));
                audit(commit, "handset." + why, user, handset.id(), "");
            }
        }
    }

    void end(Commit commit, Lock lock, String why) {
        if (store.end(commit.tx(), lock.handset().id(), why, ground.now())) {
            doomShares(commit, lock, why);
            prf.end(commit.tx(), lock.handset().id(), why, ground.now());
        }
    }

    private void doomShares(Commit commit, Lock lock, String why) {
        if (lock.shareVersion() > 0) {
            doom(commit, lock.handset().id(), lock.shareVersion(), why);
        }
        lock.next().ifPresent(next -> doom(commit, lock.handset().id(), next.version(), why));
    }

    /// Destroys the keys that committed transactions have doomed. The job does so again after a crash in between.
    void destroyDue() {
        for (var doomed : ground.database().read(store::listToDestroy)) {
            CrashPoint.at("handset.doomed");
            ground.keys().destroy(keyOf(doomed.scope(), doomed.handset(), doomed.shareVersion()), doomed.why());
            CrashPoint.at("handset.destroyed");
            ground.database().write(tx -> {
                store.destroyed(tx, doomed);
                return doomed;
            });
        }
    }

    private void audit(Commit commit, String action, UserId user, String handset, String reason) {
        ground.audit().record(commit, new AuditEntry(action, user.value(), handset, reason, Json.object()));
    }

    static KeyName keyOf(String handset, int shareVersion) {
        return keyOf(KEY_SCOPE, handset, shareVersion);
    }

    static KeyName keyOf(String scope, String handset, int shareVersion) {
        return new KeyName(scope, handset + "/" + shareVersion);
    }

    private String freshId() {
        var bytes = new byte[ID_BYTES];
        ground.random().nextBytes(bytes);
        return "h" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Lock requireOwn(Lock lock, Caller caller) {
        if (!lock.handset().user().equals(caller.user())) {
            throw unknown();
        }
        if (lock.ended()) {
            throw gone();
        }
        if (!lock.handset().device().equals(caller.device())) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "Do this on the phone itself.");
        }
        return lock;
    }

    static MatrixException unknown() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "You have no such phone.");
    }

    static MatrixException gone() {
        return new MatrixException(
                ErrorCode.ORG_LANYARD_SHARE_DESTROYED,
                "What was kept on this phone can no longer be opened. Sign in again to start afresh.");
    }

    /// As for a token of a phone reported lost: nothing is to be thrown away.
    static MatrixException locked() {
        return new MatrixException(
                        ErrorCode.M_USER_LOCKED,
                        "This phone was reported lost and is locked. If you have it, unlock it on the lost-phone page.")
                .with("soft_logout", JsonNodeFactory.instance.booleanNode(true));
    }

    @Override
    public void routes(Routes routes) {
        new HandsetEndpoints(this, identity).addTo(routes);
        var reports = new LostReport(lost, identity, ground);
        new LostEndpoints(this, lost, reports, ground, identity).addTo(routes);
        new HelpDeskEndpoints(new HelpDesk(ground, identity, this, lost), reports, ground, identity).addTo(routes);
    }

    public Feature pagesOn(Console console) {
        return new HelpDeskPages(this, ground, identity, console);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("handset-shares", Duration.ofMinutes(1), this::destroyDue);
        jobs.every("handset-unreadable", Duration.ofMinutes(1), lost::noteUnreadable);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "The phones a person enrolled: name, platform, when they were used and when they ended.",
                "The list of the person's phones with these dates.",
                "Rows go two years after the phone ended; its share is destroyed when it ends.");
    }
}
