package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.KeyName;
import lanyard.standards.matrix.UserId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// People who have left are forgotten step by step, and nobody else is.
class ForgettingTest {
    private static final Duration QUARTER = Forgetting.FACTORS_KEPT.plusDays(1);

    private TestIdentity ground;
    private UserId leaver;
    private UserId stays;

    @BeforeEach
    void somebodyLeaves() {
        ground = TestIdentity.start();
        leaver = ground.person("ann", "Ann Jones");
        stays = ground.person("bob", "Bob Jones");
        ground.credentials(leaver);
        ground.credentials(stays);
        var paper = PaperCodes.fresh(leaver, Optional.empty(), ground.ground());
        ground.writer.write(commit -> {
            paper.keep(commit);
            ground.identity.leave(commit, leaver, stays.value(), "left");
            return true;
        });
    }

    @AfterEach
    void close() {
        ground.close();
    }

    private void forget() {
        Jobs jobs = (name, period, work) -> {
            if (name.equals("forget-leavers")) {
                work.run();
            }
        };
        ground.identity.jobs(jobs);
    }

    private CredentialStore.Known known(UserId user) {
        return ground.database.read(tx -> new CredentialStore().find(tx, user).orElseThrow());
    }

    private String paperKey() {
        return ground.database.read(
                tx -> new CredentialStore().recoveryKey(tx, leaver).orElseThrow());
    }

    private String name(UserId user) {
        return ground.identity.people().find(user).orElseThrow().displayName();
    }

    @Test
    void threeMonthsAfterSomebodyLeftWhatProvedWhoTheyWereIsGoneWithItsKeys() {
        var totp = SecondStep.keyOf(known(leaver).totp().orElseThrow().key());
        var paper = new KeyName("recovery", paperKey());
        forget();
        assertThat(known(leaver).totp()).isPresent();
        ground.clock.pass(QUARTER);
        forget();
        forget();
        assertThat(known(leaver).totp()).isEmpty();
        assertThat(known(leaver).passwordHash()).isEmpty();
        for (var key : List.of(totp, paper)) {
            assertThatThrownBy(() -> ground.keys.find(key)).isInstanceOf(DestroyedKeyException.class);
        }
        assertThat(name(leaver)).isEqualTo("Ann Jones");
        assertThat(known(stays).totp()).isPresent();
    }

    @Test
    void keysThatADurableStepHasDoomedAreDestroyedAfterACrashAndNoOthers() {
        var totp = SecondStep.keyOf(known(leaver).totp().orElseThrow().key());
        var paper = new KeyName("recovery", paperKey());
        ground.writer.write(commit -> {
            new ForgettingStore().doom(commit.tx(), totp, ground.clock.instant());
            return true;
        });
        forget();
        assertThatThrownBy(() -> ground.keys.find(totp)).isInstanceOf(DestroyedKeyException.class);
        assertThat(ground.keys.find(paper)).isPresent();
        assertThat(ground.database.read(new ForgettingStore()::listDoomed)).isEmpty();
    }

    @Test
    void keysStayWhenTheStepDoesNotBecomeDurable() {
        var paper = new KeyName("recovery", paperKey());
        ground.clock.pass(QUARTER);
        ground.database.write(
                tx -> tx.update("alter table doomed_factor_key rename to away").execute());
        assertThatThrownBy(this::forget).isInstanceOf(RuntimeException.class);
        assertThat(ground.keys.find(paper)).isPresent();
        ground.database.write(
                tx -> tx.update("alter table away rename to doomed_factor_key").execute());
        forget();
        assertThatThrownBy(() -> ground.keys.find(paper)).isInstanceOf(DestroyedKeyException.class);
    }

    @Test
    void whoComesBackInTimeHasTheFactorsTheyHadAndIsNotForgottenLater() {
        ground.writer.write(commit -> ground.identity.leavers().comeBack(commit, leaver, stays.value(), "back"));
        ground.clock.pass(QUARTER);
        forget();
        assertThat(known(leaver).totp()).isPresent();
    }

    @Test
    void whoComesBackLaterIsInvitedAnewAndKeepsTheirName() {
        ground.clock.pass(QUARTER);
        forget();
        ground.writer.write(commit -> ground.identity.leavers().comeBack(commit, leaver, stays.value(), "back"));
        assertThat(ground.database.<Boolean>read(tx -> new CredentialStore().hasSignedIn(tx, leaver)))
                .isFalse();
        ground.clock.pass(Forgetting.NAME_KEPT.plusDays(1));
        forget();
        assertThat(name(leaver)).isEqualTo("Ann Jones");
    }

    @Test
    void onceNoScheduleCanKeepWhatTheyWroteTheirNameGoesUnlessTheyAreOnHold() {
        ground.identity.keepNamesOf((tx, user) -> true);
        ground.clock.pass(Forgetting.NAME_KEPT.plusDays(1));
        forget();
        assertThat(name(leaver)).isEqualTo("Ann Jones");
        ground.identity.keepNamesOf((tx, user) -> false);
        forget();
        assertThat(name(leaver)).isEqualTo("Former member of staff");
        assertThat(name(stays)).isEqualTo("Bob Jones");
    }
}
