package lanyard.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import lanyard.abuse.Meeting;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.MatrixException;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.hold.Hold;
import lanyard.trust.hold.HoldId;
import lanyard.trust.hold.HoldSubject;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a case kept goes three years and a week after it was closed, unless a hold stands.
@Rule("G17")
class CaseDisposalTest {
    private static final int ROUNDS = Integer.getInteger("lanyard.race-rounds", 12);

    private TestCases test;
    private Cases cases;
    private final List<String> went = new ArrayList<>();
    private boolean fails;
    private String failing = "";

    @BeforeEach
    void start() {
        test = new TestCases();
        cases = test.cases;
        went.clear();
        fails = false;
        failing = "";
        cases.keptBy(new CaseKeeper() {
            @Override
            public Cleared clear(Commit commit, CaseId id) {
                return new Cleared(2, List.of("file of " + id));
            }

            @Override
            public void destroy(Collection<String> files, String why) {
                if (fails || files.contains(failing)) {
                    throw new IllegalStateException("the server stops here");
                }
                went.addAll(files);
            }
        });
    }

    @AfterEach
    void stop() {
        test.close();
    }

    private CaseId closed() {
        var id = test.subjectAccess();
        cases.close(test.officer, id, "answered", true);
        return id;
    }

    private void pass(Duration time) {
        test.record.ward.clock.pass(time);
        cases.expire();
    }

    private HoldId hold(String why) {
        var organization = TestIdentity.ORGANIZATION.odsCode();
        return test.record.holds.place(new NewHold(organization, test.record.room, test.officer.user(), why));
    }

    private HoldId hold(int round) {
        var record = test.record;
        var subject = List.of(
                        HoldSubject.room(record.room),
                        HoldSubject.person(record.registrar),
                        HoldSubject.patient(record.patient.value()))
                .get(round % 3);
        var organization = TestIdentity.ORGANIZATION.odsCode();
        return record.holds.place(new NewHold(organization, subject, test.officer.user(), "round " + round));
    }

    private boolean isThere(CaseId id) {
        return cases.find(id).isPresent();
    }

    private String state(CaseId id) {
        return cases.disposals().list(test.officer).stream()
                .filter(line -> line.id().equals(id))
                .map(CaseDisposalStore.Line::state)
                .findFirst()
                .orElse("");
    }

    @Test
    void aClosedCaseIsMarkedAndGoesWithItsKeyAWeekLater() {
        var id = closed();
        pass(CaseDisposals.KEPT.minusMillis(1));
        assertThat(state(id)).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(state(id)).isEqualTo("marked");
        pass(CaseDisposals.UNDO.minusMillis(1));
        assertThat(isThere(id)).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(isThere(id)).isFalse();
        assertThat(state(id)).isEqualTo("destroyed");
        assertThat(went).containsExactly("file of " + id);
        assertThatThrownBy(() -> test.record.ward.keys.key(CaseSeal.name(id)))
                .isInstanceOf(DestroyedKeyException.class);
    }

    @Test
    void anNhsComplaintIsKeptForTenYears() {
        var scope = TestCases.about(Set.of(test.record.registrar), Set.of(), Set.of());
        var id = cases.open(test.officer, TestCases.asked(CaseKind.NHS_COMPLAINT, scope));
        cases.close(test.officer, id, "answered", true);
        pass(Duration.ofDays(10 * 365));
        assertThat(state(id)).isEmpty();
        pass(Duration.ofDays(3));
        assertThat(state(id)).isEqualTo("marked");
    }

    /// As one was before complaints had ten years, and by any server whose clock was wrong.
    @Test
    @Hazard("H06")
    void aComplaintThatWasMarkedBeforeItsTimeStaysAndIsMarkedWhenThatIsOver() {
        var scope = TestCases.about(Set.of(test.record.registrar), Set.of(), Set.of());
        var id = cases.open(test.officer, TestCases.asked(CaseKind.NHS_COMPLAINT, scope));
        cases.close(test.officer, id, "answered", true);
        var ward = test.record.ward;
        ward.clock.pass(CaseDisposals.KEPT);
        var now = ward.clock.instant();
        ward.database.write(tx -> {
            new CaseDisposalStore().mark(tx, id, now, now.plus(CaseDisposals.UNDO));
            return id;
        });
        assertThat(state(id)).isEqualTo("marked");
        pass(CaseDisposals.UNDO);
        assertThat(isThere(id)).isTrue();
        assertThat(state(id)).isEmpty();
        assertThat(went).isEmpty();
        pass(CaseDisposals.COMPLAINTS_KEPT.minus(CaseDisposals.KEPT).minus(CaseDisposals.UNDO));
        assertThat(state(id)).isEqualTo("marked");
        pass(CaseDisposals.UNDO);
        assertThat(isThere(id)).isFalse();
    }

    /// As somebody could before holds of cases were the case's alone.
    @Test
    void aHoldThatWasLiftedBesideTheCaseKeepsNoOtherStanding() {
        var scope = TestCases.about(Set.of(test.record.registrar, test.record.nurse), Set.of(), Set.of());
        var id = cases.open(test.officer, TestCases.asked(CaseKind.SUBJECT_ACCESS, scope));
        var holds = test.record.holds;
        List<Hold> standing =
                test.record.ward.database.read(tx -> holds.listStanding(tx, TestIdentity.ORGANIZATION.odsCode()));
        assertThat(standing).hasSize(2);
        test.record.ward.writer.write(
                commit -> holds.lift(commit, standing.getFirst().id(), test.record.registrar, "by hand"));
        assertThat(isHeld()).isTrue();
        cases.close(test.officer, id, "answered in full", true);
        assertThat(isHeld()).isFalse();
    }

    private boolean isHeld() {
        return test.record.ward.database.read(
                tx -> test.record.holds.covers(tx, test.record.patients.doomed(tx, Set.of(test.record.room))));
    }

    @Test
    void aCaseThatIsOpenOrHeldStays() {
        var open = test.subjectAccess();
        pass(CaseDisposals.KEPT.plus(CaseDisposals.UNDO));
        cases.expire();
        assertThat(isThere(open)).isTrue();
        cases.close(test.officer, open, "answered", false);
        pass(CaseDisposals.KEPT);
        assertThat(state(open)).isEmpty();
        cases.releaseHolds(test.officer, open, "no complaint");
        cases.expire();
        assertThat(state(open)).isEqualTo("marked");
        var hold = hold("an inquiry");
        pass(CaseDisposals.UNDO);
        assertThat(isThere(open)).isTrue();
        assertThat(went).isEmpty();
        test.record.holds.lift(hold, test.officer.user(), "over");
        pass(Duration.ofDays(28));
        pass(CaseDisposals.UNDO);
        assertThat(isThere(open)).isFalse();
    }

    @Test
    void whoWorksOnCasesCallsItOffAndNobodyElse() {
        var id = closed();
        pass(CaseDisposals.KEPT);
        assertThatThrownBy(() -> cases.disposals().callOff(test.dpo, id, "why not"))
                .isInstanceOf(MatrixException.class);
        assertThatThrownBy(() -> cases.disposals().callOff(test.officer, id, " "))
                .isInstanceOf(MatrixException.class);
        cases.disposals().callOff(test.officer, id, "a complaint has come");
        assertThatThrownBy(() -> cases.disposals().callOff(test.officer, id, "again"))
                .hasMessageContaining("not marked");
        pass(CaseDisposals.UNDO);
        assertThat(isThere(id)).isTrue();
        pass(Duration.ofDays(21));
        pass(CaseDisposals.UNDO);
        assertThat(isThere(id)).isFalse();
    }

    @Test
    void whatAServerThatStoppedHasLeftGoesAtTheNextRun() {
        var id = closed();
        pass(CaseDisposals.KEPT);
        fails = true;
        test.record.ward.clock.pass(CaseDisposals.UNDO);
        assertThatThrownBy(cases::expire).isInstanceOf(IllegalStateException.class);
        assertThat(isThere(id)).isFalse();
        assertThat(state(id)).isEqualTo("destroying");
        fails = false;
        cases.expire();
        assertThat(state(id)).isEqualTo("destroyed");
        assertThat(went).containsExactly("file of " + id);
    }

    @Test
    void aFileThatCannotBeDestroyedKeepsNoOtherCaseBack() {
        var stuck = closed();
        test.record.ward.clock.pass(Duration.ofMillis(1));
        var other = closed();
        pass(CaseDisposals.KEPT);
        failing = "file of " + stuck;
        test.record.ward.clock.pass(CaseDisposals.UNDO);
        assertThatThrownBy(cases::expire).isInstanceOf(IllegalStateException.class);
        assertThat(state(stuck)).isEqualTo("destroying");
        assertThat(state(other)).isEqualTo("destroyed");
        failing = "";
        cases.expire();
        assertThat(state(stuck)).isEqualTo("destroyed");
        assertThat(went).containsExactly("file of " + other, "file of " + stuck);
    }

    /// Its key is on the list of destroyed keys, which no restore takes back.
    @Test
    void aCaseThatARestoredBackupBroughtBackKeepsNobodyFromTheOthersAndGoesAgain() {
        var other = test.subjectAccess();
        var id = closed();
        test.record.ward.keys.destroy(CaseSeal.name(id), "its time was over, before the restore");
        assertThat(isThere(id)).isFalse();
        assertThat(cases.list(test.officer)).extracting(Case::id).containsExactly(other);
        assertThat(cases.isNamedInOpenCase(test.record.registrar)).isTrue();
        assertThat(rows(id)).isOne();
        pass(CaseDisposals.KEPT);
        pass(CaseDisposals.UNDO);
        assertThat(rows(id)).isZero();
        assertThat(went).containsExactly("file of " + id);
    }

    private int rows(CaseId id) {
        return test.record.ward.database.read(tx -> tx.query("select count(*) from disclosure_case where case_id = :id")
                .bind("id", id.value())
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void casesThatAreHeldKeepNoOtherBack() {
        for (var held = 0; held <= CaseDisposals.MOST; held++) {
            cases.close(test.officer, test.subjectAccess(), "answered", false);
        }
        test.record.ward.clock.pass(Duration.ofMillis(1));
        var about = TestCases.about(Set.of(test.with("alone").user()), Set.of(), Set.of());
        var free = cases.open(test.officer, TestCases.asked(CaseKind.SUBJECT_ACCESS, about));
        cases.close(test.officer, free, "answered", true);
        pass(CaseDisposals.KEPT);
        assertThat(state(free)).isEqualTo("marked");
    }

    @Test
    @Hazard("H06")
    void aHoldAndTheEndOfACaseAreNeverBothCarriedOut() throws InterruptedException {
        var meeting = new Meeting();
        for (var round = 0; round < ROUNDS; round++) {
            var id = closed();
            pass(CaseDisposals.KEPT);
            test.record.ward.clock.pass(CaseDisposals.UNDO);
            var sweep = Thread.ofPlatform().unstarted(cases::expire);
            sweep.start();
            meeting.second();
            var hold = hold(round);
            var wasThere = isThere(id);
            sweep.join();
            assertThat(isThere(id)).isEqualTo(wasThere);
            meeting.won(!wasThere);
            test.record.holds.lift(hold, test.officer.user(), "next round");
        }
        assertThat(meeting.bothHaveWon()).isTrue();
    }
}
