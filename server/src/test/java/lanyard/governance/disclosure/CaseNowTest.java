package lanyard.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// What a case's page offers is what would be accepted: every step is tried in every state.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaseNowTest {
    private final TestCases test = new TestCases();
    private final Cases cases = test.cases;
    private final List<CaseStep> steps = new CaseSteps(cases, new CaseForm(test.record.patients)).list();

    @AfterAll
    void close() {
        test.close();
    }

    /// A step, by somebody who has the duty.
    private record Deed(Caller by, Work work) {}

    @FunctionalInterface
    private interface Work {
        void on(Caller by, CaseId id);
    }

    private LocalDate today() {
        return cases.timing().today();
    }

    private Instant tomorrow() {
        return test.record.ward.clock.instant().plus(Duration.ofDays(1));
    }

    private Map<String, Deed> deeds() {
        var deeds = new LinkedHashMap<String, Deed>();
        var officer = test.officer;
        var time = cases.timing();
        var room = test.record.room;
        deeds.put(
                "search",
                new Deed(
                        officer,
                        (by, id) -> cases.searching().search(by, id, test.order(Set.of(test.record.registrar)))));
        deeds.put("identity", new Deed(officer, (by, id) -> cases.checkIdentity(by, id, IdentityCheck.SHOWN, "seen")));
        deeds.put("leave-out", new Deed(officer, (by, id) -> cases.leaveOut(by, id, room, "social")));
        deeds.put("ask", new Deed(officer, (by, id) -> cases.ask(by, id, "to answer")));
        deeds.put("approve", new Deed(test.approver, (by, id) -> cases.approve(by, id, "fine")));
        deeds.put("refuse", new Deed(test.approver, (by, id) -> cases.refuse(by, id, "too wide")));
        deeds.put("withdraw", new Deed(officer, (by, id) -> cases.withdraw(by, id, "not needed")));
        deeds.put("stop-clock", new Deed(officer, (by, id) -> time.stop(by, id, Stop.Why.FEE, today(), "asked")));
        deeds.put("start-clock", new Deed(officer, (by, id) -> time.start(by, id, today())));
        deeds.put("extend", new Deed(officer, this::extend));
        deeds.put("acknowledge", new Deed(officer, (by, id) -> time.acknowledge(by, id, today())));
        deeds.put("time", new Deed(officer, (by, id) -> time.spend(by, id, today(), 5, TimeSpent.Task.LOCATE)));
        deeds.put(
                "withdraw-opinion",
                new Deed(officer, (by, id) -> cases.opinions().withdraw(by, id, test.record.pharmacist, "not needed")));
        var notices = cases.notices();
        deeds.put("defer", new Deed(test.caldicott, (by, id) -> notices.defer(by, id, tomorrow(), "a child")));
        deeds.put("ask-covert", new Deed(officer, (by, id) -> notices.askCovert(by, id, "theft")));
        deeds.put("advise-covert", new Deed(test.dpo, (by, id) -> notices.adviseCovert(by, id, "yes")));
        deeds.put("approve-covert", new Deed(test.siro, (by, id) -> notices.approveCovert(by, id, tomorrow(), "yes")));
        deeds.put("close", new Deed(officer, (by, id) -> cases.close(by, id, "answered", false)));
        deeds.put("release-holds", new Deed(officer, (by, id) -> cases.releaseHolds(by, id, "no complaint")));
        return deeds;
    }

    private Deed deed(String word) {
        return Objects.requireNonNull(deeds().get(word), word);
    }

    private void extend(Caller by, CaseId id) {
        var freedom = cases.find(id).orElseThrow().kind() == CaseKind.FREEDOM_OF_INFORMATION;
        var until = freedom ? Optional.of(today().plusDays(90)) : Optional.<LocalDate>empty();
        cases.timing().extend(by, id, new Extension(today(), until, "many"));
    }

    private CaseId of(CaseKind kind) {
        return cases.open(
                test.officer,
                TestCases.asked(kind, TestCases.about(Set.of(test.record.registrar), Set.of(), Set.of())));
    }

    private CaseId after(CaseId id, String... words) {
        for (var word : words) {
            var deed = deed(word);
            deed.work().on(deed.by(), id);
        }
        return id;
    }

    private CaseId spent() {
        var id = test.approved();
        test.record.ward.writer.write(commit -> cases.spend(commit, id, test.officer.user()));
        return id;
    }

    private CaseId asksAnOpinion() {
        var id = test.subjectAccess();
        cases.opinions().ask(test.officer, id, test.record.pharmacist, "Harm?", List.of(TestCases.SHOWN));
        return id;
    }

    private CaseId aboutNothing() {
        var scope = TestCases.about(Set.of(test.record.stranger), Set.of(), Set.of());
        return cases.open(test.officer, TestCases.asked(CaseKind.NHS_COMPLAINT, scope));
    }

    private CaseId coveringTooMuch() {
        var id = of(CaseKind.FREEDOM_OF_INFORMATION);
        var span = cases.listRooms(id).getFirst().span();
        var many = IntStream.rangeClosed(1, Approvals.MOST_OPENED)
                .mapToObj(n -> new RoomSpan(new RoomId("!many" + n + ":ward.test"), span.fromTs(), span.toTs()))
                .map(one -> new CaseRoom(one, CaseRoom.Why.SEARCH, Optional.empty()))
                .toList();
        test.record.ward.writer.write(commit -> cases.desk().rooms().add(commit.tx(), id, many));
        return id;
    }

    private Map<String, Supplier<CaseId>> states() {
        var states = new LinkedHashMap<String, Supplier<CaseId>>();
        for (var kind : CaseKind.values()) {
            states.put(kind.word(), () -> of(kind));
        }
        states.put("covering nothing", this::aboutNothing);
        states.put("everything left out", () -> after(of(CaseKind.FREEDOM_OF_INFORMATION), "leave-out"));
        states.put("covering more than is opened", this::coveringTooMuch);
        states.put("identity shown", () -> after(test.subjectAccess(), "identity"));
        states.put("asked", () -> after(test.subjectAccess(), "identity", "ask"));
        states.put("refused", () -> after(test.subjectAccess(), "identity", "ask", "refuse"));
        states.put("withdrawn", () -> after(test.approved(), "withdraw"));
        states.put("approved", test::approved);
        states.put("used", this::spent);
        states.put("clock stopped", () -> after(test.subjectAccess(), "stop-clock"));
        states.put("extended", () -> after(test.subjectAccess(), "extend"));
        states.put("freedom, extended", () -> after(of(CaseKind.FREEDOM_OF_INFORMATION), "extend"));
        states.put("acknowledged", () -> after(of(CaseKind.NHS_COMPLAINT), "acknowledge"));
        states.put("asks an opinion", this::asksAnOpinion);
        states.put("covert asked", () -> after(test.subjectAccess(), "ask-covert"));
        states.put("covert advised", () -> after(test.subjectAccess(), "ask-covert", "advise-covert"));
        states.put("covert", () -> after(test.subjectAccess(), "ask-covert", "advise-covert", "approve-covert"));
        states.put("closed", () -> after(test.subjectAccess(), "close"));
        states.put("closed while asking", () -> after(test.subjectAccess(), "identity", "ask", "ask-covert", "close"));
        states.put("closed, an opinion asked", () -> after(asksAnOpinion(), "close"));
        states.put("holds released", () -> after(test.subjectAccess(), "close", "release-holds"));
        return states;
    }

    private CaseNow.Answer answer(String word, Caller by, CaseId id) {
        var step = steps.stream().filter(one -> one.word().equals(word)).findFirst();
        var one = cases.find(id).orElseThrow();
        return step.orElseThrow().answer(CaseNow.of(cases, by, one));
    }

    /// Empty when it was taken.
    private static String refusal(Deed deed, CaseId id) {
        try {
            deed.work().on(deed.by(), id);
            return "";
        } catch (MatrixException refused) {
            return refused.sentence();
        }
    }

    private void isOfferedWhenAccepted(String word, Deed deed, CaseId id) {
        var answer = answer(word, deed.by(), id);
        var refusal = refusal(deed, id);
        assertThat(answer instanceof CaseNow.Possible)
                .as("%s: offered, says \"%s\"; the deed says \"%s\"", word, answer.why(), refusal)
                .isEqualTo(refusal.isEmpty());
        assertThat(answer.why().isEmpty()).isEqualTo(answer instanceof CaseNow.Possible);
    }

    @TestFactory
    List<DynamicTest> everyStepIsOfferedInAStateExactlyWhenItIsAccepted() {
        return states().entrySet().stream()
                .map(state -> DynamicTest.dynamicTest(
                        state.getKey(),
                        () -> deeds().forEach((word, deed) -> isOfferedWhenAccepted(
                                word, deed, state.getValue().get()))))
                .toList();
    }

    @Test
    void everyStepIsTried() {
        assertThat(deeds().keySet())
                .containsExactlyElementsOf(steps.stream().map(CaseStep::word).toList());
    }

    @Test
    void whoHadAHandInItIsToldThatAnotherPersonMust() {
        var both = test.with(
                "both", Duty.INFORMATION_GOVERNANCE, Duty.CASE_APPROVER, Duty.DATA_PROTECTION_OFFICER, Duty.SIRO);
        var id = after(test.subjectAccess(), "identity");
        cases.ask(both, id, "to answer");
        cases.notices().askCovert(both, id, "theft");
        for (var word : List.of("approve", "advise-covert")) {
            var deed = new Deed(both, deed(word).work());
            assertThat(answer(word, both, id).why()).contains("Another person must");
            isOfferedWhenAccepted(word, deed, id);
        }
        after(id, "advise-covert");
        assertThat(answer("approve-covert", both, id).why()).contains("Another person must");
        isOfferedWhenAccepted(
                "approve-covert", new Deed(both, deed("approve-covert").work()), id);
    }

    @Test
    void whatMustComeBeforeIsSaid() {
        var id = test.subjectAccess();
        assertThat(answer("ask", test.officer, id))
                .isEqualTo(new CaseNow.Later("First note how the requester has shown who they are."));
        assertThat(answer("approve", test.approver, id).why()).contains("asks for approval");
        assertThat(cases.beforeUnsealing(id).orElseThrow()).contains("asks for approval");
        after(id, "identity", "ask");
        assertThat(cases.beforeUnsealing(id).orElseThrow()).contains("waits for another person's approval");
        after(id, "approve");
        assertThat(cases.beforeUnsealing(id)).isEmpty();
        test.record.ward.writer.write(commit -> cases.spend(commit, id, test.officer.user()));
        assertThat(cases.beforeUnsealing(id).orElseThrow()).contains("was used");
        assertThat(answer("release-holds", test.officer, id)).isEqualTo(new CaseNow.Later("First the case is closed."));
        after(id, "close");
        assertThat(cases.beforeUnsealing(id)).contains("This case is closed.");
    }
}
