package lanyard.trust.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiPredicate;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.ForgettingStore.Kept;

/// Forgets people who have left: after three months what proves who they are, with its keys; their name, role and
/// registration once nothing they wrote can be kept any longer by any schedule and nothing holds them.
///
/// What could go wrong: a key is destroyed and its person comes back, or is needed in a disclosure that is under way.
/// So each step is taken on the writer's thread after it has asked again, and a hold on the person stops the second.
/// Who comes back after the first step is invited anew.
final class Forgetting {
    static final Duration FACTORS_KEPT = Duration.ofDays(90);
    /// No policy keeps a message longer (`trust.policy.Floors`).
    static final Duration NAME_KEPT = Duration.ofDays(8 * 366);
    private static final int AT_ONCE = 100;

    private final IdentityGround ground;
    private final People people;
    private final SecondStep second;
    private final ForgettingStore store = new ForgettingStore();
    private final CredentialStore credentials = new CredentialStore();
    private volatile BiPredicate<Tx, UserId> held = (tx, user) -> false;

    Forgetting(IdentityGround ground, People people, SecondStep second) {
        this.ground = ground;
        this.people = people;
        this.second = second;
    }

    /// Who is on hold keeps their name.
    void unless(BiPredicate<Tx, UserId> onHold) {
        held = onHold;
    }

    void forget() {
        var factors = ground.now().minus(FACTORS_KEPT);
        for (var user : ground.database().read(tx -> store.list(tx, Kept.FACTORS, factors, AT_ONCE))) {
            ground.writer().write(commit -> forgetFactors(commit, user, factors));
        }
        var names = ground.now().minus(NAME_KEPT);
        for (var user : ground.database().read(tx -> store.list(tx, Kept.NAME, names, AT_ONCE))) {
            ground.writer().write(commit -> forgetName(commit, user, names));
        }
    }

    private boolean forgetFactors(Commit commit, UserId user, Instant endedBefore) {
        if (!store.forgotten(commit.tx(), user, Kept.FACTORS, endedBefore)) {
            return false;
        }
        credentials
                .find(commit.tx(), user)
                .flatMap(CredentialStore.Known::totp)
                .ifPresent(kept -> destroy(SecondStep.keyOf(kept.key())));
        credentials.recoveryKey(commit.tx(), user).ifPresent(id -> destroy(PaperCodes.keyOf(id)));
        credentials.deleteRecoveryCodes(commit.tx(), user);
        store.clearFactors(commit.tx(), user);
        second.other().forget(commit, user);
        audit(commit, "person.factors_forgotten", user);
        return true;
    }

    private boolean forgetName(Commit commit, UserId user, Instant endedBefore) {
        if (held.test(commit.tx(), user) || !store.forgotten(commit.tx(), user, Kept.NAME, endedBefore)) {
            return false;
        }
        people.changed(commit, user, store.blank(commit.tx(), user));
        audit(commit, "person.name_forgotten", user);
        return true;
    }

    private void destroy(KeyName key) {
        ground.keys().destroy(key, "its person left three months ago");
    }

    private void audit(Commit commit, String action, UserId user) {
        var service = UserId.of("lanyard", user.server()).value();
        ground.audit().record(commit, new AuditEntry(action, service, user.value(), "", Json.object()));
    }
}
