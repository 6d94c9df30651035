package lanyard.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.traceability.Rule;
import lanyard.trust.hold.Hold;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.NewPerson;
import lanyard.trust.identity.TestIdentity;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CasesTest {
    private final TestCases test = new TestCases();
    private final Cases cases = test.cases;

    @AfterEach
    void close() {
        test.close();
    }

    private static void refused(ErrorCode code, int status, String words, ThrowingCallable deed) {
        assertThatThrownBy(deed).isInstanceOfSatisfying(MatrixException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal.sentence()).contains(words);
        });
    }

    private boolean isHeld(RoomId room) {
        return test.record.ward.database.read(
                tx -> test.record.holds.covers(tx, test.record.patients.doomed(tx, Set.of(room))));
    }

    @Test
    @Rule("G17")
    void aRequestIsHeldFromTheMomentItIsLogged() {
        assertThat(isHeld(test.record.room)).isFalse();
        var id = test.subjectAccess();
        assertThat(isHeld(test.record.room)).isTrue();
        assertThat(cases.listRooms(id)).extracting(room -> room.span().room()).containsExactly(test.record.room);
        var found = cases.find(id).orElseThrow();
        assertThat(found.requester()).isEqualTo(TestCases.requester());
        assertThat(found.state()).isEqualTo(CaseState.OPEN);
        assertThat(cases.timing().deadline(found).due()).contains(LocalDate.parse("2026-12-02"));
    }

    @Test
    @Rule("G17")
    void aRequestAboutAPatientCoversAndHoldsEveryRoomThatEverWasAboutThem() {
        var scope = TestCases.about(Set.of(), Set.of(test.record.patient), Set.of());
        var id = cases.open(test.officer, TestCases.asked(CaseKind.CORONER, scope));
        assertThat(cases.listRooms(id)).extracting(CaseRoom::why).containsExactly(CaseRoom.Why.PATIENT);
        assertThat(isHeld(test.record.room)).isTrue();
        var other = test.record.rooms.room("operational", test.record.nurse, test.record.stranger);
        assertThat(isHeld(other)).isFalse();
    }

    @Test
    @Rule("G17")
    void whoHasNotTheDutyOpensNoCase() {
        var asked = TestCases.asked(
                CaseKind.SUBJECT_ACCESS, TestCases.about(Set.of(test.record.registrar), Set.of(), Set.of()));
        for (var caller : java.util.List.of(test.approver, test.siro, TestCases.caller(test.record.nurse))) {
            refused(ErrorCode.M_FORBIDDEN, 403, "information governance team", () -> cases.open(caller, asked));
        }
        assertThat(isHeld(test.record.room)).isFalse();
    }

    @Test
    void whatIsNotTheOrganisationsIsNotFound() {
        var stranger = TestIdentity.user("nobody");
        var asked = TestCases.asked(CaseKind.SAFEGUARDING, TestCases.about(Set.of(stranger), Set.of(), Set.of()));
        refused(ErrorCode.M_NOT_FOUND, 404, "Nobody", () -> cases.open(test.officer, asked));
        var id = test.subjectAccess();
        var elsewhere = new Caller(test.officer.user(), test.officer.device(), "OTHER1");
        refused(ErrorCode.M_NOT_FOUND, 404, "no such case", () -> cases.get(elsewhere, id));
        refused(ErrorCode.M_NOT_FOUND, 404, "no such case", () -> new CaseId("case-1"));
    }

    @Test
    @Rule("G17")
    @Rule("G39")
    void whoIsNamedOrWasInOneOfItsRoomsAtThatTimeHasNoHandInIt() {
        test.give(test.record.registrar, Duty.INFORMATION_GOVERNANCE, Duty.CASE_APPROVER);
        test.give(test.record.nurse, Duty.INFORMATION_GOVERNANCE, Duty.CASE_APPROVER);
        test.record.rooms.leave(test.record.room, test.record.nurse);
        var id = test.subjectAccess();
        cases.checkIdentity(test.officer, id, IdentityCheck.SHOWN, "passport seen");
        cases.ask(test.officer, id, "to answer");
        for (var user : java.util.List.of(test.record.registrar, test.record.nurse)) {
            var caller = TestCases.caller(user);
            refused(ErrorCode.M_FORBIDDEN, 403, "A colleague has to work on it", () -> cases.get(caller, id));
            refused(ErrorCode.M_FORBIDDEN, 403, "A colleague", () -> cases.approve(caller, id, "fine"));
            refused(ErrorCode.M_FORBIDDEN, 403, "A colleague", () -> cases.require(caller, id));
            assertThat(cases.list(caller)).isEmpty();
        }
        assertThat(cases.list(test.officer)).extracting(Case::id).containsExactly(id);
        cases.approve(test.approver, id, "proportionate");
        assertThat(cases.approved(id).orElseThrow().excluded())
                .containsExactlyInAnyOrder(test.record.registrar, test.record.nurse, test.record.pharmacist);
    }

    /// Somebody works here again under a new name, or has an account for each of two posts.
    @Test
    @Rule("G17")
    void c15WhoWasInOneOfItsRoomsByAnotherAccountHasNoHandInItEither() {
        var nurse = test.record.ward.identity.people().get(test.record.nurse);
        var again = test.record.ward.person(
                "nurse.again",
                "Of the office now",
                new NewPerson.Post("Office", "Trust", nurse.professionalBody(), nurse.registration()));
        test.give(again, Duty.INFORMATION_GOVERNANCE, Duty.CASE_APPROVER);
        var caller = TestCases.caller(again);
        var id = test.subjectAccess();
        cases.checkIdentity(test.officer, id, IdentityCheck.SHOWN, "passport seen");
        cases.ask(test.officer, id, "to answer");
        refused(ErrorCode.M_FORBIDDEN, 403, "A colleague", () -> cases.get(caller, id));
        refused(ErrorCode.M_FORBIDDEN, 403, "A colleague", () -> cases.approve(caller, id, "fine"));
        assertThat(cases.list(caller)).isEmpty();
        cases.approve(test.approver, id, "proportionate");
        assertThat(cases.approved(id).orElseThrow().excluded()).contains(again, test.record.nurse);
    }

    @Test
    @Rule("G17")
    void whoLeftBeforeTheTimeThatIsAskedForIsNoPartOfIt() {
        test.give(test.record.nurse, Duty.CASE_APPROVER);
        test.record.rooms.leave(test.record.room, test.record.nurse);
        test.record.ward.clock.pass(Duration.ofDays(2));
        var from = test.record.ward.clock.millis() - 1;
        var scope = new CaseScope(Set.of(test.record.registrar), Set.of(), Set.of(), from, TestCases.TO);
        var id = cases.open(test.officer, TestCases.asked(CaseKind.FREEDOM_OF_INFORMATION, scope));
        cases.ask(test.officer, id, "to answer");
        cases.approve(TestCases.caller(test.record.nurse), id, "was not there then");
        assertThat(cases.approved(id).orElseThrow().excluded()).doesNotContain(test.record.nurse);
    }

    @Test
    @Rule("G17")
    @DisplayName("C4, C15: nobody approves what they logged or asked for, nor does their second account")
    void c4C15NobodyApprovesWhatTheyLoggedOrAskedForNorDoesTheirSecondAccount() {
        test.give(test.officer.user(), Duty.CASE_APPROVER);
        var registered = test.record.ward.identity.people().get(test.officer.user());
        var second = test.record.ward.person(
                "ig2",
                "Of ig",
                new NewPerson.Post("Office", "Trust", registered.professionalBody(), registered.registration()));
        test.give(second, Duty.CASE_APPROVER, Duty.INFORMATION_GOVERNANCE);
        var id = test.subjectAccess();
        refused(ErrorCode.M_BAD_STATE, 409, "who they are", () -> cases.ask(test.officer, id, "to answer"));
        cases.checkIdentity(test.officer, id, IdentityCheck.SHOWN, "passport seen");
        refused(ErrorCode.M_BAD_STATE, 409, "Nobody is asking", () -> cases.approve(test.approver, id, "fine"));
        cases.ask(test.officer, id, "to answer");
        refused(ErrorCode.M_FORBIDDEN, 403, "another person", () -> cases.approve(test.officer, id, "fine"));
        refused(
                ErrorCode.M_FORBIDDEN,
                403,
                "another person",
                () -> cases.approve(TestCases.caller(second), id, "fine"));
        refused(ErrorCode.M_FORBIDDEN, 403, "case approver", () -> cases.approve(test.siro, id, "fine"));
        assertThat(cases.approved(id)).isEmpty();
        cases.approve(test.approver, id, "proportionate");
        var scope = cases.approved(id).orElseThrow();
        assertThat(scope.requestedBy()).isEqualTo(test.officer.user());
        assertThat(scope.approvedBy()).isEqualTo(test.approver.user());
        assertThat(scope.reason()).isEqualTo("to answer");
    }

    @Test
    @Rule("G17")
    @DisplayName("C4: an approval is good for one unsealing")
    void c4AnApprovalIsGoodForOneUnsealing() {
        var id = test.approved();
        spend(id);
        assertThat(cases.approved(id)).isEmpty();
        refused(ErrorCode.M_BAD_STATE, 409, "it was used", () -> spend(id));
        cases.ask(test.officer, id, "a second look");
        cases.approve(test.approver, id, "proportionate");
        spend(id);
    }

    private void spend(CaseId id) {
        test.record.ward.writer.write(commit -> cases.spend(commit, id, test.officer.user()));
    }

    @Test
    @Rule("G17")
    @DisplayName("C4: an approval ends with time and with the approver's duty")
    void c4AnApprovalEndsWithTimeAndWithTheApproversDuty() {
        var late = test.approved();
        var id = test.approved();
        test.record.ward.writer.write(commit -> {
            test.record
                    .ward
                    .identity
                    .duties()
                    .take(commit, test.approver.user(), Duty.CASE_APPROVER, TestIdentity.ORGANIZATION.serviceUser());
            return true;
        });
        assertThat(cases.approved(id)).isEmpty();
        refused(ErrorCode.M_FORBIDDEN, 403, "no longer the duty", () -> spend(id));
        test.give(test.approver.user(), Duty.CASE_APPROVER);
        assertThat(cases.approved(late)).isPresent();
        test.record.ward.clock.pass(Approvals.LASTS);
        assertThat(cases.approved(late)).isEmpty();
        refused(ErrorCode.M_FORBIDDEN, 403, "has ended", () -> spend(late));
    }

    @Test
    @Rule("G17")
    @DisplayName("C3: what a search adds is held and voids the approval")
    void c3WhatASearchFindsIsHeldAndVoidsTheApproval() {
        var other = test.record.rooms.room("clinical", test.record.stranger, test.record.pharmacist);
        test.record.rooms.message(other, test.record.stranger, "sealed");
        test.record.rooms.message(other, test.record.stranger, "sealed too");
        var id = test.approved();
        assertThat(isHeld(other)).isFalse();
        var found = cases.searching().search(test.officer, id, test.order(Set.of(test.record.stranger)));
        assertThat(found.messages()).isEqualTo(2);
        assertThat(found.rooms()).singleElement().satisfies(room -> {
            assertThat(room.span().room()).isEqualTo(other);
            assertThat(room.conversation().orElseThrow().purpose()).isEqualTo("Ward round");
            assertThat(room.said().getFirst().sender()).isEqualTo(test.record.stranger);
        });
        assertThat(isHeld(other)).isTrue();
        assertThat(cases.listRooms(id)).hasSize(2);
        assertThat(cases.approved(id)).isEmpty();
        assertThat(cases.find(id).orElseThrow().state()).isEqualTo(CaseState.OPEN);
        assertThat(cases.searching().list(id))
                .singleElement()
                .satisfies(past -> assertThat(past.why()).contains("about patients only"));
    }

    @Test
    @Rule("G17")
    void aSearchSaysWhatItLeavesOutAndWhy() {
        refused(
                ErrorCode.M_INVALID_PARAM,
                400,
                "not searched",
                () -> new Searching.Order(
                        TestCases.about(Set.of(test.record.nurse), Set.of(), Set.of()), Set.of(), "", "enough"));
        refused(
                ErrorCode.M_INVALID_PARAM,
                400,
                "proportionate",
                () -> new Searching.Order(
                        TestCases.about(Set.of(test.record.nurse), Set.of(), Set.of()), Set.of(), "nothing", " "));
        var id = test.subjectAccess();
        var order = test.order(Set.of(test.record.nurse));
        refused(ErrorCode.M_FORBIDDEN, 403, "", () -> cases.searching().search(test.approver, id, order));
    }

    @Test
    @Rule("G39")
    void everythingIsInTheCasesLogReadingToo() {
        var id = test.approved();
        cases.get(test.officer, id);
        cases.leaveOut(test.officer, id, test.record.room, "another case has it");
        test.record.ward.writer.write(commit -> {
            cases.note(commit, test.officer, id, "case.pack_made", Json.object());
            return true;
        });
        refused(
                ErrorCode.M_FORBIDDEN,
                403,
                "",
                () -> test.record.ward.writer.write(commit -> {
                    cases.note(commit, test.approver, id, "case.pack_made", Json.object());
                    return true;
                }));
        assertThat(test.actions(id))
                .containsExactly(
                        "case.opened",
                        "case.identity_checked",
                        "case.approval_asked",
                        "case.approved",
                        "case.read",
                        "case.room_left_out",
                        "case.pack_made");
        assertThat(cases.approved(id).orElseThrow().rooms()).isEmpty();
    }

    @Test
    @Rule("G17")
    void aClosedCaseRestsAndKeepsItsHoldsUntilTheyAreReleased() {
        var id = test.approved();
        var heard = new ArrayList<CaseId>();
        cases.onClosed((closed, _) -> heard.add(closed));
        refused(ErrorCode.M_BAD_STATE, 409, "once it is closed", () -> cases.releaseHolds(test.officer, id, "done"));
        cases.close(test.officer, id, "answered in full", false);
        assertThat(heard).containsExactly(id);
        assertThat(isHeld(test.record.room)).isTrue();
        assertThat(cases.approved(id)).isEmpty();
        refused(ErrorCode.M_BAD_STATE, 409, "closed", () -> cases.ask(test.officer, id, "again"));
        cases.releaseHolds(test.officer, id, "no complaint within six months");
        assertThat(isHeld(test.record.room)).isFalse();
    }

    /// A records manager whom a request is about would otherwise let retention have what was asked for.
    @Test
    @Rule("G17")
    void nobodyLiftsACasesHoldsBesideTheCase() {
        var id = test.subjectAccess();
        List<Hold> standing = test.record.ward.database.read(
                tx -> test.record.holds.listStanding(tx, TestIdentity.ORGANIZATION.odsCode()));
        assertThat(standing).hasSize(1);
        var hold = standing.getFirst().id();
        refused(
                ErrorCode.M_FORBIDDEN,
                403,
                "once the case is closed",
                () -> test.record.holds.lift(hold, test.record.registrar, "no longer needed"));
        assertThat(isHeld(test.record.room)).isTrue();
        cases.close(test.officer, id, "answered in full", false);
        refused(
                ErrorCode.M_FORBIDDEN,
                403,
                "A request for information",
                () -> test.record.holds.lift(hold, test.record.registrar, "no longer needed"));
        cases.releaseHolds(test.officer, id, "no complaint within six months");
        assertThat(isHeld(test.record.room)).isFalse();
    }

    @Test
    @Rule("G17")
    void theClockOfACaseStopsStartsAndIsExtended() {
        var id = test.subjectAccess();
        var timing = cases.timing();
        timing.stop(test.officer, id, Stop.Why.IDENTITY, TestCases.TODAY, "asked for a passport");
        assertThat(timing.deadline(cases.find(id).orElseThrow()).due()).isEmpty();
        refused(
                ErrorCode.M_BAD_STATE,
                409,
                "already",
                () -> timing.stop(test.officer, id, Stop.Why.CLARIFICATION, TestCases.TODAY, "which ward"));
        test.record.ward.clock.pass(Duration.ofDays(7));
        timing.start(test.officer, id, TestCases.TODAY.plusDays(7));
        assertThat(timing.deadline(cases.find(id).orElseThrow()).due()).contains(LocalDate.parse("2026-12-09"));
        timing.extend(
                test.officer, id, new Extension(TestCases.TODAY.plusDays(7), Optional.empty(), "many conversations"));
        assertThat(timing.deadline(cases.find(id).orElseThrow()).due()).contains(LocalDate.parse("2027-02-09"));
        refused(
                ErrorCode.M_INVALID_PARAM,
                400,
                "Complaints",
                () -> timing.acknowledge(test.officer, id, TestCases.TODAY));
        timing.spend(test.officer, id, TestCases.TODAY, 870, TimeSpent.Task.LOCATE);
        assertThat(timing.cost(id).standing()).isEqualTo(Cost.Standing.NEAR);
    }

    @Test
    @Rule("G17")
    void anOpinionIsARegisteredProfessionalsAndGoodForSixMonths() {
        var id = test.subjectAccess();
        refused(ErrorCode.M_FORBIDDEN, 403, "registered", () -> opinion(TestCases.TODAY, ""));
        cases.opinions().add(test.officer, id, opinion(TestCases.TODAY, "7012345"), TestCases.COVERS);
        var kept = cases.opinions().list(id).getFirst().opinion();
        assertThat(kept.professional()).isEqualTo("Dr Ann Other");
        assertThat(kept.allowsTelling()).isFalse();
        assertThat(kept.allowsWithholding(LocalDate.parse("2027-05-01"))).isTrue();
        assertThat(kept.allowsWithholding(LocalDate.parse("2027-05-02"))).isFalse();
        refused(
                ErrorCode.M_INVALID_PARAM,
                400,
                "future",
                () -> cases.opinions()
                        .add(test.officer, id, opinion(TestCases.TODAY.plusDays(1), "7012345"), TestCases.COVERS));
        refused(
                ErrorCode.M_INVALID_PARAM,
                400,
                "Name the messages",
                () -> cases.opinions().add(test.officer, id, opinion(TestCases.TODAY, "7012345"), Map.of()));
    }

    private static Opinion opinion(LocalDate given, String registration) {
        return new Opinion(
                Opinion.Finding.SERIOUS_HARM, given, "Dr Ann Other", "GMC", registration, "It would harm them.");
    }
}
