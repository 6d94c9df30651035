package lanyard.trust.identity;

import java.util.List;
import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;

/// Locking and suspending people, by administrators. Neither takes anything away that cannot be given back.
/// <https://spec.matrix.org/v1.18/client-server-api/#account-moderation>
public final class Moderation {
    private final IdentityGround ground;
    private final Callers callers;
    private final ModerationStore store = new ModerationStore();

    Moderation(IdentityGround ground, Callers callers) {
        this.ground = ground;
        this.callers = callers;
    }

    public boolean isAdministrator(UserId user) {
        return find(user).filter(Standing::administrator).isPresent();
    }

    /// Asked before anybody is looked up, so that nobody finds out who exists. Errors: `M_FORBIDDEN`.
    public void requireAdministrator(Caller caller) {
        if (!isAdministrator(caller.user())) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "Only an administrator can do that.");
        }
    }

    /// Empty for service users, people who have left, and nobody.
    public Optional<Standing> find(UserId user) {
        return ground.database().read(tx -> store.find(tx, user));
    }

    /// Everybody on the organisation's list, for its administrators.
    public List<StaffRecord> list(String organization) {
        return ground.database().read(tx -> store.list(tx, organization));
    }

    /// How a colleague of the administrator's stands. Errors: `M_FORBIDDEN` when the caller is no administrator or the
    /// other is one, `M_INVALID_PARAM` for another server's, `M_NOT_FOUND`.
    public Standing get(Caller caller, UserId user) {
        requireAdministrator(caller);
        if (!user.server().equals(caller.user().server())) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That user is not of this server.");
        }
        var standing = find(user)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such person here."));
        if (standing.administrator()) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "Administrators do not lock or suspend administrators.");
        }
        return standing;
    }

    public void lock(Caller caller, UserId user, boolean locked) {
        get(caller, user);
        ground.writer().write(commit -> {
            store.lock(commit.tx(), user, locked ? Optional.of(ground.now()) : Optional.empty());
            changed(commit, caller, user, locked ? "person.locked" : "person.unlocked");
            return locked;
        });
    }

    public void suspend(Caller caller, UserId user, boolean suspended) {
        get(caller, user);
        ground.writer().write(commit -> {
            store.suspend(commit.tx(), user, suspended ? Optional.of(ground.now()) : Optional.empty());
            changed(commit, caller, user, suspended ? "person.suspended" : "person.unsuspended");
            return suspended;
        });
    }

    /// Makes somebody an administrator, or one no longer.
    public void appoint(Commit commit, UserId user, boolean administrator, String actor) {
        store.appoint(commit.tx(), user, administrator);
        var action = administrator ? "administrator.appointed" : "administrator.dismissed";
        ground.audit().record(commit, new AuditEntry(action, actor, user.value(), "", Json.object()));
    }

    /// Asked before anybody is looked up. Errors: `M_FORBIDDEN`.
    public void requireHelpDesk(Caller caller) {
        if (!ground.database().read(tx -> store.isHelpDesk(tx, caller.user()))) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "Only the help desk can do that.");
        }
    }

    /// By an administrator, for a colleague. Errors: `M_FORBIDDEN`, `M_NOT_FOUND`.
    public void appointToHelpDesk(Caller administrator, UserId user, boolean member) {
        requireAdministrator(administrator);
        if (find(user).isEmpty() || !user.server().equals(administrator.user().server())) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such person here.");
        }
        ground.writer().write(commit -> {
            appointToHelpDesk(commit, user, member, administrator.user().value());
            return member;
        });
    }

    /// Makes somebody a member of the help desk, or one no longer.
    public void appointToHelpDesk(Commit commit, UserId user, boolean member, String actor) {
        store.appointToHelpDesk(commit.tx(), user, member);
        var action = member ? "help_desk.appointed" : "help_desk.dismissed";
        ground.audit().record(commit, new AuditEntry(action, actor, user.value(), "", Json.object()));
    }

    /// After a commit that changed what somebody may do.
    void changed(UserId user) {
        callers.forget(user);
    }

    private void changed(Commit commit, Caller caller, UserId user, String action) {
        var entry = new AuditEntry(action, caller.user().value(), user.value(), "", Json.object());
        ground.audit().record(commit, entry);
        commit.afterCommit(() -> callers.forget(user));
    }
}
