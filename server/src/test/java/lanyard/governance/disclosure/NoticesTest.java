package lanyard.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import lanyard.platform.http.TestHttp;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.identity.Duty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoticesTest {
    private final TestCases test = new TestCases();
    private final Cases cases = test.cases;
    private final TestHttp http = TestHttp.serving(cases);

    @AfterEach
    void close() {
        http.close();
        test.close();
    }

    private String seenBy(UserId user) {
        return http.get("/_lanyard/v1/me/searches", test.record.token(user))
                .json()
                .toString();
    }

    private CaseId looked() {
        var id = test.approved();
        var spans = cases.approved(id).orElseThrow().rooms();
        test.record.ward.writer.write(commit -> {
            looked(commit, id, spans, List.of(), 3);
            return true;
        });
        return id;
    }

    private void looked(Commit commit, CaseId id, List<RoomSpan> spans, List<String> terms, int found) {
        cases.searching()
                .searched(
                        commit,
                        id,
                        new Searching.Look(
                                test.officer.user(),
                                Searching.What.CONTENT,
                                spans,
                                terms,
                                found,
                                "nothing",
                                "all of it"));
    }

    private Instant in(Duration time) {
        return test.record.ward.clock.instant().plus(time);
    }

    @Test
    @Rule("G39")
    void participantsSeeThatTheirConversationsWereSearchedAndNeverForWhom() {
        looked();
        for (var member : List.of(test.record.registrar, test.record.nurse)) {
            assertThat(seenBy(member))
                    .isEqualTo(
                            "{\"searches\":[{\"date\":\"2026-11-02\",\"kind\":\"subject_access\",\"what\":\"content\"}]}");
        }
        assertThat(seenBy(test.record.stranger)).isEqualTo("{\"searches\":[]}");
        assertThat(http.get("/_lanyard/v1/me/searches").status()).isEqualTo(401);
    }

    /// A restored backup has its row still.
    @Test
    void whatIsLeftOfACaseWhoseKeyIsGoneHidesNoOtherFromTheOfficer() {
        var gone = looked();
        var id = looked();
        test.record.ward.keys.destroy(CaseSeal.name(gone), "the case's time is over");
        assertThat(cases.notices().listForOfficer(test.dpo))
                .extracting(Searching.Past::about)
                .containsExactly(id);
    }

    @Test
    @Rule("G39")
    void theSearchOfMetadataIsToldToo() {
        var id = test.subjectAccess();
        cases.searching().search(test.officer, id, test.order(Set.of(test.record.registrar)));
        assertThat(seenBy(test.record.nurse)).contains("metadata");
    }

    @Test
    @Rule("G39")
    void safeguardingDefersTheNoticeAndTheDeferralEnds() {
        var id = looked();
        assertThatThrownBy(() -> cases.notices().defer(test.officer, id, in(Duration.ofDays(9)), "a child"))
                .hasMessageContaining("Caldicott guardian");
        assertThatThrownBy(() -> cases.notices().defer(test.caldicott, id, in(Duration.ofDays(181)), "a child"))
                .hasMessageContaining("within 180 days");
        cases.notices().defer(test.caldicott, id, in(Duration.ofDays(9)), "a child at risk");
        assertThat(seenBy(test.record.nurse)).isEqualTo("{\"searches\":[]}");
        test.record.ward.clock.pass(Duration.ofDays(9));
        assertThat(seenBy(test.record.nurse)).contains("content");
    }

    @Test
    @Rule("G39")
    void aCovertSearchTakesThreePeopleAndEndsWithinTwentyEightDays() {
        var id = looked();
        var notices = cases.notices();
        var until = in(Duration.ofDays(28));
        assertThatThrownBy(() -> notices.approveCovert(test.siro, id, until, "serious"))
                .hasMessageContaining("Nobody is asking");
        notices.askCovert(test.officer, id, "suspected fraud with drugs");
        assertThatThrownBy(() -> notices.approveCovert(test.siro, id, until, "serious"))
                .hasMessageContaining("First the data protection officer");
        assertThatThrownBy(() -> notices.adviseCovert(test.officer, id, "fine"))
                .hasMessageContaining("data protection officer");
        notices.adviseCovert(test.dpo, id, "necessary, shortly");
        test.give(test.dpo.user(), Duty.SIRO);
        assertThatThrownBy(() -> notices.approveCovert(test.dpo, id, until, "serious"))
                .hasMessageContaining("three people");
        assertThatThrownBy(() -> notices.approveCovert(test.siro, id, until.plusMillis(1), "serious"))
                .hasMessageContaining("within 28 days");
        assertThat(seenBy(test.record.nurse)).contains("content");
        notices.approveCovert(test.siro, id, until, "serious");
        assertThat(seenBy(test.record.nurse)).isEqualTo("{\"searches\":[]}");
        assertThatThrownBy(() -> notices.askCovert(test.officer, id, "longer")).hasMessageContaining("covert once");
        test.record.ward.clock.pass(Duration.ofDays(28));
        assertThat(seenBy(test.record.nurse)).contains("content");
    }

    @Test
    @Rule("G39")
    void theDataProtectionOfficerIsToldOfEachUnsealing() {
        var id = test.approved();
        test.record.ward.writer.write(commit -> cases.spend(commit, id, test.officer.user()));
        var begun = cases.notices().listBegun(test.dpo);
        assertThat(begun).singleElement().satisfies(one -> {
            assertThat(one.about()).isEqualTo(id);
            assertThat(one.by()).isEqualTo(test.officer.user());
        });
        assertThat(cases.notices().countForOfficer(test.dpo)).isEqualTo(1);
        assertThatThrownBy(() -> cases.notices().listBegun(test.officer))
                .hasMessageContaining("data protection officer");
        cases.notices().noticed(test.dpo, begun.getFirst().id());
        assertThat(cases.notices().countForOfficer(test.dpo)).isZero();
        assertThatThrownBy(
                        () -> cases.notices().noticed(test.dpo, begun.getFirst().id()))
                .hasMessageContaining("no such case");
        assertThat(test.actions(id)).contains("case.approval_used", "case.officer_noticed");
    }

    @Test
    @Rule("G39")
    void theDataProtectionOfficerIsToldOfEachSearchOfWhatWasSealed() {
        var id = looked();
        var waiting = cases.notices().listForOfficer(test.dpo);
        assertThat(waiting)
                .singleElement()
                .satisfies(past -> assertThat(past.about()).isEqualTo(id));
        assertThatThrownBy(() -> cases.notices().listForOfficer(test.officer))
                .hasMessageContaining("data protection officer");
        cases.notices().noticed(test.dpo, waiting.getFirst().id());
        assertThat(cases.notices().listForOfficer(test.dpo)).isEmpty();
        assertThat(test.actions(id)).contains("case.content_searched", "case.officer_noticed");
    }

    private CaseId unsealedAbout(UserId user) {
        var id = cases.open(
                test.officer,
                TestCases.asked(CaseKind.SUBJECT_ACCESS, TestCases.about(Set.of(user), Set.of(), Set.of())));
        test.record.ward.writer.write(commit -> {
            looked(commit, id, List.of(), List.of("theft"), 1);
            cases.notices().began(commit, cases.find(id).orElseThrow(), test.officer.user());
            return true;
        });
        return id;
    }

    @Test
    @Rule("G39")
    void anOfficerWhoIsNamedIsNotToldOfTheirOwnCaseAndAnotherIs() {
        var id = unsealedAbout(test.dpo.user());
        var second = test.with("deputy", Duty.DATA_PROTECTION_OFFICER);
        var notices = cases.notices();
        assertThat(notices.countForOfficer(test.dpo)).isZero();
        assertThat(notices.countForOfficer(test.siro)).isZero();
        assertThat(notices.listBegun(second)).extracting(one -> one.about()).containsExactly(id);
        var look = notices.listForOfficer(second).getFirst();
        assertThat(look.about()).isEqualTo(id);
        assertThatThrownBy(() -> notices.noticed(test.dpo, look.id())).hasMessageContaining("no such case");
        assertThatThrownBy(() -> notices.noticed(test.siro, look.id())).hasMessageContaining("no such case");
        notices.noticed(second, look.id());
        assertThat(notices.listForOfficer(second)).isEmpty();
    }

    @Test
    @Rule("G39")
    void theSeniorInformationRiskOwnerIsToldWhereNoOtherOfficerIsLeft() {
        var id = unsealedAbout(test.dpo.user());
        var other = unsealedAbout(test.record.stranger);
        var notices = cases.notices();
        assertThat(notices.listForOfficer(test.dpo))
                .extracting(Searching.Past::about)
                .containsExactly(other);
        assertThat(notices.listForOfficer(test.siro))
                .extracting(Searching.Past::about)
                .containsExactly(id);
        notices.noticed(test.siro, notices.listBegun(test.siro).getFirst().id());
        assertThat(notices.countForOfficer(test.siro)).isEqualTo(1);
        assertThat(test.actions(id)).contains("case.officer_noticed");
        var own = unsealedAbout(test.siro.user());
        assertThat(notices.listForOfficer(test.siro))
                .extracting(Searching.Past::about)
                .doesNotContain(own);
        assertThat(notices.listForOfficer(test.dpo))
                .extracting(Searching.Past::about)
                .contains(own);
    }
}
