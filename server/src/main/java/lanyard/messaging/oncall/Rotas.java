package lanyard.messaging.oncall;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Person;
import tools.jackson.databind.node.ObjectNode;

/// Changes to roles and shifts, and the picture of them that everybody reads.
///
/// What could go wrong: a role is empty and nobody notices, or somebody holds a role who has left. So whoever has left
/// is in no picture, an empty role is warned of twelve hours ahead, taking a role never takes it from another, and
/// every change is audited and told to those it concerns.
final class Rotas {
    static final Set<Duty> MAY = Set.of(Duty.ROTA, Duty.ADMINISTRATOR);
    static final Duration LONGEST_TAKEN = Duration.ofHours(24);
    static final Duration AHEAD = Duration.ofDays(370);
    private static final Duration KEPT = Duration.ofDays(90);
    private static final int MOST_ROLES = 500;
    private static final int MOST_SHIFTS = 500;
    private static final int MOST_CHAIN = 8;
    private static final int ID_BYTES = 8;

    private final OnCallParts parts;
    private final OnCallStore store = new OnCallStore();
    private final Cache<String, Rota> rotas =
            Caffeine.newBuilder().maximumSize(1_000).build();

    Rotas(OnCallParts parts) {
        this.parts = parts;
        parts.identity().people().whenChanged((organization, _) -> rotas.invalidate(organization));
    }

    Rota of(String organization) {
        return Objects.requireNonNull(rotas.get(organization, this::load));
    }

    private Rota load(String organization) {
        var since = parts.now() - Duration.ofDays(1).toMillis();
        var roles = parts.database().read(tx -> store.listRoles(tx, organization));
        var shifts = parts.database().read(tx -> store.listShifts(tx, organization, since));
        var users = shifts.stream().map(Shift::user).collect(Collectors.toSet());
        var gone =
                users.isEmpty() ? Set.<UserId>of() : parts.identity().leavers().listEnded(users);
        return new Rota(
                roles.stream().collect(Collectors.toMap(OnCallRole::id, Function.identity())),
                shifts.stream().filter(shift -> !gone.contains(shift.user())).toList());
    }

    /// Errors: `M_NOT_FOUND`.
    OnCallRole get(String organization, String role) {
        return of(organization)
                .find(role)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such on-call role."));
    }

    void requireMay(Caller caller) {
        parts.identity().duties().require(caller, MAY);
    }

    /// Errors: `M_INVALID_PARAM`.
    String add(Caller caller, OnCallRole.Wanted wanted) {
        if (of(caller.organization()).roles().size() >= MOST_ROLES) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "There are " + MOST_ROLES + " on-call roles; end one first.");
        }
        var bytes = new byte[ID_BYTES];
        parts.random().nextBytes(bytes);
        var role = OnCallRole.of(HexFormat.of().formatHex(bytes), caller.organization(), wanted);
        put(caller, role, "on_call.role_added");
        return role.id();
    }

    /// Errors: `M_NOT_FOUND`, `M_INVALID_PARAM`.
    void change(Caller caller, String id, OnCallRole.Wanted wanted) {
        var before = get(caller.organization(), id);
        put(caller, OnCallRole.of(before.id(), before.organization(), wanted), "on_call.role_changed");
    }

    private void put(Caller caller, OnCallRole role, String action) {
        check(role);
        parts.writer().write(commit -> {
            if (store.isTaken(commit.tx(), role)) {
                throw new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "There is an on-call role of that name already; choose another.");
            }
            store.put(commit.tx(), role, parts.now());
            var details = Json.object().put("name", role.name()).put("ward", role.ward());
            role.escalatesTo().ifPresent(next -> details.put("escalates_to", next));
            role.lead().ifPresent(lead -> details.put("lead", lead.value()));
            changed(commit, caller, role, action, details);
            return role;
        });
    }

    private void check(OnCallRole role) {
        role.lead().ifPresent(lead -> colleague(role.organization(), lead));
        var rota = of(role.organization());
        Set<String> seen = new HashSet<>(List.of(role.id()));
        for (var next = role.escalatesTo(); next.isPresent(); ) {
            var found = rota.find(next.get())
                    .orElseThrow(() -> new MatrixException(
                            ErrorCode.M_INVALID_PARAM, "The role that it goes on to does not exist."));
            if (!seen.add(found.id()) || seen.size() > MOST_CHAIN) {
                throw new MatrixException(
                        ErrorCode.M_INVALID_PARAM,
                        "Escalation would go round in a circle, or through more than " + MOST_CHAIN + " roles.");
            }
            next = found.escalatesTo();
        }
    }

    /// Errors: `M_NOT_FOUND`.
    void end(Caller caller, String id) {
        var role = get(caller.organization(), id);
        parts.writer().write(commit -> {
            store.end(commit.tx(), role.id(), parts.now());
            changed(commit, caller, role, "on_call.role_ended", Json.object());
            return role;
        });
    }

    /// What is planned between two moments.
    record Plan(long fromTs, long untilTs, List<Shift> shifts) {}

    /// The plan for its time takes the place of what was planned. Errors: `M_NOT_FOUND`, `M_INVALID_PARAM`.
    void plan(Caller caller, String id, Plan plan) {
        var role = get(caller.organization(), id);
        var latest = parts.now() + AHEAD.toMillis();
        if (plan.fromTs() >= plan.untilTs()
                || plan.untilTs() > latest
                || plan.shifts().size() > MOST_SHIFTS) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "A plan begins before it ends, within a year, and has at most " + MOST_SHIFTS + " shifts.");
        }
        for (var shift : plan.shifts()) {
            if (shift.fromTs() >= shift.untilTs()
                    || shift.fromTs() < plan.fromTs()
                    || shift.untilTs() > plan.untilTs()) {
                throw new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "Each shift begins before it ends, within the time of the plan.");
            }
            colleague(role.organization(), shift.user());
        }
        parts.writer().write(commit -> {
            store.clear(commit.tx(), role.id(), plan.fromTs(), plan.untilTs());
            plan.shifts().forEach(shift -> store.add(commit.tx(), shift));
            var details = Json.object()
                    .put("from_ts", plan.fromTs())
                    .put("until_ts", plan.untilTs())
                    .put("shifts", plan.shifts().size());
            changed(commit, caller, role, "on_call.rota_planned", details);
            plan.shifts().stream().map(Shift::user).distinct().forEach(user -> tell(commit, user));
            return role;
        });
    }

    /// The caller holds the role from now on, beside whoever else does. Errors: `M_NOT_FOUND`, `M_INVALID_PARAM`.
    void take(Caller caller, String id, long untilTs) {
        var role = get(caller.organization(), id);
        var now = parts.now();
        if (untilTs <= now || untilTs > now + LONGEST_TAKEN.toMillis()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "Say until when, at most " + LONGEST_TAKEN.toHours() + " hours from now.");
        }
        parts.writer().write(commit -> {
            store.endNow(commit.tx(), role.id(), caller.user(), now);
            store.add(commit.tx(), new Shift(role.id(), caller.user(), now, untilTs));
            changed(commit, caller, role, "on_call.taken", Json.object().put("until_ts", untilTs));
            others(role, caller.user(), now).forEach(user -> tell(commit, user));
            tell(commit, caller.user());
            return role;
        });
    }

    /// The rest of the caller's shift is the colleague's. Errors: `M_NOT_FOUND`, `M_FORBIDDEN` for who does not hold
    /// the
    /// role, `ORG_LANYARD_NOT_REACHABLE`.
    void handOver(Caller caller, String id, UserId to) {
        var role = get(caller.organization(), id);
        var now = parts.now();
        var person = colleague(caller.organization(), to);
        if (!person.reachable()) {
            throw new MatrixException(
                    ErrorCode.ORG_LANYARD_NOT_REACHABLE,
                    person.displayName() + " has not signed in yet and would not hear of anything urgent.");
        }
        if (to.equals(caller.user())) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Choose a colleague to hand over to.");
        }
        if (isHandedOver(role, caller.user(), to, now)) {
            return;
        }
        parts.writer().write(commit -> {
            var until = store.endNow(commit.tx(), role.id(), caller.user(), now)
                    .orElseThrow(() -> new MatrixException(
                            ErrorCode.M_FORBIDDEN, "You do not hold that role now, so you cannot hand it over."));
            store.add(commit.tx(), new Shift(role.id(), to, now, until, Optional.of(caller.user())));
            var details = Json.object().put("to", to.value()).put("until_ts", until);
            changed(commit, caller, role, "on_call.handed_over", details);
            tell(commit, caller.user());
            tell(commit, to);
            return role;
        });
    }

    /// The same request a second time.
    private boolean isHandedOver(OnCallRole role, UserId from, UserId to, long now) {
        var holding = of(role.organization()).now(role.id(), now);
        return holding.stream().noneMatch(shift -> shift.user().equals(from))
                && holding.stream()
                        .anyMatch(shift -> shift.user().equals(to)
                                && shift.handedOverBy().filter(from::equals).isPresent());
    }

    private List<UserId> others(OnCallRole role, UserId user, long now) {
        return of(role.organization()).holders(role.id(), now).stream()
                .filter(other -> !other.equals(user))
                .toList();
    }

    /// Errors: `M_INVALID_PARAM`.
    Person colleague(String organization, UserId user) {
        var ended = parts.identity().leavers().listEnded(List.of(user));
        return parts.identity()
                .people()
                .find(user)
                .filter(person -> person.organization().equals(organization) && ended.isEmpty())
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "That person is not in your organisation's directory."));
    }

    private void changed(Commit commit, Caller caller, OnCallRole role, String action, ObjectNode details) {
        var actor = caller.user().value();
        parts.audit().record(commit, new AuditEntry(action, actor, role.id(), "", details));
        commit.afterCommit(() -> rotas.invalidate(role.organization()));
    }

    /// Wakes the person's apps, which then ask.
    private void tell(Commit commit, UserId user) {
        parts.accountData().put(commit, user, OnCall.NEWS, Json.object().put("ts", parts.now()));
    }

    /// The demonstration's: without a caller.
    void fill(String organization, List<OnCallRole> roles, List<Shift> shifts) {
        parts.writer().write(commit -> {
            roles.forEach(role -> store.put(commit.tx(), role, parts.now()));
            shifts.forEach(shift -> store.add(commit.tx(), shift));
            commit.afterCommit(() -> rotas.invalidate(organization));
            return shifts;
        });
    }

    void sweep() {
        parts.database().write(tx -> {
            store.sweep(tx, parts.now() - KEPT.toMillis());
            return true;
        });
        rotas.invalidateAll();
    }
}
