package lanyard.messaging.oncall;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import lanyard.standards.matrix.UserId;

/// An organisation's roles and who holds them, as it is planned: a picture that is made anew after each change.
public record Rota(Map<String, OnCallRole> roles, List<Shift> shifts) {
    /// How far ahead an empty role is warned of.
    static final Duration SOON = Duration.ofHours(12);

    private static final int MOST_NEXT = 6;

    /// The roles by name.
    Collection<OnCallRole> listRoles() {
        return roles.values().stream()
                .sorted(Comparator.comparing(OnCallRole::name))
                .toList();
    }

    public Optional<OnCallRole> find(String role) {
        return Optional.ofNullable(roles.get(role));
    }

    Stream<Shift> of(String role) {
        return shifts.stream().filter(shift -> shift.role().equals(role));
    }

    List<Shift> now(String role, long now) {
        return of(role).filter(shift -> shift.covers(now)).toList();
    }

    public List<UserId> holders(String role, long now) {
        return now(role, now).stream().map(Shift::user).distinct().toList();
    }

    Stream<UserId> everybody(long now) {
        return shifts.stream()
                .filter(shift -> shift.covers(now))
                .map(Shift::user)
                .distinct();
    }

    /// The next few shifts that have not begun.
    List<Shift> next(String role, long now) {
        return of(role).filter(shift -> shift.fromTs() > now).limit(MOST_NEXT).toList();
    }

    /// The roles that the person holds now, with the end of their shift.
    Stream<Shift> heldBy(UserId user, long now) {
        return shifts.stream().filter(shift -> shift.user().equals(user) && shift.covers(now));
    }

    /// The same by the ids of the roles.
    public Stream<String> rolesOf(UserId user, long now) {
        return heldBy(user, now).map(Shift::role).distinct();
    }

    /// A time in which nobody holds a role.
    record Gap(long fromTs, long untilTs) {}

    /// The times within `ahead` in which nobody holds the role.
    List<Gap> gaps(String role, long now, Duration ahead) {
        var end = now + ahead.toMillis();
        List<Gap> gaps = new ArrayList<>();
        var from = emptyFrom(role, now, ahead);
        while (from.isPresent()) {
            var begin = from.getAsLong();
            var until = of(role).mapToLong(Shift::fromTs)
                    .filter(ts -> ts > begin)
                    .min()
                    .orElse(end);
            gaps.add(new Gap(begin, Math.min(until, end)));
            from = until < end ? emptyFrom(role, until, Duration.ofMillis(end - until)) : OptionalLong.empty();
        }
        return List.copyOf(gaps);
    }

    /// The first moment from now on, within `ahead`, at which nobody holds the role.
    OptionalLong emptyFrom(String role, long now, Duration ahead) {
        var own = of(role).toList();
        var end = now + ahead.toMillis();
        for (var at = now; at < end; ) {
            var moment = at;
            var until = own.stream()
                    .filter(shift -> shift.covers(moment))
                    .mapToLong(Shift::untilTs)
                    .max();
            if (until.isEmpty()) {
                return OptionalLong.of(at);
            }
            at = until.getAsLong();
        }
        return OptionalLong.empty();
    }
}
