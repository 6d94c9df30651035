package lanyard.governance.review;

import java.util.List;
import lanyard.governance.custodian.Order;
import lanyard.governance.custodian.Session;
import lanyard.governance.disclosure.ApprovedScope;
import lanyard.governance.disclosure.CaseId;
import lanyard.governance.disclosure.RoomSpan;
import lanyard.governance.disclosure.Searching;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;

/// Where a case, which knows nothing of keys, and an unsealing, which knows nothing of cases, meet: what two people
/// have approved is all that the two officers are asked to open, once; and each search in it is one that participants
/// and the data protection officer can see.
final class LookingIn {
    private static final String CLOSED =
            "that could not be opened, disposed of by then or never shared with the records custodian";

    private final ReviewParts parts;

    LookingIn(ReviewParts parts) {
        this.parts = parts;
        parts.others().cases().onClosed(this::end);
    }

    /// What was opened for a case is not looked into once the case is closed.
    private void end(CaseId id, UserId by) {
        var unsealing = parts.others().unsealing();
        unsealing.ofCase(id.value()).ifPresent(session -> unsealing.close(session, by));
    }

    /// Begins to unseal what was approved, and uses the approval up. Errors: as `cases.require`, `M_BAD_STATE` (409)
    /// without an approval.
    Session begin(Caller caller, CaseId id) {
        var cases = parts.others().cases();
        cases.require(caller, id);
        var scope = cases.approved(id)
                .orElseThrow(() -> new MatrixException(
                                ErrorCode.M_BAD_STATE, "This case has no approval that could be used. Ask for one.")
                        .status(409));
        var unsealing = parts.others().unsealing();
        var session = unsealing.begin(order(scope));
        try {
            parts.ground().writer().write(commit -> cases.spend(commit, id, caller.user()));
        } catch (RuntimeException e) {
            unsealing.close(session, caller.user());
            throw e;
        }
        return session;
    }

    private static Order order(ApprovedScope scope) {
        return new Order(
                scope.id().value(),
                scope.organization(),
                scope.rooms().stream()
                        .map(span -> new Order.Span(span.room(), span.fromTs(), span.toTs()))
                        .toList(),
                scope.excluded(),
                scope.requestedBy(),
                scope.approvedBy(),
                scope.reason());
    }

    /// Who searched, what came of it, what was left out and why that is enough.
    record Asked(UserId by, List<String> words, int hits, String leftOut, String why) {}

    /// How many messages of the case no search can find, because they could not be opened.
    static int closed(Session session) {
        return session.opening().map(opening -> opening.closed().size()).orElse(0);
    }

    private static String messages(int number) {
        return number == 1 ? "1 message" : number + " messages";
    }

    void searched(CaseId id, Session session, Asked asked) {
        var spans = session.order().rooms().stream()
                .map(span -> new RoomSpan(span.room(), span.fromTs(), span.toTs()))
                .toList();
        var closed = closed(session);
        var leftOut = closed == 0 ? asked.leftOut() : asked.leftOut() + "; " + messages(closed) + " " + CLOSED;
        var look = new Searching.Look(
                asked.by(), Searching.What.CONTENT, spans, asked.words(), asked.hits(), leftOut, asked.why());
        parts.ground().writer().write(commit -> {
            parts.others().cases().searching().searched(commit, id, look);
            return look;
        });
    }
}
