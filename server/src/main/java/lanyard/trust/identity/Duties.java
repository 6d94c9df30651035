package lanyard.trust.identity;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;

/// Who does what for information governance.
///
/// What could go wrong: somebody gives themselves a second role and so becomes their own second person. So nobody
/// gives themselves a duty, by a second account neither; giving and taking are audited, and whoever has left or is
/// locked or suspended has none. Duties do not come back with somebody who returns.
public final class Duties {
    private final IdentityGround ground;
    private final Moderation moderation;
    private final People people;
    private final DutyStore store = new DutyStore();
    private final Map<UserId, Instant> refusals = new ConcurrentHashMap<>();

    Duties(IdentityGround ground, Moderation moderation, People people) {
        this.ground = ground;
        this.moderation = moderation;
        this.people = people;
    }

    /// Empty for who has left, is locked or is suspended.
    public Set<Duty> of(UserId user) {
        return ground.database().read(tx -> store.of(tx, user));
    }

    /// As the transaction sees it: for a deed that asks again.
    public Set<Duty> of(Tx tx, UserId user) {
        return store.of(tx, user);
    }

    /// Asked before anything is looked up. Errors: `M_FORBIDDEN`, with who may.
    public void require(Caller caller, Duty... anyOf) {
        require(caller, Set.of(anyOf));
    }

    /// Who is refused is on record. Not within a deed. Errors: `M_FORBIDDEN`, with who may.
    public void require(Caller caller, Set<Duty> anyOf) {
        if (of(caller.user()).stream().noneMatch(anyOf::contains)) {
            refused(caller.user(), anyOf);
            throw refusal(anyOf);
        }
    }

    /// Once a second and person: whoever tries all day does not fill the log.
    private void refused(UserId user, Set<Duty> anyOf) {
        var now = ground.now();
        var last = refusals.get(user);
        if (last != null && now.isBefore(last.plusSeconds(1))) {
            return;
        }
        refusals.put(user, now);
        var needed = Json.object();
        anyOf.stream().map(Duty::word).sorted().forEach(needed.putArray("needed")::add);
        ground.writer().write(commit -> {
            ground.audit().record(commit, new AuditEntry("duty.refused", user.value(), "", "", needed));
            return user;
        });
    }

    /// Within a deed. Errors: `M_FORBIDDEN`, with who may.
    public void require(Tx tx, UserId user, Duty... anyOf) {
        var wanted = Set.of(anyOf);
        if (of(tx, user).stream().noneMatch(wanted::contains)) {
            throw refusal(wanted);
        }
    }

    /// Those of the organisation who have it now, by name.
    public List<UserId> holders(String organization, Duty duty) {
        return ground.database().read(tx -> store.holders(tx, organization, duty));
    }

    /// Errors: `M_FORBIDDEN` for oneself or another account of one's own, `M_NOT_FOUND` for who does not work for the
    /// organisation of `by`.
    public void give(Commit commit, UserId user, Duty duty, UserId by) {
        requireAnother(commit.tx(), user, by);
        var fresh = switch (duty) {
            case ADMINISTRATOR, HELP_DESK -> appointed(commit, user, duty, by, true);
            default -> store.give(commit.tx(), user, duty, by, ground.now());
        };
        if (fresh) {
            changed(commit, user, duty, by, "duty.given");
        }
    }

    /// Errors: as [#give]: so the last administrator stays one.
    public void take(Commit commit, UserId user, Duty duty, UserId by) {
        requireAnother(commit.tx(), user, by);
        var gone = switch (duty) {
            case ADMINISTRATOR, HELP_DESK -> appointed(commit, user, duty, by, false);
            default -> store.take(commit.tx(), user, duty);
        };
        if (gone) {
            changed(commit, user, duty, by, "duty.taken");
        }
    }

    private boolean appointed(Commit commit, UserId user, Duty duty, UserId by, boolean wanted) {
        if (store.of(commit.tx(), user).contains(duty) == wanted) {
            return false;
        }
        if (duty == Duty.ADMINISTRATOR) {
            moderation.appoint(commit, user, wanted, by.value());
        } else {
            moderation.appointToHelpDesk(commit, user, wanted, by.value());
        }
        return true;
    }

    private void requireAnother(Tx tx, UserId user, UserId by) {
        if (people.accountsOf(tx, Set.of(by)).contains(user)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Nobody gives a duty to themselves, or gives one of theirs up alone.");
        }
        if (!user.server().equals(by.server()) || store.organizationOf(tx, user).isEmpty()) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such person here.");
        }
    }

    private void changed(Commit commit, UserId user, Duty duty, UserId by, String action) {
        var details = Json.object().put("duty", duty.word());
        ground.audit().record(commit, new AuditEntry(action, by.value(), user.value(), "", details));
        commit.afterCommit(() -> moderation.changed(user));
    }

    /// Who may, in words.
    public static MatrixException refusal(Collection<Duty> anyOf) {
        return new MatrixException(ErrorCode.M_FORBIDDEN, "Only these may do that: " + titles(anyOf) + ".");
    }

    /// As a sentence lists them.
    public static String titles(Collection<Duty> duties) {
        return Arrays.stream(Duty.values())
                .filter(duties::contains)
                .map(Duty::title)
                .collect(Collectors.joining(", "));
    }
}
