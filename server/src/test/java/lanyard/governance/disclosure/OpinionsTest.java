package lanyard.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.NewPerson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Asking a health professional for an opinion; giving it is in the golden request, through the console.
@Rule("G17")
class OpinionsTest {
    private TestCases test;
    private Opinions opinions;

    @BeforeEach
    void start() {
        test = new TestCases();
        opinions = test.cases.opinions();
    }

    @AfterEach
    void stop() {
        test.close();
    }

    private void refused(CaseId id, UserId person, String question, String why) {
        assertThatThrownBy(() -> opinions.ask(test.officer, id, person, question, List.of()))
                .hasMessageContaining(why);
    }

    /// Answers the question as it stands.
    private void give(Caller asked, CaseId id) {
        var mark = opinions.read(asked, id).mark();
        opinions.give(asked, id, Opinion.Finding.MAY_BE_TOLD, "No harm.", mark);
    }

    /// Without having been shown a question.
    private void late(Caller asked, CaseId id) {
        opinions.give(asked, id, Opinion.Finding.MAY_BE_TOLD, "No harm.", "");
    }

    private void one(String number, UserId... accounts) {
        test.record.ward.writer.write(commit -> {
            List.of(accounts).forEach(user -> test.record.ward.identity.people().number(commit, user, number));
            return number;
        });
    }

    @Test
    void oneThatWasGivenOnPaperSaysWhoRecordedIt() {
        var id = test.subjectAccess();
        var given = new Opinion(
                Opinion.Finding.MAY_BE_TOLD, TestCases.TODAY, "Dr Ada Quinn", "GMC", "7654321", "No harm seen.");
        opinions.add(test.officer, id, given, TestCases.COVERS);
        assertThat(opinions.list(id)).singleElement().satisfies(entered -> {
            assertThat(entered.own()).isFalse();
            assertThat(entered.covers()).isEqualTo(TestCases.COVERS);
            assertThat(entered.by()).isEqualTo(test.officer.user().value());
        });
    }

    @Test
    void aProfessionalIsAskedWhoIsRegisteredAndWhomTheCaseIsNotAbout() {
        var about = TestCases.about(Set.of(test.record.registrar), Set.of(), Set.of());
        var id = test.cases.open(test.officer, TestCases.asked(CaseKind.SUBJECT_ACCESS, about));
        refused(id, test.record.registrar, "Harm?", "about them");
        var clerk = test.record.ward.person("una", "Una Clerk", new NewPerson.Post("Clerk", "Ward 7", "", ""));
        refused(id, clerk, "Harm?", "no registration");
        refused(id, new UserId("@nobody:ward.test"), "Harm?", "no such person");
        refused(id, test.record.pharmacist, " ", "Write the question");
        opinions.ask(test.officer, id, test.record.pharmacist, "Harm?", List.of(TestCases.SHOWN));
        var asked = TestCases.caller(test.record.pharmacist);
        assertThat(opinions.listAsked(id)).containsExactly(test.record.pharmacist);
        assertThat(opinions.listAsked(asked)).containsExactly(id);
        assertThat(opinions.read(asked, id).question().passages()).containsExactly(TestCases.SHOWN);
        one("4711", test.record.registrar, test.record.pharmacist);
        assertThatThrownBy(() -> opinions.read(asked, id)).hasMessageContaining("You are not asked");
        assertThatThrownBy(() -> late(asked, id))
                .as("who turns out to be whom it is about")
                .hasMessageContaining("You are not asked");
        one("", test.record.registrar, test.record.pharmacist);
        assertThat(opinions.read(asked, id).question().words()).isEqualTo("Harm?");
        assertThatThrownBy(() -> opinions.read(TestCases.caller(test.record.nurse), id))
                .hasMessageContaining("You are not asked");
        test.cases.close(test.officer, id, "withdrawn", true);
        assertThat(opinions.listAsked(asked)).isEmpty();
        assertThatThrownBy(() -> late(asked, id)).hasMessageContaining("You are not asked");
    }

    private void notWithdrawn(UserId person, CaseId id, String why) {
        assertThatThrownBy(() -> opinions.withdraw(test.officer, id, person, "asked the wrong person"))
                .hasMessageContaining(why);
    }

    @Test
    void aQuestionIsWithdrawnByWhoWorksOnTheCaseAndALateAnswerIsToldSo() {
        var id = test.subjectAccess();
        opinions.ask(test.officer, id, test.record.pharmacist, "Harm?", List.of(TestCases.SHOWN));
        var asked = TestCases.caller(test.record.pharmacist);
        assertThatThrownBy(() -> opinions.withdraw(test.officer, id, test.record.pharmacist, " "))
                .hasMessageContaining("Give the reason");
        assertThatThrownBy(() -> opinions.withdraw(test.approver, id, test.record.pharmacist, "not mine"))
                .hasMessageContaining("information governance");
        notWithdrawn(test.record.nurse, id, "not asked for an opinion");
        assertThat(opinions.read(asked, id).question().passages()).containsExactly(TestCases.SHOWN);
        var colleague = test.with("ig2", Duty.INFORMATION_GOVERNANCE);
        opinions.withdraw(colleague, id, test.record.pharmacist, "asked the wrong person");
        assertThat(test.actions(id)).endsWith("case.opinion_withdrawn");
        assertThat(test.cases.listLog(id).getLast().reason()).isEqualTo("asked the wrong person");
        assertThat(opinions.listAsked(id)).isEmpty();
        assertThat(opinions.listAsked(asked)).isEmpty();
        assertThatThrownBy(() -> opinions.read(asked, id)).hasMessageContaining("question was withdrawn");
        assertThatThrownBy(() -> late(asked, id)).hasMessageContaining("question was withdrawn");
        assertThat(opinions.list(id)).isEmpty();
        assertThatThrownBy(() -> opinions.read(TestCases.caller(test.record.nurse), id))
                .hasMessageContaining("You are not asked");
        notWithdrawn(test.record.pharmacist, id, "not asked for an opinion");
        assertThat(shown(id)).as("what they were shown is gone").isZero();
    }

    private long shown(CaseId id) {
        return test.record.ward.database.read(
                tx -> tx.query("""
                        select count(sealed) from disclosure_opinion_asked where case_id = :id
                        """).bind("id", id.value()).mapTo(Long.class).one());
    }

    @Test
    void whoWasAskedIsAskedAgainAndWhatTheyGaveStays() {
        var id = test.subjectAccess();
        var asked = TestCases.caller(test.record.pharmacist);
        opinions.ask(test.officer, id, test.record.pharmacist, "Harm?", List.of(TestCases.SHOWN));
        opinions.withdraw(test.officer, id, test.record.pharmacist, "asked too early");
        opinions.ask(test.officer, id, test.record.pharmacist, "Harm now?", List.of());
        assertThat(opinions.read(asked, id).question().words()).isEqualTo("Harm now?");
        give(asked, id);
        notWithdrawn(test.record.pharmacist, id, "it stays with the case");
        assertThat(opinions.list(id)).hasSize(1);
    }

    @Test
    void anOpinionCoversWhatItsProfessionalWasShownAndNothingThatWasAskedMeanwhile() {
        var id = test.subjectAccess();
        var asked = TestCases.caller(test.record.pharmacist);
        opinions.ask(test.officer, id, test.record.pharmacist, "Harm?", List.of(TestCases.SHOWN));
        var mark = opinions.read(asked, id).mark();
        var more = new Shown("and more", Map.of(new EventId("$more"), "hash of more"));
        opinions.ask(test.officer, id, test.record.pharmacist, "Harm?", List.of(TestCases.SHOWN, more));
        assertThatThrownBy(() -> opinions.give(asked, id, Opinion.Finding.MAY_BE_TOLD, "No harm.", mark))
                .hasMessageContaining("something else by now");
        assertThat(opinions.list(id)).isEmpty();
        give(asked, id);
        assertThat(opinions.list(id)).singleElement().satisfies(given -> {
            assertThat(given.own()).isTrue();
            assertThat(given.covers()).containsOnlyKeys(new EventId("$said"), new EventId("$more"));
        });
    }
}
