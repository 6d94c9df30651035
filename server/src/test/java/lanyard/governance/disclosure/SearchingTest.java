package lanyard.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.traceability.Rule;
import lanyard.trust.identity.NewPerson;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The search of metadata; what it holds and what it does to an approval is in [CasesTest].
class SearchingTest {
    private final TestCases test = new TestCases();
    private final Cases cases = test.cases;

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    @Rule("G17")
    void aSearchFindsTheConversationsOfThatTimeThoseThatWereLeftToo() {
        var left = test.record.rooms.room("clinical", test.record.stranger, test.record.pharmacist);
        test.record.rooms.message(left, test.record.pharmacist, "before");
        test.record.rooms.leave(left, test.record.stranger);
        test.record.ward.clock.pass(Duration.ofDays(1));
        test.record.rooms.message(left, test.record.pharmacist, "after");
        var later = test.record.ward.clock.millis();
        test.record.rooms.room("clinical", test.record.stranger, test.record.nurse);
        var scope = TestCases.about(Set.of(test.record.stranger), Set.of(), Set.of());
        var id = cases.open(test.officer, TestCases.asked(CaseKind.FREEDOM_OF_INFORMATION, scope));
        assertThat(cases.searching().count(test.officer, id).messages()).isEqualTo(1);
        assertThat(cases.listRooms(id)).hasSize(2);
        var before = new CaseScope(Set.of(test.record.stranger), Set.of(), Set.of(), TestCases.FROM, later - 1);
        var early = cases.open(test.officer, TestCases.asked(CaseKind.FREEDOM_OF_INFORMATION, before));
        assertThat(cases.listRooms(early))
                .extracting(room -> room.span().room())
                .containsExactly(left);
    }

    /// Their times in it are cut to the request's, so that both begin with it.
    @Test
    @Rule("G17")
    void aRequestNamesColleaguesOfWhomOneLeftTheirConversationEarlier() {
        test.record.rooms.leave(test.record.room, test.record.nurse);
        test.record.ward.clock.pass(Duration.ofDays(1));
        var from = test.record.ward.clock.millis() - Duration.ofDays(2).toMillis();
        test.record.rooms.message(test.record.room, test.record.registrar, "after");
        var both = Set.of(test.record.registrar, test.record.nurse);
        var scope = new CaseScope(both, Set.of(), Set.of(), from, TestCases.TO);
        var id = cases.open(test.officer, TestCases.asked(CaseKind.FREEDOM_OF_INFORMATION, scope));
        assertThat(cases.searching().count(test.officer, id).messages()).isEqualTo(1);
        cases.searching().search(test.officer, id, new Searching.Order(scope, Set.of(), "nothing", "all of it"));
        assertThat(cases.searching().count(test.officer, id).messages()).isEqualTo(1);
    }

    /// Somebody works here again under a new name, or has an account for each of two posts.
    @Test
    @Rule("G17")
    void whoIsNamedIsSearchedForAndHeldByEveryAccountOfTheirs() {
        var nurse = test.record.ward.identity.people().get(test.record.nurse);
        var again = test.record.ward.person(
                "nurse.again",
                "Of another ward now",
                new NewPerson.Post("Ward 4", "Trust", nurse.professionalBody(), nurse.registration()));
        var room = test.record.rooms.room("operational", again, test.record.stranger);
        test.record.rooms.message(room, again, "sealed");
        var scope = TestCases.about(Set.of(test.record.nurse), Set.of(), Set.of());
        var id = cases.open(test.officer, TestCases.asked(CaseKind.SUBJECT_ACCESS, scope));
        assertThat(cases.listRooms(id))
                .extracting(one -> one.span().room())
                .containsExactlyInAnyOrder(test.record.room, room);
        assertThat(cases.find(id).orElseThrow().scope()).isEqualTo(scope);
        boolean held = test.record.ward.database.read(
                tx -> test.record.holds.covers(tx, test.record.patients.doomed(tx, List.of(room))));
        assertThat(held).isTrue();
    }

    @Test
    @Rule("G17")
    void whatTwoSearchesCoverIsCountedOnce() {
        test.record.rooms.message(test.record.room, test.record.registrar, "sealed");
        var id = test.subjectAccess();
        var wider = new CaseScope(Set.of(), Set.of(), Set.of(test.record.room), TestCases.FROM - 1, TestCases.TO + 1);
        cases.searching().search(test.officer, id, new Searching.Order(wider, Set.of(), "nothing", "all of it"));
        assertThat(cases.listRooms(id)).hasSize(2);
        assertThat(cases.searching().count(test.officer, id).messages()).isEqualTo(1);
    }

    private List<Integer> people(CaseId id) {
        return cases.searching().count(test.officer, id).rooms().stream()
                .map(Searching.FoundRoom::people)
                .toList();
    }

    /// The organisation's own users are members of every conversation, and software.
    @Test
    void onlyPersonsCountAsPeopleWhoWereThereThenAndEverythingIsSearchedAllTheSame() {
        test.record.rooms.message(test.record.room, test.record.registrar, "sealed");
        var service = TestIdentity.ORGANIZATION.serviceUser();
        test.record.rooms.message(test.record.room, service, "sealed by software");
        var id = test.subjectAccess();
        assertThat(people(id)).as("registrar, nurse and pharmacist").containsExactly(3);
        var found = cases.searching().count(test.officer, id).rooms().getFirst();
        assertThat(found.messages()).isEqualTo(2);
        assertThat(found.said()).extracting(said -> said.sender()).contains(service);

        test.record.rooms.leave(test.record.room, test.record.nurse);
        test.record.ward.clock.pass(Duration.ofDays(1));
        var later = test.record.ward.clock.millis();
        test.record.rooms.room("clinical", test.record.stranger, test.record.nurse);
        var after = new CaseScope(Set.of(), Set.of(), Set.of(test.record.room), later, TestCases.TO);
        var elsewhere = TestCases.about(Set.of(test.record.stranger), Set.of(), Set.of());
        var second = cases.open(test.officer, TestCases.asked(CaseKind.FREEDOM_OF_INFORMATION, after));
        assertThat(people(second)).as("without the nurse, who had left").containsExactly(2);
        cases.searching().search(test.officer, second, new Searching.Order(elsewhere, Set.of(), "nothing", "both"));
        assertThat(people(second))
                .as("an earlier time in another conversation counts nobody in")
                .containsExactlyInAnyOrder(2, 2);
    }

    /// Or two people would approve what no unsealing takes.
    @Test
    @Rule("G17")
    void approvalIsNotAskedForMoreConversationsThanAreOpenedAtOnce() {
        var id = test.subjectAccess();
        cases.checkIdentity(test.officer, id, IdentityCheck.SHOWN, "passport seen");
        test.record.ward.database.write(
                tx -> tx.update("""
                        insert into disclosure_room (case_id, room_id, from_ts, to_ts, why)
                        select :id, '!room' || n, 0, 1, 'search' from generate_series(1, 1000) n
                        """).bind("id", id.value()).execute());
        assertThatThrownBy(() -> cases.ask(test.officer, id, "to answer"))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("Log a second case");
        cases.leaveOut(test.officer, id, new RoomId("!room1"), "another case has it");
        cases.ask(test.officer, id, "to answer");
    }

    /// By a search that names it, and by no other: one for its people would take back what was decided.
    @Test
    @Rule("G17")
    void aConversationThatWasLeftOutByMistakeIsBroughtBackByName() {
        var id = test.approved();
        var room = test.record.room;
        cases.leaveOut(test.officer, id, room, "the wrong line");
        cases.searching().search(test.officer, id, test.order(Set.of(test.record.registrar)));
        assertThat(cases.listRooms(id))
                .allSatisfy(one -> assertThat(one.leftOutBy()).isPresent());
        assertThat(cases.find(id).orElseThrow().state()).isEqualTo(CaseState.APPROVED);
        var named = TestCases.about(Set.of(), Set.of(), Set.of(room));
        cases.searching().search(test.officer, id, new Searching.Order(named, Set.of(), "nothing", "it belongs here"));
        assertThat(cases.listRooms(id))
                .allSatisfy(one -> assertThat(one.leftOutBy()).isEmpty());
        assertThat(cases.find(id).orElseThrow().state()).isEqualTo(CaseState.OPEN);
    }
}
