package lanyard.trust.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.ForgettingStore.Kept;
import lanyard.trust.identity.ForgettingStore.Page;

/// Forgets people who have left: after three months what proves who they are, with its keys; their name, role and
/// registration once nothing they wrote can be kept any longer by any schedule and nothing holds them.
///
/// What could go wrong: a key is destroyed and its person comes back, or is needed in a disclosure that is under way.
/// So each step is taken on the writer's thread after it has asked again, keys are destroyed only once it is durable,
/// and a hold on the person, or on a room that they ever were in, stops the second.
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
        destroyDue();
        var factors = ground.now().minus(FACTORS_KEPT);
        each(Kept.FACTORS, factors, user -> {
            ground.writer().write(commit -> forgetFactors(commit, user, factors));
            destroyDue();
        });
        var names = ground.now().minus(NAME_KEPT);
        each(Kept.NAME, names, user -> {
            // Asked first beside the writer, which would ask the same of everybody on hold each time.
            if (!ground.database().<Boolean>read(tx -> held.test(tx, user))) {
                ground.writer().write(commit -> forgetName(commit, user, names));
            }
        });
    }

    /// Those on hold, who are found each time, hold up nobody who comes after them.
    private void each(Kept kept, Instant endedBefore, Consumer<UserId> step) {
        var after = "";
        List<UserId> next;
        do {
            var from = after;
            next = ground.database().read(tx -> store.list(tx, kept, endedBefore, new Page(from, AT_ONCE)));
            next.forEach(step);
            after = next.isEmpty() ? after : next.getLast().value();
        } while (next.size() == AT_ONCE);
    }

    /// Destroys the keys that committed transactions have doomed, those of a run that died in between too.
    void destroyDue() {
        for (var key : ground.database().read(store::listDoomed)) {
            ground.keys().destroy(key, "what it proved its person by has ended");
            ground.database().write(tx -> {
                store.destroyed(tx, key);
                return key;
            });
        }
    }

    private boolean forgetFactors(Commit commit, UserId user, Instant endedBefore) {
        if (!store.forgotten(commit.tx(), user, Kept.FACTORS, endedBefore)) {
            return false;
        }
        endFactors(commit, user);
        audit(commit, "person.factors_forgotten", user);
        return true;
    }

    /// Nothing proves who they are any more; the keys are destroyed by [#destroyDue].
    void endFactors(Commit commit, UserId user) {
        credentials
                .find(commit.tx(), user)
                .flatMap(CredentialStore.Known::totp)
                .ifPresent(kept -> doom(commit, SecondStep.keyOf(kept.key())));
        credentials.recoveryKey(commit.tx(), user).ifPresent(id -> doom(commit, PaperCodes.keyOf(id)));
        credentials.deleteRecoveryCodes(commit.tx(), user);
        store.clearFactors(commit.tx(), user);
        second.other().forget(commit, user);
    }

    private boolean forgetName(Commit commit, UserId user, Instant endedBefore) {
        if (held.test(commit.tx(), user) || !store.forgotten(commit.tx(), user, Kept.NAME, endedBefore)) {
            return false;
        }
        people.changed(commit, user, store.blank(commit.tx(), user));
        audit(commit, "person.name_forgotten", user);
        return true;
    }

    private void doom(Commit commit, KeyName key) {
        store.doom(commit.tx(), key, ground.now());
    }

    private void audit(Commit commit, String action, UserId user) {
        var service = UserId.of("lanyard", user.server()).value();
        ground.audit().record(commit, new AuditEntry(action, service, user.value(), "", Json.object()));
    }
}
