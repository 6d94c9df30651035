package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DutiesTest {
    private final TestIdentity ground = TestIdentity.start();
    private final Duties duties = ground.identity.duties();
    private final UserId ann = ground.person("ann", "Ann Hart");
    private final UserId bob = ground.person("bob", "Bob Hart");

    @AfterEach
    void close() {
        ground.close();
    }

    private void give(UserId user, Duty duty, UserId by) {
        ground.writer.write(commit -> {
            duties.give(commit, user, duty, by);
            return true;
        });
    }

    private void take(UserId user, Duty duty, UserId by) {
        ground.writer.write(commit -> {
            duties.take(commit, user, duty, by);
            return true;
        });
    }

    private static Caller caller(UserId user) {
        return new Caller(user, new DeviceId("A"), "TEST1");
    }

    @Test
    void aDutyIsGivenAndTakenByAnotherAndEachIsAudited() {
        var before = leaves();
        for (var duty : Duty.values()) {
            give(ann, duty, bob);
            give(ann, duty, bob);
            assertThat(duties.of(ann)).contains(duty);
            assertThat(duties.holders("TEST1", duty)).containsExactly(ann);
            assertThat(duties.holders("OTHER", duty)).isEmpty();
        }
        assertThat(duties.of(ann)).containsExactlyInAnyOrder(Duty.values());
        assertThat(ground.identity.moderation().isAdministrator(ann)).isTrue();
        for (var duty : Duty.values()) {
            take(ann, duty, bob);
        }
        assertThat(duties.of(ann)).isEmpty();
        var leaves = leaves() - before;
        assertThat(leaves)
                .isEqualTo(
                        2 * Duty.values().length + 4); // administrators and the help desk have leaves of their own too
    }

    @Test
    void whoIsRefusedForWantOfADutyIsOnRecord() {
        give(bob, Duty.RECORDS, ann);
        var before = leaves();
        duties.require(caller(bob), Duty.RECORDS);
        assertThat(leaves()).isEqualTo(before);
        for (var i = 0; i < 3; i++) {
            assertThatThrownBy(() -> duties.require(caller(ann), Duty.RECORDS))
                    .isInstanceOf(MatrixException.class)
                    .hasMessageContaining("records manager");
        }
        assertThat(leaves()).as("once a second and person").isEqualTo(before + 1);
        for (var i = 0; i < 4; i++) {
            ground.clock.pass(Duration.ofMillis(500));
            assertThatThrownBy(() -> duties.require(caller(ann), Duty.RECORDS)).isInstanceOf(MatrixException.class);
        }
        assertThat(leaves()).as("whoever goes on trying").isEqualTo(before + 3);
    }

    private int leaves() {
        return ground.database.read(tx ->
                tx.query("select count(*) from audit_leaf").mapTo(Integer.class).one());
    }

    @Test
    void nobodyGivesThemselvesADutyNorGivesOneToAStranger() {
        assertThatThrownBy(() -> give(ann, Duty.CASE_APPROVER, ann)).isInstanceOf(MatrixException.class);
        assertThatThrownBy(() -> take(ann, Duty.CASE_APPROVER, ann)).isInstanceOf(MatrixException.class);
        assertThatThrownBy(() -> give(new UserId("@nobody:ward.test"), Duty.SIRO, ann))
                .isInstanceOf(MatrixException.class);
        assertThatThrownBy(() -> give(TestIdentity.ORGANIZATION.custodian(), Duty.SIRO, ann))
                .isInstanceOf(MatrixException.class);
        assertThat(duties.of(ann)).isEmpty();
    }

    @Test
    void nobodyGivesADutyToAnotherAccountOfTheirOwn() {
        var post = ground.identity.people().get(ann);
        var second = ground.person(
                "ann2",
                "Ann Hart",
                new NewPerson.Post("Clerk", "Office", post.professionalBody(), post.registration()));
        assertThatThrownBy(() -> give(second, Duty.CASE_APPROVER, ann))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("Nobody gives a duty to themselves");
        give(second, Duty.CASE_APPROVER, bob);
        assertThatThrownBy(() -> take(second, Duty.CASE_APPROVER, ann)).isInstanceOf(MatrixException.class);
        assertThat(duties.of(second)).containsExactly(Duty.CASE_APPROVER);
    }

    @Test
    void whoHasNoneIsToldWhoMay() {
        give(ann, Duty.RECORDS, bob);
        duties.require(caller(ann), Duty.RECORDS, Duty.SIRO);
        assertThatThrownBy(() -> duties.require(caller(bob), Duty.RECORDS, Duty.SIRO))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("senior information risk owner, records manager");
    }

    @Test
    void whoLeavesHasNoneAndDoesNotGetThemBack() {
        give(ann, Duty.RECORDS, bob);
        ground.writer.write(commit -> {
            ground.identity.leave(commit, ann, bob.value(), "gone");
            return true;
        });
        assertThat(duties.of(ann)).isEmpty();
        assertThat(duties.holders("TEST1", Duty.RECORDS)).isEqualTo(List.of());
        ground.writer.write(commit -> ground.identity.leavers().comeBack(commit, ann, bob.value(), "back"));
        assertThat(duties.of(ann)).isEmpty();
    }
}
