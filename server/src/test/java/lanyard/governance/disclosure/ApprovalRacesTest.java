package lanyard.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.traceability.Rule;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Abuse row I5: two people act on one approval at once. What counts is what came first, and there is one outcome.
@Rule("G17")
class ApprovalRacesTest {
    private static final int ROUNDS = Integer.getInteger("lanyard.race-rounds", 500);

    private final TestCases test = new TestCases();
    private final Cases cases = test.cases;
    private final Caller second = test.with("secon", Duty.CASE_APPROVER);

    @AfterEach
    void close() {
        test.close();
    }

    private CaseId withIdentity() {
        var id = test.subjectAccess();
        cases.checkIdentity(test.officer, id, IdentityCheck.SHOWN, "passport seen");
        return id;
    }

    @Test
    @DisplayName("I5: approval, another approval and a refusal at once: one of them")
    void i5ApprovingTwiceAndRefusingAtOnceHaveOneOutcome() throws Exception {
        var id = withIdentity();
        var refused = 0;
        for (var round = 0; round < ROUNDS; round++) {
            cases.ask(test.officer, id, "round " + round);
            var did = together(List.of(
                    () -> cases.approve(test.approver, id, "fine"),
                    () -> cases.refuse(second, id, "no"),
                    () -> cases.approve(second, id, "fine too")));
            assertThat(did.stream().filter(one -> one)).hasSize(1);
            var approved = cases.approved(id);
            assertThat(approved.isEmpty()).isEqualTo(did.get(1));
            approved.ifPresent(scope ->
                    assertThat(scope.approvedBy()).isEqualTo(did.getFirst() ? test.approver.user() : second.user()));
            refused += did.get(1) ? 1 : 0;
        }
        var actions = test.actions(id);
        assertThat(actions.stream().filter("case.approval_refused"::equals)).hasSize(refused);
        assertThat(actions.stream().filter("case.approved"::equals)).hasSize(ROUNDS - refused);
    }

    @Test
    @DisplayName("I5: unsealing twice and withdrawing at once: one of them")
    void i5UsingAnApprovalTwiceAndWithdrawingItAtOnceHaveOneOutcome() throws Exception {
        var id = withIdentity();
        var withdrawn = 0;
        for (var round = 0; round < ROUNDS; round++) {
            cases.ask(test.officer, id, "round " + round);
            cases.approve(test.approver, id, "fine");
            var did =
                    together(List.of(() -> spend(id), () -> cases.withdraw(second, id, "not needed"), () -> spend(id)));
            assertThat(did.stream().filter(one -> one)).hasSize(1);
            assertThat(cases.approved(id)).isEmpty();
            withdrawn += did.get(1) ? 1 : 0;
        }
        var actions = test.actions(id);
        assertThat(actions.stream().filter("case.approval_withdrawn"::equals)).hasSize(withdrawn);
        assertThat(actions.stream().filter("case.approval_used"::equals)).hasSize(ROUNDS - withdrawn);
    }

    @Test
    void anApprovalOrTheRequestForItIsWithdrawnUntilItIsUsed() {
        var id = test.approved();
        assertThatThrownBy(() -> cases.withdraw(test.siro, id, "too wide")).hasMessageContaining("case approver");
        cases.withdraw(test.approver, id, "too wide");
        assertThat(cases.approved(id)).isEmpty();
        assertThatThrownBy(() -> spend(id)).hasMessageContaining("no approval");
        assertThatThrownBy(() -> cases.withdraw(test.officer, id, "again"))
                .hasMessageContaining("no approval to withdraw");
        cases.ask(test.officer, id, "to answer");
        cases.withdraw(test.officer, id, "asked too early");
        assertThatThrownBy(() -> cases.approve(test.approver, id, "fine")).hasMessageContaining("Nobody is asking");
        cases.ask(test.officer, id, "to answer");
        cases.approve(test.approver, id, "proportionate");
        spend(id);
        assertThatThrownBy(() -> cases.withdraw(test.approver, id, "too late")).hasMessageContaining("it was used");
    }

    private void spend(CaseId id) {
        test.record.ward.writer.write(commit -> cases.spend(commit, id, test.officer.user()));
    }

    /// Whether each was done; what was not says that it came too late.
    private static List<Boolean> together(List<Runnable> deeds) throws InterruptedException, ExecutionException {
        var did = new ArrayList<Boolean>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = deeds.stream()
                    .<Callable<Boolean>>map(deed -> () -> done(deed))
                    .toList();
            for (var one : threads.invokeAll(calls)) {
                did.add(one.get());
            }
        }
        return did;
    }

    private static boolean done(Runnable deed) {
        try {
            deed.run();
            return true;
        } catch (MatrixException late) {
            assertThat(late.code()).isEqualTo(ErrorCode.M_BAD_STATE);
            assertThat(late.status()).isEqualTo(409);
            return false;
        }
    }
}
