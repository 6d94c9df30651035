package lanyard.trust.handset;

import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.handset.HandsetStore.Lock;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;
import lanyard.trust.identity.RemovedDevice;

/// A phone that is not in its owner's hands: locked at once, wiped on confirmation, and what is known of it since.
///
/// What could go wrong: somebody wipes a colleague's phone; a mistaken report destroys what a clinician needs; a phone
/// is called wiped because we asked for it. The principles: locking takes nothing away; wiping asks twice and is one
/// transaction; every step has a leaf in the audit log with the kind of its evidence, and what is shown is the
/// strongest evidence there is and no more ([Evidence]).
final class LostPhones {
    private final IdentityGround ground;
    private final Identity identity;
    private final Handsets handsets;
    private final Challenges challenges;
    private final HandsetStore store = new HandsetStore();
    private final LossStore losses = new LossStore();
    private final FactStore facts = new FactStore();
    private volatile ReadableRooms rooms = ReadableRooms.NONE;

    LostPhones(IdentityGround ground, Identity identity, Handsets handsets, Challenges challenges) {
        this.ground = ground;
        this.identity = identity;
        this.handsets = handsets;
        this.challenges = challenges;
        identity.devices().whenWipedCalls(this::contacted);
    }

    void showRooms(ReadableRooms shown) {
        rooms = shown;
    }

    /// Who reports a phone, and why when it is not their own.
    record By(UserId user, String reason) {
        static By owner(UserId user) {
            return new By(user, "");
        }
    }

    /// What is known of a phone: where it is in its life, and what can be proved.
    record Known(Handset handset, Optional<Loss> loss, Optional<Evidence> evidence, List<Fact> facts) {
        /// `active`, `locked`, `wipe_requested`, `instruction_delivered`, `app_reported`, `unreadable_since`.
        String state() {
            if (loss.filter(Loss::isWipeRequested).isEmpty()) {
                return loss.filter(Loss::isLocked).isPresent() ? "locked" : "active";
            }
            return evidence.filter(it -> it.kind() != Evidence.Kind.ACCESS_STOPPED)
                    .map(it -> it.kind().word())
                    .orElse("wipe_requested");
        }
    }

    /// Somebody's phones that are enrolled and not ended.
    List<Known> listEnrolled(UserId user) {
        return ground.database()
                .read(tx -> store.list(tx, user).stream()
                        .map(handset -> known(tx, handset))
                        .toList());
    }

    /// Somebody's phones: those enrolled, and those wiped in the last two years.
    List<Known> list(UserId user) {
        return ground.database()
                .read(tx -> store.listWithWiped(tx, user).stream()
                        .map(handset -> known(tx, handset))
                        .toList());
    }

    /// Errors: `M_NOT_FOUND` unless it is `owner`'s.
    Known get(UserId owner, String handset) {
        return ground.database().read(tx -> {
            var phone = store.find(tx, handset)
                    .filter(found -> found.handset().user().equals(owner))
                    .orElseThrow(Handsets::unknown);
            return known(tx, phone.handset());
        });
    }

    private Known known(Tx tx, Handset handset) {
        var loss = losses.find(tx, handset.id());
        var evidence = loss.flatMap(it -> Evidence.strongest(it, ground.now()));
        return new Known(handset, loss, evidence, facts.list(tx, handset.id()));
    }

    /// What it could show when it was reported.
    List<ReadableRoom> readable(Loss loss) {
        return rooms.describe(loss.rooms());
    }

    /// Access stops, and everything stays: the phone may be found. Errors: `M_NOT_FOUND`, `M_BAD_STATE`.
    void lock(Commit commit, UserId owner, String handset, By by) {
        var phone = enrolled(commit, owner, handset);
        report(commit, phone, by);
        if (!phone.locked()) {
            losses.lock(commit.tx(), handset, ground.now());
            identity.devices().lock(commit, owner, phone.handset().device(), true);
            audit(commit, "handset.locked", by, phone, Evidence.Kind.ACCESS_STOPPED.word());
        }
    }

    /// It was found. Errors: `M_NOT_FOUND`, `M_BAD_STATE`.
    void unlock(Commit commit, UserId owner, String handset, By by) {
        var phone = enrolled(commit, owner, handset);
        if (phone.locked()) {
            losses.found(commit.tx(), handset, ground.now());
            identity.devices().lock(commit, owner, phone.handset().device(), false);
            audit(commit, "handset.unlocked", by, phone, "stated");
        }
    }

    /// The session, its tokens, its pushers, what waits for it, its keys and the signature on them, and the shares: all
    /// in this deed. Call [Handsets#destroyDue] after it. Errors: `M_NOT_FOUND`, `M_BAD_STATE`.
    void wipe(Commit commit, UserId owner, String handset, By by) {
        var phone = enrolled(commit, owner, handset);
        report(commit, phone, by);
        losses.wipe(commit.tx(), handset, by.user(), ground.now());
        handsets.end(commit, phone, "wipe_requested");
        audit(commit, "handset.wipe_requested", by, phone, Evidence.Kind.ACCESS_STOPPED.word());
        identity.devices().remove(commit, owner, List.of(phone.handset().device()), RemovedDevice.Why.WIPED);
        noteUnreadable(commit);
    }

    /// Errors: `M_NOT_FOUND`.
    void requireOwn(Commit commit, UserId owner, String handset) {
        if (store.find(commit.tx(), handset)
                .filter(found -> found.handset().user().equals(owner))
                .isEmpty()) {
            throw Handsets.unknown();
        }
    }

    private void report(Commit commit, Lock phone, By by) {
        var user = phone.handset().user();
        losses.report(commit.tx(), phone.handset(), by.user(), rooms.of(user), ground.now());
    }

    private Lock enrolled(Commit commit, UserId owner, String handset) {
        var phone = store.find(commit.tx(), handset)
                .filter(found -> found.handset().user().equals(owner))
                .orElseThrow(Handsets::unknown);
        if (phone.ended()) {
            throw new MatrixException(
                    ErrorCode.M_BAD_STATE, "That phone's access was stopped for good before. Nothing is left to stop.");
        }
        return phone;
    }

    /// The old token of a wiped phone was shown and answered with the order to clear itself.
    private void contacted(UserId user, DeviceId device) {
        var handset = ground.database().read(tx -> losses.findWiped(tx, user, device));
        handset.filter(id -> ground.database()
                        .read(tx -> losses.find(tx, id))
                        .filter(loss -> loss.deliveredAt().isEmpty())
                        .isPresent())
                .ifPresent(id -> ground.writer().write(commit -> {
                    var isNew = losses.delivered(commit.tx(), id, ground.now());
                    if (isNew) {
                        evidence(commit, user, id, Evidence.Kind.INSTRUCTION_DELIVERED);
                    }
                    return isNew;
                }));
    }

    /// What the app on a wiped phone says last, signed by the phone's own key.
    record Farewell(String handset, String nonce, byte[] signature) {
        String signed() {
            return "lanyard wiped\n" + handset + "\n" + nonce;
        }
    }

    /// Recorded once; said again it changes nothing. Errors: `M_NOT_FOUND`, `M_FORBIDDEN` for one that the phone did
    /// not
    /// sign, that was said before with the same nonce, or of a phone that nobody asked to wipe.
    void appReported(Farewell farewell) {
        var phone =
                ground.database().read(tx -> store.find(tx, farewell.handset())).orElseThrow(Handsets::unknown);
        var asked = ground.database()
                .read(tx -> losses.find(tx, farewell.handset()))
                .filter(Loss::isWipeRequested);
        var fresh = challenges.use(farewell.nonce(), farewell.handset(), ground.now());
        if (asked.isEmpty()
                || !fresh
                || !HandsetKey.ofStored(phone.publicKey()).verifies(farewell.signed(), farewell.signature())) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "This phone could not show that it is the one that was to be cleared.");
        }
        ground.writer().write(commit -> {
            var isNew = losses.appReported(commit.tx(), farewell.handset(), ground.now());
            if (isNew) {
                evidence(commit, phone.handset().user(), farewell.handset(), Evidence.Kind.APP_REPORTED);
            }
            return isNew;
        });
    }

    /// Looks whose offline allowance is over by now, as the job does each minute.
    void noteUnreadable() {
        ground.writer().write(commit -> {
            noteUnreadable(commit);
            return true;
        });
    }

    private void noteUnreadable(Commit commit) {
        for (var handset : losses.nowUnreadable(commit.tx(), ground.now())) {
            store.find(commit.tx(), handset)
                    .ifPresent(phone -> evidence(commit, phone.handset().user(), handset, Evidence.Kind.UNREADABLE));
        }
    }

    private void audit(Commit commit, String action, By by, Lock phone, String evidence) {
        var details = Json.object()
                .put("evidence", evidence)
                .put("device", phone.handset().device().value())
                .put("owner", phone.handset().user().value());
        ground.audit()
                .record(
                        commit,
                        new AuditEntry(
                                action, by.user().value(), phone.handset().id(), by.reason(), details));
    }

    private void evidence(Commit commit, UserId user, String handset, Evidence.Kind kind) {
        var details = Json.object().put("evidence", kind.word()).put("owner", user.value());
        ground.audit().record(commit, new AuditEntry("handset." + kind.word(), user.value(), handset, "", details));
    }
}
