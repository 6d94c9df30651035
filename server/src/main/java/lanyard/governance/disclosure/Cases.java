package lanyard.governance.disclosure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
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
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.console.Console;
import lanyard.trust.hold.HoldId;
import lanyard.trust.hold.Holds;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Identity;
import tools.jackson.databind.node.ObjectNode;

/// Requests for what was said: subject access, freedom of information, complaints, coroner, safeguarding. A case goes
/// from the request to the answer: what it names is held from the moment it is logged, its clock runs, metadata is
/// searched, two people agree to what is looked into, and everything is written down.
///
/// What could go wrong: somebody looks into conversations without a request, alone, or into their own affair; what is
/// asked for is destroyed meanwhile; nobody can say afterwards what was looked at. So nobody named in a case or ever in
/// its rooms works on it, approves it or unseals it; holds are placed in the transaction that logs the request; reading
/// a case is logged as changing it is; and participants can see that their conversations were searched.
public final class Cases implements Feature {
    static final Set<Duty> WORKERS = Set.of(Duty.INFORMATION_GOVERNANCE);
    private static final String NEEDED =
            "A request for information has placed this hold. Who works on the case lifts it, once the case is closed.";

    private final CaseDesk desk;
    private final Scoping scoping;
    private final Approvals approvals;
    private final Searching searching;
    private final Timing timing;
    private final Notices notices;
    private final Opinions opinions;
    private final CaseDisposals disposals;
    private Optional<Console> console = Optional.empty();
    private final List<BiConsumer<CaseId, UserId>> closed = new CopyOnWriteArrayList<>();

    public Cases(CasesGround ground, Others others) {
        desk = new CaseDesk(ground, others);
        scoping = new Scoping(others);
        approvals = new Approvals(desk);
        searching = new Searching(desk, scoping);
        timing = new Timing(desk);
        notices = new Notices(desk, searching);
        opinions = new Opinions(desk);
        disposals = new CaseDisposals(desk);
        others.holds().neededBy(this::needs);
        others.holds().shows(new CaseEntries(desk)::holdsShownTo);
    }

    /// Whoever may lift holds need not be who may work on the case, and may be whom it is about.
    private Optional<String> needs(Tx tx, HoldId hold) {
        return desk.rooms().isOfACase(tx, hold) ? Optional.of(NEEDED) : Optional.empty();
    }

    /// The features that a case asks.
    public record Others(Identity identity, Holds holds, Patients patients, Rooms rooms, Timeline timeline) {}

    /// The same, with pages on the console.
    public Cases shownOn(Console on) {
        console = Optional.of(on);
        on.auditShows(new CaseEntries(desk)::shownTo);
        return this;
    }

    /// Logs a request, and holds everything it names from that moment. Errors: `M_FORBIDDEN`, `M_NOT_FOUND` for what is
    /// not the organisation's.
    public CaseId open(Caller caller, NewCase asked) {
        desk.others().identity().duties().require(caller, WORKERS);
        scoping.requireKnown(desk.ground().database(), caller.organization(), asked.scope());
        timing.requireReceived(asked.received());
        var id = new CaseId("case-"
                + String.format(Locale.ROOT, "%016x", desk.ground().random().nextLong()));
        desk.seal().prepare(id);
        return desk.ground().writer().write(commit -> {
            var tx = commit.tx();
            desk.others().identity().duties().require(tx, caller.user(), Duty.INFORMATION_GOVERNANCE);
            desk.store()
                    .insert(
                            tx,
                            id,
                            asked,
                            new CaseStore.Opening(
                                    caller.organization(),
                                    caller.user(),
                                    desk.ground().clock().instant()));
            var whole = scoping.withAccounts(tx, caller.organization(), asked.scope());
            desk.hold(commit, id, caller.organization(), caller.user(), scoping.subjects(whole));
            var rooms = scoping.rooms(tx, whole);
            desk.rooms().add(tx, id, rooms);
            var details = Json.object()
                    .put("kind", asked.kind().word())
                    .put("received", asked.received().toString())
                    .put("rooms", rooms.size());
            desk.note(commit, id, caller.user(), new CaseDesk.Step("case.opened", "", details));
            return id;
        });
    }

    /// The cases that the caller may see; those they have a part in are not shown to them.
    public List<Case> list(Caller caller) {
        return desk.list(caller);
    }

    /// Looking at a case is written down. Errors: as [#require].
    public Case get(Caller caller, CaseId id) {
        return desk.read(caller, id, "case.read");
    }

    /// Whether a case that is open names the person, or another account of theirs.
    public boolean isNamedInOpenCase(UserId person) {
        return desk.isNamedInOpenCase(person);
    }

    /// For features that have asked [#require] already.
    public Optional<Case> find(CaseId id) {
        return desk.find(id);
    }

    /// The case, if the caller may work on it. Errors: `M_FORBIDDEN` without the duty, or for who is named in it or was
    /// in one of its rooms; `M_NOT_FOUND`.
    public Case require(Caller caller, CaseId id) {
        return desk.ground().writer().write(commit -> desk.locked(commit.tx(), caller, id, WORKERS));
    }

    public List<CaseRoom> listRooms(CaseId id) {
        return desk.listRooms(id);
    }

    List<CaseLogStore.Line> listLog(CaseId id) {
        return desk.ground().database().read(tx -> desk.log().list(tx, id));
    }

    /// Something that was done in a case, without who did it.
    public record Done(Instant at, String action, ObjectNode details) {}

    /// Everything that was done in a case, oldest first, for features that have asked [#require] already.
    public List<Done> listDone(CaseId id) {
        return listLog(id).stream()
                .map(line -> new Done(line.at(), line.action(), line.details()))
                .toList();
    }

    /// How the requester has shown who they are, or why they need not.
    public void checkIdentity(Caller caller, CaseId id, IdentityCheck identity, String how) {
        var words = CaseDesk.reason(how);
        desk.step(caller, id, WORKERS, (commit, found) -> {
            desk.store().putIdentity(commit.tx(), id, identity);
            return new CaseDesk.Step(
                    "case.identity_checked", words, Json.object().put("identity", identity.word()));
        });
    }

    /// A room that is not to be looked into, with why; it stays held.
    public void leaveOut(Caller caller, CaseId id, RoomId room, String reason) {
        var why = CaseDesk.reason(reason);
        desk.step(caller, id, WORKERS, (commit, _) -> {
            if (!desk.rooms().leaveOut(commit.tx(), id, room, caller.user())) {
                throw CaseDesk.unknown();
            }
            return new CaseDesk.Step("case.room_left_out", why, Json.object().put("room", room.value()));
        });
    }

    /// Asks for approval to look into what was sealed, with why.
    public void ask(Caller caller, CaseId id, String reason) {
        approvals.ask(caller, id, reason);
    }

    /// Errors: `M_FORBIDDEN` for who asked or logged the case, or has a part in it; `M_BAD_STATE`.
    public void approve(Caller caller, CaseId id, String reason) {
        approvals.approve(caller, id, reason);
    }

    public void refuse(Caller caller, CaseId id, String reason) {
        approvals.refuse(caller, id, reason);
    }

    /// Errors: `M_BAD_STATE` (409) when nothing was asked for, or the approval was used.
    public void withdraw(Caller caller, CaseId id, String reason) {
        approvals.withdraw(caller, id, reason);
    }

    /// What may be unsealed now; nothing when the approval was used, has ended, or was given by somebody who has the
    /// duty no more.
    public Optional<ApprovedScope> approved(CaseId id) {
        return desk.ground()
                .database()
                .read(tx -> desk.store().find(tx, id).flatMap(found -> approvals.approved(tx, found)));
    }

    /// What must come before the case can be unsealed, as a sentence; empty when it can be now.
    public Optional<String> beforeUnsealing(CaseId id) {
        return desk.ground()
                .database()
                .read(tx -> desk.store().find(tx, id).flatMap(found -> approvals.before(tx, found)));
    }

    /// Uses the approval for one unsealing. Errors: `M_BAD_STATE` (409) when there is none or it was used,
    /// `M_FORBIDDEN` when it is worth nothing any more.
    public ApprovedScope spend(Commit commit, CaseId id, UserId by) {
        var found = desk.store().lock(commit.tx(), id).orElseThrow(CaseDesk::unknown);
        var scope = approvals.spend(commit, found);
        desk.note(commit, id, by, new CaseDesk.Step("case.approval_used", scope.reason()));
        notices.began(commit, found, by);
        return scope;
    }

    /// First in a deed that changes something: since it was asked before, the case may have been closed, or the
    /// caller have got a part in it. Locks it. Errors: as [#require]; `M_BAD_STATE` (409) when it is closed.
    public void requireOpen(Commit commit, Caller caller, CaseId id) {
        CaseDesk.requireOpen(desk.locked(commit.tx(), caller, id, WORKERS));
    }

    /// The case's own log, with a leaf in the audit. `action` as `case.pack_made`; `details` are ids and numbers.
    /// Errors: as [#require].
    public void note(Commit commit, Caller caller, CaseId id, String action, ObjectNode details) {
        var _ = desk.locked(commit.tx(), caller, id, WORKERS);
        desk.note(commit, id, caller.user(), new CaseDesk.Step(action, "", details));
    }

    /// Ends it. Holds stay while the requester can still complain, unless `releaseHolds` says that they need not.
    public void close(Caller caller, CaseId id, String outcome, boolean releaseHolds) {
        var words = CaseDesk.reason(outcome);
        desk.step(caller, id, WORKERS, (commit, _) -> {
            desk.store().close(commit.tx(), id, desk.ground().clock().instant());
            return new CaseDesk.Step("case.closed", words);
        });
        closed.forEach(listener -> listener.accept(id, caller.user()));
        if (releaseHolds) {
            releaseHolds(caller, id, words);
        }
    }

    /// Lifts the holds of a closed case.
    public void releaseHolds(Caller caller, CaseId id, String reason) {
        var words = CaseDesk.reason(reason);
        desk.ground().writer().write(commit -> {
            var found = desk.locked(commit.tx(), caller, id, WORKERS);
            if (!found.isClosed()) {
                throw CaseDesk.badState("The holds of a case are lifted once it is closed.");
            }
            // Some were lifted by hand, when that could be.
            var holds = desk.others().holds();
            desk.rooms().takeHolds(commit.tx(), id).stream()
                    .filter(hold -> holds.isStanding(commit.tx(), hold))
                    .forEach(hold -> holds.lift(commit, hold, caller.user(), "disclosure " + id));
            desk.note(commit, id, caller.user(), new CaseDesk.Step("case.holds_released", words));
            return true;
        });
    }

    /// `keeper` lets go of what it keeps for a case when the case's time is over.
    public void keptBy(CaseKeeper keeper) {
        disposals.keptBy(keeper);
    }

    /// Marks and destroys cases whose time is over, as the job does each hour. Answers how many ended.
    public int expire() {
        return disposals.carryOut();
    }

    CaseDisposals disposals() {
        return disposals;
    }

    /// `listener` hears of each case that has been closed, and by whom.
    public void onClosed(BiConsumer<CaseId, UserId> listener) {
        closed.add(listener);
    }

    public Searching searching() {
        return searching;
    }

    public Timing timing() {
        return timing;
    }

    public Notices notices() {
        return notices;
    }

    public Opinions opinions() {
        return opinions;
    }

    CaseDesk desk() {
        return desk;
    }

    @Override
    public void routes(Routes routes) {
        new NoticeEndpoints(desk.others().identity(), notices).addTo(routes);
        console.ifPresent(on -> {
            new CasePages(this, on).addTo(routes);
            new CaseDisposalPages(disposals, on).addTo(routes);
            new OpinionPages(opinions, on).addTo(routes);
        });
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("case-disposal", Duration.ofHours(1), this::expire);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Who asks for what was said, about whom and what was done about it; names, contacts and words sealed by"
                        + " the case's key; which searches covered whose rooms.",
                "A requester's cases; a participant's list of searches, without the requester.",
                "Destroying case/<id> makes the words unreadable, and what the audit proves of them by; ids and dates"
                        + " stay as the disclosure log. Audit entries from before 24 November 2026 keep their words.");
    }
}
