package lanyard.governance.disclosure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.hold.HoldSubject;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;
import tools.jackson.databind.node.ObjectNode;

/// What all work on a case goes through: the case is locked, the worker has the duty and no part in it, and what they
/// did is written down with it.
final class CaseDesk {
    /// Who may see a case at all.
    static final Set<Duty> READERS = Set.of(
            Duty.INFORMATION_GOVERNANCE,
            Duty.CASE_APPROVER,
            Duty.CALDICOTT_GUARDIAN,
            Duty.DATA_PROTECTION_OFFICER,
            Duty.SIRO);

    /// What of an entry of the audit proves the words that its deed was given; see [CaseSeal#proof].
    static final String PROOF = "reason_proof";

    private static final int LONGEST_REASON = 1_000;

    private final CasesGround ground;
    private final Cases.Others others;
    private final CaseSeal seal;
    private final CaseStore store;
    private final CaseRoomStore rooms = new CaseRoomStore();
    private final CaseLogStore log;
    private final Conflicts conflicts;

    CaseDesk(CasesGround ground, Cases.Others others) {
        this.ground = ground;
        this.others = others;
        this.seal = new CaseSeal(ground.keys());
        this.store = new CaseStore(seal);
        this.log = new CaseLogStore(seal);
        this.conflicts = new Conflicts(others.identity(), rooms);
    }

    /// What one step did: what to call it, why, and ids and numbers about it.
    record Step(String action, String reason, ObjectNode details) {
        Step(String action, String reason) {
            this(action, reason, Json.object());
        }
    }

    /// A step of a case by somebody with one of the duties. Errors: `M_FORBIDDEN` without the duty or with a part
    /// in the case, `M_NOT_FOUND`, `M_BAD_STATE` for a closed case.
    void step(Caller caller, CaseId id, Set<Duty> duties, BiFunction<Commit, Case, Step> work) {
        ground.writer().write(commit -> {
            var found = locked(commit.tx(), caller, id, duties);
            requireOpen(found);
            note(commit, id, caller.user(), work.apply(commit, found));
            return true;
        });
    }

    /// Looking at it, which is written down too.
    Case read(Caller caller, CaseId id, String action) {
        return ground.writer().write(commit -> {
            var found = locked(commit.tx(), caller, id, READERS);
            note(commit, id, caller.user(), new Step(action, ""));
            return found;
        });
    }

    /// For a page about the case that says no more of it than what can be done. Errors: as [#step].
    Case requireSeen(Caller caller, CaseId id, Set<Duty> duties) {
        return ground.writer().write(commit -> locked(commit.tx(), caller, id, duties));
    }

    /// Errors: as [#step].
    Case locked(Tx tx, Caller caller, CaseId id, Set<Duty> duties) {
        others.identity().duties().require(tx, caller.user(), duties.toArray(Duty[]::new));
        var found = store.lock(tx, id)
                .filter(one -> one.organization().equals(caller.organization()))
                .orElseThrow(CaseDesk::unknown);
        conflicts.requireNone(tx, found, caller.user());
        return found;
    }

    static void requireOpen(Case found) {
        if (found.isClosed()) {
            throw badState("This case is closed.");
        }
    }

    static MatrixException unknown() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such case.");
    }

    static MatrixException badState(String sentence) {
        return new MatrixException(ErrorCode.M_BAD_STATE, sentence).status(409);
    }

    static String reason(String text) {
        return Requester.checked(text, LONGEST_REASON, "Give the reason, in at most 1000 characters.");
    }

    /// The case is locked. Words are kept by the case alone, sealed by its key; the audit outlives that key and has
    /// their proof only.
    void note(Commit commit, CaseId id, UserId by, Step step) {
        log.add(commit.tx(), id, by, step, ground.clock().instant());
        var details = step.details().deepCopy();
        if (!step.reason().isEmpty()) {
            details.put(PROOF, seal.proof(id, step.reason()));
        }
        ground.audit().record(commit, new AuditEntry(step.action(), by.value(), id.value(), "", details));
    }

    /// Keeps everything the subjects name, unless a hold of the case does already. First in a deed: it waits for who is
    /// destroying.
    void hold(Commit commit, CaseId id, String organization, UserId by, List<HoldSubject> subjects) {
        for (var subject : subjects) {
            if (!rooms.holds(commit.tx(), id, subject)) {
                var hold = others.holds().place(commit, new NewHold(organization, subject, by, "disclosure " + id));
                rooms.addHold(commit.tx(), id, hold, subject);
            }
        }
    }

    /// Cases of the organisation that the caller has no part in.
    List<Case> list(Caller caller) {
        others.identity().duties().require(caller, READERS);
        var accounts = conflicts.accountsOf(caller.user());
        var unnamed = ground.database().read(tx -> store.list(tx, caller.organization())).stream()
                .filter(one -> !conflicts.isNamed(one, accounts))
                .toList();
        return ground.database()
                .read(tx -> unnamed.stream()
                        .filter(one -> !conflicts.wasThere(tx, one, accounts))
                        .toList());
    }

    boolean isNamedInOpenCase(UserId person) {
        var accounts = conflicts.accountsOf(person);
        return others
                .identity()
                .people()
                .find(person)
                .map(found -> ground.database().read(tx -> store.list(tx, found.organization())))
                .orElseGet(List::of)
                .stream()
                .anyMatch(one -> !one.isClosed() && conflicts.isNamed(one, accounts));
    }

    Optional<Case> find(CaseId id) {
        return ground.database().read(tx -> store.find(tx, id));
    }

    List<CaseRoom> listRooms(CaseId id) {
        return ground.database().read(tx -> rooms.list(tx, id));
    }

    Map<UserId, String> names(Set<UserId> users) {
        var names = new HashMap<UserId, String>();
        users.forEach(user ->
                others.identity().people().find(user).ifPresent(person -> names.put(user, person.displayName())));
        return names;
    }

    CasesGround ground() {
        return ground;
    }

    Cases.Others others() {
        return others;
    }

    CaseSeal seal() {
        return seal;
    }

    CaseStore store() {
        return store;
    }

    CaseRoomStore rooms() {
        return rooms;
    }

    CaseLogStore log() {
        return log;
    }

    Conflicts conflicts() {
        return conflicts;
    }
}
