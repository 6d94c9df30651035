package lanyard.trust.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;

/// People whose account ends, and those who come back.
///
/// What could go wrong: somebody who no longer works here reads on, for a minute or for years. So an account ends in
/// one transaction with everything that lets them in: sessions, devices, tokens, keys, push. Their rooms follow within
/// half a minute, from what the database says, so that a crash in between delays it and forgets nobody. An end that is
/// known beforehand comes by itself.
public final class Leavers {
    private static final int AT_ONCE = 100;

    private final IdentityGround ground;
    private final People people;
    private final Devices devices;
    private final LeaverStore store = new LeaverStore();
    private final SignInStore signIns = new SignInStore();
    private final DutyStore duties = new DutyStore();

    Leavers(IdentityGround ground, People people, Devices devices) {
        this.ground = ground;
        this.people = people;
        this.devices = devices;
    }

    /// Somebody has left: they can no longer sign in, and every device of theirs goes. Their messages stay. False when
    /// they had left before.
    boolean leave(Commit commit, UserId user, String actor, String reason) {
        if (!people.end(commit, user)) {
            return false;
        }
        store.rememberTokens(commit.tx(), user, ground.now());
        signIns.forget(commit.tx(), user);
        duties.takeAll(commit.tx(), user);
        devices.removeAll(commit, user, RemovedDevice.Why.LEFT);
        audit(commit, "person.left", actor, user, reason);
        return true;
    }

    /// The organisation says that somebody works for it after all, or again. They sign in anew, with the factors they
    /// had, or after three months by an invitation; devices and rooms do not come back. False when they had not
    /// left.
    public boolean comeBack(Commit commit, UserId user, String actor, String reason) {
        var back = store.comeBack(commit.tx(), user);
        back.ifPresent(organization -> {
            people.changed(commit, user, organization);
            audit(commit, "person.came_back", actor, user, reason);
        });
        return back.isPresent();
    }

    /// When the account ends by itself; empty for no end that is known. Errors: `M_NOT_FOUND`, `M_BAD_STATE` for who
    /// has
    /// left already.
    public void endsAt(Commit commit, UserId user, Optional<Instant> when, String actor) {
        var change = store.putEnd(commit.tx(), user, when);
        switch (change) {
            case UNKNOWN -> throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such person here.");
            case LEFT -> throw new MatrixException(ErrorCode.M_BAD_STATE, "That person's account has ended.");
            case SAME -> {}
            case CHANGED -> {
                people.changed(commit, user);
                var details = Json.object();
                when.ifPresent(end -> details.put("ends_ts", end.toEpochMilli()));
                ground.audit().record(commit, new AuditEntry("person.end_date_set", actor, user.value(), "", details));
            }
        }
    }

    /// When the account ends by itself.
    public Optional<Instant> endOf(UserId user) {
        return ground.database().read(tx -> store.endOf(tx, user));
    }

    public boolean hasEnded(Commit commit, UserId user) {
        return store.standing(commit.tx(), user).ended();
    }

    /// Those of `users` whose account has ended.
    public Set<UserId> listEnded(Collection<UserId> users) {
        return ground.database().read(tx -> store.listEnded(tx, users));
    }

    /// Ends the accounts whose time has come; the job's work.
    public void endDue() {
        for (var due : ground.database().read(tx -> store.listDue(tx, ground.now(), AT_ONCE))) {
            ground.writer()
                    .write(commit -> store.isDue(commit.tx(), due, ground.now())
                            && leave(commit, due, service(due), "the end date has come"));
        }
    }

    /// Those who have left and may still be in rooms.
    public List<UserId> listInRooms() {
        return ground.database().read(tx -> store.listInRooms(tx, AT_ONCE));
    }

    /// They are out of every room.
    public void leftRooms(Commit commit, UserId user) {
        store.leftRooms(commit.tx(), user, ground.now());
    }

    /// Whether a refresh token was a leaver's.
    boolean wasLeavers(Commit commit, byte[] tokenHash) {
        return store.wasLeavers(commit.tx(), tokenHash);
    }

    void sweep() {
        ground.database().write(tx -> {
            store.sweep(tx, ground.now());
            return true;
        });
    }

    private static String service(UserId user) {
        return UserId.of("lanyard", user.server()).value();
    }

    private void audit(Commit commit, String action, String actor, UserId user, String reason) {
        ground.audit().record(commit, new AuditEntry(action, actor, user.value(), reason, Json.object()));
    }
}
