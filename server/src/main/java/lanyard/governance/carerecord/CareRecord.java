package lanyard.governance.carerecord;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import lanyard.messaging.patient.Patients;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.db.Tx;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.console.Console;
import lanyard.trust.hold.Holds;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;
import lanyard.trust.policy.Policies;
import tools.jackson.databind.node.ObjectNode;

/// A decision becomes an entry in the health record. Owns decisions from the signature to the disposal of what they
/// were taken in; who destroys is [lanyard.governance.retention.Retention], which asks here what may go.
public final class CareRecord implements Feature {
    private final CareRecordGround ground;
    private final Identity identity;
    private final Timeline timeline;
    private final Announcements announcements;
    private final Signing signing;
    private final FollowUps followUps;
    private final Outbox outbox;
    private final Pasting pasting;
    private final Filing filing;
    private final Overdue overdue;
    private final Worklist worklist;
    private final WhyKept whyKept;
    private final DecisionImages images;
    private final Rooms rooms;
    private Optional<Console> console = Optional.empty();
    private final OutboxSeal seal;
    private final DecisionStore store = new DecisionStore();
    private final OutboxStore outboxStore = new OutboxStore();
    private final ReleaseStore releases = new ReleaseStore();

    public CareRecord(CareRecordGround ground, CareRecordSettings settings, Others others) {
        this.ground = ground;
        this.identity = others.identity();
        this.timeline = others.timeline();
        this.whyKept = new WhyKept(ground, others);
        this.images = new DecisionImages(ground, others.timeline());
        this.rooms = others.rooms();
        this.seal = new OutboxSeal(ground.keys());
        this.announcements = new Announcements(others.rooms());
        this.signing = new Signing(ground, settings, others);
        this.followUps = new FollowUps(ground, settings, signing, new Withdrawal(ground, announcements));
        this.outbox = new Outbox(ground, settings, others, images);
        this.pasting = new Pasting(ground, others.policies(), images);
        this.filing = new Filing(ground, settings, others.policies(), announcements, images);
        this.overdue = new Overdue(ground, others.policies(), announcements);
        this.worklist = new Worklist(ground, settings, others.identity(), others.rooms());
    }

    /// The same, with its worklist on the console.
    public CareRecord shownOn(Console on) {
        console = Optional.of(on);
        return this;
    }

    /// The features that recording a decision asks.
    public record Others(
            Identity identity, Patients patients, Policies policies, Holds holds, Timeline timeline, Rooms rooms) {}

    /// Signs a decision for the record, with proof of the last fifteen minutes. The same `request_id` of the same
    /// author answers the same decision.
    /// Errors: `ORG_LANYARD_STEP_UP`, `M_FORBIDDEN`, `M_BAD_STATE` without a patient or when the request was
    /// signed with another summary, `M_INVALID_PARAM` for what cannot be a source.
    Decision decide(Caller caller, NewDecision asked) {
        timeline.getRoomOf(caller.user(), asked.room());
        var decision = signed(caller, asked.requestId(), () -> {
            var draft = signing.prepare(caller, asked);
            return commit -> {
                signing.sign(commit, draft);
                var details = Json.object()
                        .put("room", asked.room().value())
                        .put("decider", asked.decider().value())
                        .put("sources", asked.sources().size());
                asked.follows().ifPresent(earlier -> details.put("replaces", earlier.toString()));
                audit(commit, "decision.sent", caller, draft.id(), details);
                return draft.id();
            };
        });
        asked.mustBe(decision);
        return decision;
    }

    /// Marks a decision as one that should never have been in the record; what is in the record says so once it has
    /// acknowledged that, and what cannot be there yet is withdrawn. Errors: as [#decide].
    Decision markInError(Caller caller, UUID id, FollowUps.NewError asked) {
        var decision = get(caller, id);
        return signed(caller, asked.requestId(), () -> follow(caller, id, followUps.error(caller, decision, asked)));
    }

    /// Whoever is named as having decided says that they did. Errors: as [#decide].
    Decision confirm(Caller caller, UUID id, String requestId) {
        var decision = get(caller, id);
        return signed(caller, requestId, () -> follow(caller, id, followUps.confirmation(caller, decision, requestId)));
    }

    private Signature follow(Caller caller, UUID id, FollowUps.Draft draft) {
        return commit -> {
            followUps.sign(commit, draft, visible(caller, store.lock(commit.tx(), id)));
            var details = Json.object().put("entry", draft.id().toString());
            draft.error().ifPresent(reason -> details.put("reason", reason.word()));
            audit(commit, "decision." + draft.kind().word(), caller, id, details);
            return draft.id();
        };
    }

    @FunctionalInterface
    private interface Signature {
        UUID give(Commit commit);
    }

    /// A request that was signed before answers what it did then, and asks for no proof.
    private Decision signed(Caller caller, String requestId, Supplier<Signature> prepare) {
        var before = ground.database().read(tx -> findSigned(tx, caller, requestId));
        if (before.isPresent()) {
            return before.get();
        }
        identity.stepUp().requireForSigning(caller);
        var signature = prepare.get();
        return ground.writer().write(commit -> {
            var meanwhile = findSigned(commit.tx(), caller, requestId);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            var id = signature.give(commit);
            announcements.announce(commit, id);
            commit.afterCommit(outbox::wake);
            return store.find(commit.tx(), id).orElseThrow();
        });
    }

    private Optional<Decision> findSigned(Tx tx, Caller caller, String requestId) {
        return store.findByRequest(tx, caller.user(), requestId).flatMap(id -> store.find(tx, id));
    }

    List<Decision> list(Caller caller, RoomId room) {
        timeline.getRoomOf(caller.user(), room);
        return ground.database().read(tx -> store.list(tx, room));
    }

    /// Errors: `M_NOT_FOUND`, also for a decision of a room that the caller is not in.
    Decision get(Caller caller, UUID id) {
        return visible(caller, ground.database().read(tx -> store.find(tx, id)));
    }

    /// A source author, or who is said to have decided, objects to what the record was told: the originals stay until
    /// they withdraw.
    void query(Caller caller, UUID id) {
        change(caller, id, (commit, decision) -> {
            if (!decision.isSourceAuthor(caller.user()) && !decision.decider().equals(caller.user())) {
                throw new MatrixException(
                        ErrorCode.M_FORBIDDEN,
                        "Only who wrote one of the messages, or is named as having decided, can query the decision.");
            }
            if (decision.status() == Status.DISPOSED) {
                throw new MatrixException(
                        ErrorCode.M_BAD_STATE, "The messages are gone. Speak to the author of the decision.");
            }
            if (store.query(commit.tx(), id, caller.user(), ground.clock().instant())) {
                audit(commit, "decision.queried", caller, id, Json.object());
                announcements.announce(commit, id);
            }
        });
    }

    void withdrawQuery(Caller caller, UUID id) {
        change(caller, id, (commit, decision) -> {
            if (store.withdraw(commit.tx(), id, caller.user())) {
                audit(commit, "decision.query_withdrawn", caller, id, Json.object());
                announcements.announce(commit, id);
            }
        });
    }

    /// Any member may send a refused decision again: who signed it may be off duty.
    void retry(Caller caller, UUID id) {
        change(caller, id, (commit, _) -> retry(commit, caller, id));
    }

    /// Whoever has it on their worklist may too, in the conversation or not.
    void retryListed(Caller caller, UUID id) {
        ground.writer().write(commit -> {
            retry(commit, caller, id);
            return true;
        });
    }

    private void retry(Commit commit, Caller caller, UUID id) {
        if (!outboxStore.retry(commit.tx(), id, ground.clock().instant())) {
            throw new MatrixException(
                    ErrorCode.M_BAD_STATE,
                    "Only a refused decision can be sent again, and none that was marked as entered in error.");
        }
        audit(commit, "decision.retried", caller, id, Json.object());
        announcements.announce(commit, id);
        commit.afterCommit(outbox::wake);
    }

    /// The words that somebody is to copy into the record. Errors: `M_NOT_FOUND`, `M_BAD_STATE`.
    String wordsToPaste(Caller caller, UUID id) {
        get(caller, id);
        return pasting.words(caller, id);
    }

    /// They are there now, under `reference`; also of what was entered from a folder. Errors: `ORG_LANYARD_STEP_UP`,
    /// `M_NOT_FOUND`, `M_BAD_STATE`.
    void pasted(Caller caller, UUID id, String reference) {
        var given = pasting.prepare(get(caller, id).organization(), reference);
        identity.stepUp().requireForSigning(caller);
        change(caller, id, (commit, decision) -> {
            pasting.pasted(commit, caller, decision, given);
            announcements.announce(commit, id);
            commit.afterCommit(outbox::wake);
        });
    }

    /// As [#pasted], by whoever has it on their worklist, in the conversation or not, with proof given.
    void filedFromList(Caller caller, UUID id, String reference) {
        var given = pasting.prepare(caller.organization(), reference);
        ground.writer().write(commit -> {
            pasting.pasted(commit, caller, store.lock(commit.tx(), id).orElseThrow(), given);
            announcements.announce(commit, id);
            commit.afterCommit(outbox::wake);
            return true;
        });
    }

    Worklist worklist() {
        return worklist;
    }

    @FunctionalInterface
    private interface Change {
        void make(Commit commit, Decision decision);
    }

    private void change(Caller caller, UUID id, Change change) {
        ground.writer().write(commit -> {
            change.make(commit, visible(caller, store.lock(commit.tx(), id)));
            return true;
        });
    }

    private Decision visible(Caller caller, Optional<Decision> found) {
        return found.filter(decision -> timeline.findRoom(decision.room())
                        .filter(room -> room.isJoined(caller.user()))
                        .isPresent())
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such decision."));
    }

    /// Why the originals are still there although the record has the decision; empty when nothing but time keeps them.
    Optional<String> keptBecause(Decision decision) {
        return whyKept.because(decision);
    }

    DecisionImages pictures() {
        return images;
    }

    /// Before anything is delivered: who learns that the record has a file itself.
    public void tells(RecordedFiles files) {
        images.tells(files);
    }

    Optional<String> reason(Decision decision) {
        return Optional.ofNullable(decision.reason())
                .flatMap(bytes -> seal.openReason(decision.organization(), decision.id(), bytes));
    }

    /// Delivers what is due, on the caller's thread.
    public void deliverDue() {
        outbox.deliverDue();
    }

    /// Before anybody is served: what the record has is open in no database that was restored. Answers how many were.
    public int acknowledgeAgain() {
        return outbox.acknowledged().acknowledgeAgain();
    }

    /// Hears what was entered in the record from a folder.
    void hearOfFiled() {
        filing.look();
        outbox.acknowledged().writeDown();
    }

    /// Reminds of what is not in the record in time.
    void remindDue() {
        overdue.remindDue();
    }

    /// The next decision worth asking [#lockForDisposal] about, the one that was looked at longest ago; a decision is
    /// answered once for each `now`.
    public Optional<UUID> nextDueForDisposal(Tx tx, Instant now) {
        return releases.nextDue(tx, now);
    }

    /// The decision, locked until the transaction ends, if the record has acknowledged it, its grace period is over,
    /// it stands, nobody queries it and no other decision needs the same messages still.
    public Optional<Release> lockForDisposal(Tx tx, UUID id, Instant now) {
        return store.lock(tx, id)
                .filter(decision -> decision.status().isAcknowledged())
                .filter(decision -> decision.originalsGoTs() != null && decision.originalsGoTs() <= now.toEpochMilli())
                .filter(decision -> decision.queriedBy().isEmpty())
                .filter(decision -> !releases.isWithdrawn(tx, id))
                .filter(decision -> !releases.areNeededElsewhere(tx, id, now))
                .map(Release::of);
    }

    /// Whether the room has a decision that is not finished: on its way to the record, refused by it, or with its
    /// originals still within their grace period.
    public boolean isAwaited(Tx tx, RoomId room) {
        return releases.isAwaited(tx, room);
    }

    /// Messages of the room that a decision still needs.
    public List<EventId> listAwaited(Tx tx, RoomId room) {
        return releases.listAwaited(tx, room);
    }

    /// Those of `events` that a decision was taken in which the record has acknowledged.
    public List<EventId> listAcknowledged(Tx tx, Collection<EventId> events) {
        return releases.listAcknowledged(tx, events);
    }

    /// Notes what the originals still wait for, other than people's word.
    public void keep(Tx tx, UUID id, Delay delay) {
        releases.keep(tx, id, delay);
    }

    /// Notes that the originals are gone; called in the transaction that destroys them.
    public void disposed(Commit commit, UUID id, Instant now) {
        releases.disposed(commit.tx(), id, now);
        announcements.announce(commit, id);
    }

    private void audit(Commit commit, String action, Caller caller, UUID id, ObjectNode details) {
        ground.audit().record(commit, new AuditEntry(action, caller.user().value(), id.toString(), "", details));
    }

    @Override
    public void routes(Routes routes) {
        new DecisionEndpoints(this, identity).addTo(routes);
        new ImageEndpoints(images, identity).addTo(routes);
        new FollowUpEndpoints(this, identity).addTo(routes);
        new WorklistEndpoints(this, identity).addTo(routes);
        console.ifPresent(on -> new WorklistPages(this, rooms).addTo(on, routes));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("carerecord-outbox", Duration.ofSeconds(5), this::deliverDue);
        jobs.every("carerecord-images", Duration.ofMinutes(10), images::sweep);
        jobs.every("carerecord-filed", Duration.ofMinutes(1), this::hearOfFiled);
        jobs.every("carerecord-overdue", Duration.ofMinutes(1), this::remindDue);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Who wrote, took, advised on, queried and pasted a decision about which patient, and when; until the health record has it or it is withdrawn,"
                        + " the signed summary and copies of its pictures, sealed.",
                "The decisions a person wrote, took or was the patient of, with their references in the record.",
                "The summary and its key go with the acknowledgement, or when it is withdrawn; what waits is made unreadable by destroying"
                        + " decision/<decision>, and outbox/<organisation> for what was signed before decisions had"
                        + " keys of their own. The lines stay as proof of what was transferred.");
    }
}
