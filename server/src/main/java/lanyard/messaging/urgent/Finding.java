package lanyard.messaging.urgent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lanyard.messaging.oncall.Availability.Cover;
import lanyard.messaging.oncall.OnCallRole;
import lanyard.messaging.timeline.RoomState;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Person;

/// Whom to ask, and whom next.
final class Finding {
    private final UrgentParts parts;

    Finding(UrgentParts parts) {
        this.parts = parts;
    }

    /// Those who hold the role, without whom it need not ask. Errors: `M_NOT_FOUND`.
    Whom role(String organization, String role, UserId without) {
        var found = parts.others()
                .onCall()
                .rota(organization)
                .find(role)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such on-call role."));
        return new Whom(Optional.of(found), holders(found, Set.of(without)), List.of());
    }

    private List<UserId> holders(OnCallRole role, Collection<UserId> without) {
        return parts.others().onCall().holders(role.organization(), role.id()).stream()
                .filter(user -> !without.contains(user))
                .toList();
    }

    /// Those who hold the role by now and were not asked.
    List<UserId> newHolders(String organization, String role, Collection<UserId> asked) {
        return parts.others()
                .onCall()
                .rota(organization)
                .find(role)
                .map(found -> holders(found, asked))
                .orElseGet(List::of);
    }

    /// People by name. For who is off duty, whoever covers is asked too, and only their phone rings; where nobody
    /// covers, theirs does. Errors: `M_FORBIDDEN`, `ORG_LANYARD_NOT_REACHABLE`.
    Whom people(String organization, List<UserId> users, UserId sender) {
        var rung = new LinkedHashSet<UserId>();
        var quiet = new ArrayList<UserId>();
        for (var user : new LinkedHashSet<>(users)) {
            if (user.equals(sender)) {
                continue;
            }
            parts.conversations().rooms().reachable(organization, user);
            var cover = cover(organization, user, sender);
            if (cover.isEmpty()) {
                rung.add(user);
            } else {
                quiet.add(user);
                rung.addAll(cover);
            }
        }
        quiet.removeAll(rung);
        return new Whom(Optional.empty(), List.copyOf(rung), List.copyOf(quiet));
    }

    /// The door that outsiders come in by has a sponsor and an end date; those inside already are asked like
    /// others. Errors: `M_FORBIDDEN`.
    void requireOwn(RoomState room, Whom whom) {
        Stream.concat(whom.rung().stream(), whom.quiet().stream())
                .filter(user -> !room.isJoined(user))
                .map(user -> parts.others().identity().people().get(user))
                .filter(Person::isOutsider)
                .findFirst()
                .ifPresent(person -> {
                    throw new MatrixException(
                            ErrorCode.M_FORBIDDEN,
                            person.displayName()
                                    + " works for another employer and is not in this conversation. Add them to it"
                                    + " first, or use the phone.");
                });
    }

    private List<UserId> cover(String organization, UserId user, UserId sender) {
        var cover = parts.others().onCall().cover(organization, user);
        if (cover.isEmpty()) {
            return List.of();
        }
        return switch (cover.get()) {
            case Cover.Colleague(var colleague) ->
                isReachable(organization, colleague) && !colleague.equals(sender) ? List.of(colleague) : List.of();
            case Cover.Role(var id) -> newHolders(organization, id, Set.of(sender, user));
        };
    }

    private boolean isReachable(String organization, UserId user) {
        return parts.others()
                .identity()
                .people()
                .find(user)
                .filter(person -> person.organization().equals(organization))
                .map(Person::reachable)
                .orElse(false);
    }

    /// Whether the person is asked because they are on call, and so reads back as policy has it.
    boolean isOnCall(String organization, UserId user) {
        return parts.others()
                .onCall()
                .rota(organization)
                .rolesOf(user, parts.now())
                .findAny()
                .isPresent();
    }

    /// The role after the last of `steps`; where people were asked by name, after one that they hold.
    Optional<OnCallRole> next(String organization, List<Step> steps, List<Asked> asked) {
        var rota = parts.others().onCall().rota(organization);
        Set<String> been = new HashSet<>();
        steps.forEach(step -> step.role().ifPresent(been::add));
        var last = steps.stream().flatMap(step -> step.role().stream()).reduce((_, later) -> later);
        var from =
                last.isPresent() ? last.stream() : asked.stream().flatMap(one -> rota.rolesOf(one.user(), parts.now()));
        return from.flatMap(role -> rota.find(role).stream())
                .flatMap(role -> role.escalatesTo().stream())
                .filter(role -> !been.contains(role))
                .flatMap(role -> rota.find(role).stream())
                .findFirst();
    }

    /// Who answers for the roles that were asked: those named with them, or else those who keep the rota.
    List<UserId> leads(Urgency urgency, List<Step> steps, Collection<UserId> asked) {
        var rota = parts.others().onCall().rota(urgency.organization());
        var named = steps.stream()
                .flatMap(step -> step.role().stream())
                .flatMap(role -> rota.find(role).stream())
                .flatMap(role -> role.lead().stream())
                .distinct()
                .toList();
        var found =
                named.isEmpty() ? parts.others().identity().duties().holders(urgency.organization(), Duty.ROTA) : named;
        return found.stream()
                .filter(user -> !asked.contains(user) && !user.equals(urgency.sender()))
                .filter(user -> isReachable(urgency.organization(), user))
                .toList();
    }
}
