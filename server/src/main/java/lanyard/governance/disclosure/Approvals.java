package lanyard.governance.disclosure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;

/// Two people agree that a case may look into what was sealed.
///
/// What could go wrong: one person agrees with themselves, or somebody whom it is about agrees; or an agreement is used
/// for more than was agreed. So asker and approver are different people by register, not only by account; neither is
/// named in the case or was in its rooms; a wider scope voids the agreement; it is good for one unsealing within
/// [#LASTS]; and it is nothing once the approver has lost the duty.
final class Approvals {
    static final Duration LASTS = Duration.ofDays(14);
    /// As many as one unsealing takes.
    static final int MOST_OPENED = 1_000;
    private static final Set<Duty> ASKERS = Set.of(Duty.INFORMATION_GOVERNANCE);
    static final Set<Duty> APPROVERS = Set.of(Duty.CASE_APPROVER);
    static final Set<Duty> WITHDRAWERS = Set.of(Duty.INFORMATION_GOVERNANCE, Duty.CASE_APPROVER);

    private final CaseDesk desk;

    Approvals(CaseDesk desk) {
        this.desk = desk;
    }

    void ask(Caller caller, CaseId id, String reason) {
        var why = CaseDesk.reason(reason);
        desk.step(caller, id, ASKERS, (commit, found) -> {
            beforeAsking(found, scope(commit.tx(), found).size()).ifPresent(first -> {
                throw CaseDesk.badState(first);
            });
            desk.store().ask(commit.tx(), id, caller.user(), why);
            return new CaseDesk.Step("case.approval_asked", why);
        });
    }

    /// What must come before approval can be asked for, as a sentence; empty when it can be.
    static Optional<String> beforeAsking(Case found, int covered) {
        if (found.identity() == IdentityCheck.NEEDED) {
            return Optional.of("First note how the requester has shown who they are.");
        }
        if (covered == 0) {
            return Optional.of("The case covers no conversation yet. Search first.");
        }
        if (covered > MOST_OPENED) {
            return Optional.of("The case covers " + covered + " conversations, and at most " + MOST_OPENED
                    + " are opened at once. Log a second case for some of the people or days, or leave some out.");
        }
        return Optional.empty();
    }

    void approve(Caller caller, CaseId id, String reason) {
        var why = CaseDesk.reason(reason);
        desk.step(caller, id, APPROVERS, (commit, found) -> {
            var approval = asked(found);
            requireAnother(caller.user(), approval.askedBy());
            requireAnother(caller.user(), found.openedBy());
            desk.store()
                    .approve(
                            commit.tx(),
                            id,
                            caller.user(),
                            desk.ground().clock().instant());
            var details = Json.object()
                    .put("asked_by", approval.askedBy().value())
                    .put("rooms", scope(commit.tx(), found).size());
            return new CaseDesk.Step("case.approved", why, details);
        });
    }

    private void requireAnother(UserId approver, UserId other) {
        if (desk.conflicts().isSame(approver, other)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "Whoever logged the case or asked for approval cannot give it: another person must.");
        }
    }

    void refuse(Caller caller, CaseId id, String reason) {
        var why = CaseDesk.reason(reason);
        desk.step(caller, id, APPROVERS, (commit, found) -> {
            asked(found);
            desk.store().reopen(commit.tx(), id);
            return new CaseDesk.Step("case.approval_refused", why);
        });
    }

    /// Takes back what was asked for or agreed to, before it is used: whoever works on the case, or who may approve.
    void withdraw(Caller caller, CaseId id, String reason) {
        var why = CaseDesk.reason(reason);
        desk.step(caller, id, WITHDRAWERS, (commit, found) -> {
            var unused = found.approval().filter(approval -> !approval.spent());
            if (found.state() == CaseState.OPEN || unused.isEmpty()) {
                throw CaseDesk.badState("There is no approval to withdraw: none was asked for, or it was used.");
            }
            desk.store().reopen(commit.tx(), id);
            return new CaseDesk.Step("case.approval_withdrawn", why);
        });
    }

    private static Case.Approval asked(Case found) {
        if (found.state() != CaseState.ASKED) {
            throw CaseDesk.badState("Nobody is asking for approval of this case.");
        }
        return found.approval().orElseThrow();
    }

    List<RoomSpan> scope(Tx tx, Case found) {
        return desk.rooms().list(tx, found.id()).stream()
                .filter(room -> room.leftOutBy().isEmpty())
                .map(CaseRoom::span)
                .toList();
    }

    /// What may be unsealed now, if anything.
    Optional<ApprovedScope> approved(Tx tx, Case found) {
        return found.approval()
                .filter(approval -> found.state() == CaseState.APPROVED && !approval.spent())
                .filter(this::stillStands)
                .filter(approval -> holds(tx, approval.approvedBy().orElseThrow(), Duty.CASE_APPROVER))
                .filter(approval -> holds(tx, approval.askedBy(), Duty.INFORMATION_GOVERNANCE))
                .map(approval -> {
                    var spans = scope(tx, found);
                    return new ApprovedScope(
                            found.id(),
                            found.organization(),
                            spans,
                            desk.conflicts().list(tx, found, spans),
                            approval.askedBy(),
                            approval.approvedBy().orElseThrow(),
                            approval.reason());
                });
    }

    /// What must come before the case can be unsealed, as a sentence; empty when it can be.
    Optional<String> before(Tx tx, Case found) {
        if (approved(tx, found).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (found.state()) {
                    case OPEN -> "First somebody asks for approval, and another person approves.";
                    case ASKED -> "It waits for another person's approval.";
                    case APPROVED ->
                        found.approval().orElseThrow().spent()
                                ? "The approval was used: each unsealing needs one of its own. First another is asked for."
                                : "The approval has ended, or who gave or asked for it has no longer the duty. First"
                                        + " another is asked for.";
                    case CLOSED -> "This case is closed.";
                });
    }

    private boolean stillStands(Case.Approval approval) {
        return approval.approved()
                .filter(at -> desk.ground().clock().instant().isBefore(at.plus(LASTS)))
                .isPresent();
    }

    private boolean holds(Tx tx, UserId user, Duty duty) {
        return desk.others().identity().duties().of(tx, user).contains(duty);
    }

    /// Uses the approval. Errors: `M_BAD_STATE` (409) when there is none or it was used, `M_FORBIDDEN` when it is worth
    /// nothing any more.
    ApprovedScope spend(Commit commit, Case found) {
        if (found.state() != CaseState.APPROVED
                || found.approval().orElseThrow().spent()) {
            throw CaseDesk.badState("The case has no approval, or it was used. Ask for another.");
        }
        var scope = approved(commit.tx(), found)
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_FORBIDDEN,
                        "The approval has ended, or who gave or asked for it has no longer the duty. Ask again."));
        desk.store().spend(commit.tx(), found.id(), desk.ground().clock().instant());
        return scope;
    }
}
