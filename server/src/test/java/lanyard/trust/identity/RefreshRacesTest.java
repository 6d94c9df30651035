package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// I6: whatever comes together with a refresh, one family of tokens is valid afterwards, or none.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefreshRacesTest {
    private static final int ROUNDS = Integer.getInteger("lanyard.rounds", 200);
    /// Hashing a password takes its time on purpose.
    private static final int PASSWORDS = Integer.getInteger("lanyard.rounds", 10);

    private final TestIdentity ground = TestIdentity.start();
    private final UserId user = ground.person("racer", "Ray Cer");

    @AfterAll
    void close() {
        ground.close();
    }

    private NewSession renewable() {
        var request = new DeviceRequest(Optional.empty(), Optional.empty(), true);
        var prepared = ground.identity.devices().prepare(request);
        return ground.writer.write(commit -> ground.identity.signIn().device(commit, user, prepared));
    }

    private Optional<NewSession> refresh(String token) {
        try {
            return Optional.of(ground.identity.refresh().refresh(token));
        } catch (MatrixException e) {
            assertThat(e.code().name()).isEqualTo("M_UNKNOWN_TOKEN");
            return Optional.empty();
        }
    }

    private static String refreshToken(NewSession session) {
        return session.renewal().orElseThrow().refreshToken();
    }

    private boolean isValid(NewSession session) {
        var hash = new Token(session.accessToken()).hash();
        return ground.database.read(tx -> new DeviceStore().caller(tx, hash)).isPresent();
    }

    private boolean isRenewable(NewSession session) {
        var hash = new Token(refreshToken(session)).hash();
        return ground.database
                .write(tx -> new RefreshStore().find(tx, hash))
                .filter(row -> row.successor() == null)
                .isPresent();
    }

    private static <T> List<T> together(List<Callable<T>> all) throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            return callers.invokeAll(all).stream().map(Future::resultNow).toList();
        }
    }

    @Test
    @DisplayName("I6: of two refreshes with one token a single family is valid")
    void i6TwoRefreshesLeaveOneFamily() throws Exception {
        var session = renewable();
        for (var round = 0; round < ROUNDS; round++) {
            var token = refreshToken(session);
            var answers =
                    together(List.<Callable<Optional<NewSession>>>of(() -> refresh(token), () -> refresh(token)))
                            .stream()
                            .flatMap(Optional::stream)
                            .toList();
            var valid = answers.stream().filter(this::isRenewable).toList();
            assertThat(valid).hasSize(1);
            assertThat(answers.stream().filter(this::isValid)).containsExactlyElementsOf(valid);
            session = valid.getFirst();
        }
    }

    @Test
    @DisplayName("I6: a refresh together with signing out everywhere leaves nothing valid")
    void i6SigningOutEverywhereEndsARefreshUnderWay() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var session = renewable();
            var token = refreshToken(session);
            var answers = together(List.<Callable<Optional<NewSession>>>of(
                    () -> refresh(token),
                    () -> ground.writer.write(commit -> {
                        ground.identity.signOutEverywhere(commit, user);
                        return Optional.empty();
                    })));
            assertThat(isValid(session)).isFalse();
            answers.getFirst().ifPresent(fresh -> {
                assertThat(isValid(fresh)).isFalse();
                assertThat(isRenewable(fresh)).isFalse();
            });
        }
    }

    @Test
    @DisplayName("I6: a refresh together with a password change leaves the family of who changed it")
    void i6APasswordChangeEndsARefreshUnderWay() throws Exception {
        for (var round = 0; round < PASSWORDS; round++) {
            var mine = renewable();
            var other = renewable();
            var token = refreshToken(other);
            var caller = new Caller(user, mine.device(), TestIdentity.ORGANIZATION.odsCode());
            var password = "four words and round " + round;
            var answers = together(List.<Callable<Optional<NewSession>>>of(() -> refresh(token), () -> {
                ground.identity.signIn().changePassword(caller, password, false);
                return Optional.empty();
            }));
            assertThat(isValid(mine)).isTrue();
            assertThat(isValid(other)).isFalse();
            answers.getFirst().ifPresent(fresh -> assertThat(isValid(fresh)).isFalse());
            ground.writer.write(commit -> {
                ground.identity.devices().remove(commit, user, List.of(mine.device()), RemovedDevice.Why.SIGNED_OUT);
                return true;
            });
        }
    }
}
