package lanyard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import lanyard.messaging.directory.Directory;
import lanyard.platform.CannotStartException;
import lanyard.standards.matrix.ServerName;
import lanyard.trust.identity.DemonstrationCodes;
import lanyard.trust.identity.Organization;
import lanyard.trust.identity.SignIn.Attempt;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemonstrationTest {
    private static final ServerName SERVER = new ServerName("demo.test");

    private final TestIdentity ground = TestIdentity.empty();
    private final Demonstration demonstration = new Demonstration(ground.ground(), ground.identity);

    @AfterEach
    void close() {
        ground.close();
    }

    @Test
    void theFirstStartMakesItAndLaterOnesTellNothingSecret() {
        var told = demonstration.start(SERVER, true);
        assertThat(told).hasSize(15);
        assertThat(told.toString()).doesNotContain(told.getFirst().password());
        assertThat(demonstration.start(SERVER, true)).isEmpty();
        assertThat(demonstration.start(SERVER, false)).isEmpty();
        var organization = ground.identity.organizations().list().getFirst();
        assertThat(organization.demonstration()).isTrue();
        assertThat(ground.identity.people().listStaff(organization.odsCode())).hasSize(15);
    }

    @Test
    void itsPeopleSignInWithWhatWasTold() {
        var told = demonstration.start(SERVER, true).getFirst();
        var organization = ground.identity.organizations().list().getFirst();
        var attempt = new Attempt(organization, told.user(), told.password(), Optional.empty());
        var codes = new DemonstrationCodes(ground.database, ground.keys);
        for (var i = 0; i < 2; i++) {
            var pending = ground.identity.signIn().password(attempt);
            var code = codes.code(told.user(), ground.clock.instant());
            var passed = ground.identity.signIn().secondStep(pending.session(), code, Optional.empty());
            assertThat(passed.user().value()).isEqualTo("@rhian.lloyd:demo.test");
        }
        assertThatThrownBy(() -> codes.code(told.user(), ground.clock.instant()))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("30 seconds");
    }

    @Test
    void exactlyTwoPairsHaveNearNames() {
        demonstration.start(SERVER, true);
        var directory = new Directory(ground.identity, ground.clock);
        var near = ground.identity.people().listStaff(Demonstration.ODS_CODE).stream()
                .filter(person -> !directory.near(person).isEmpty())
                .map(person -> person.id().localpart());
        assertThat(near).containsExactlyInAnyOrder("amara.okafor", "amarah.okafor", "mohammed.khan", "muhammad.khan");
    }

    @Test
    void whereItIsNotWantedNothingIsMade() {
        assertThatThrownBy(() -> demonstration.start(SERVER, false))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("LANYARD_DEMONSTRATION");
        assertThat(ground.identity.organizations().list()).isEmpty();
    }

    @Test
    void codesAreGivenForTheDemonstrationOnly() {
        var real = new Organization("RXX", new ServerName("real.test"), "A Real NHS Trust", false);
        try (var other = TestIdentity.hosting(real)) {
            var codes = new DemonstrationCodes(other.database, other.keys);
            assertThatThrownBy(() -> codes.code("ann", other.clock.instant()))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("demonstration");
        }
        demonstration.start(SERVER, true);
        var codes = new DemonstrationCodes(ground.database, ground.keys);
        for (var nobody : new String[] {"nobody", "@rhian.lloyd:elsewhere.test", "@records:demo.test", "not a name"}) {
            assertThatThrownBy(() -> codes.code(nobody, ground.clock.instant()))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("Nobody");
        }
    }
}
