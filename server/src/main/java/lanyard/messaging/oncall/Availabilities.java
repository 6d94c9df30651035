package lanyard.messaging.oncall;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lanyard.messaging.oncall.Availability.Cover;
import lanyard.messaging.oncall.Availability.Now;
import lanyard.messaging.oncall.Availability.State;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// Who is there, as people say and the rota knows. It is theirs to say: nothing here is guessed from what their phones
/// do.
final class Availabilities {
    private static final int MOST_REMEMBERED = 50_000;
    private static final int MOST_AT_ONCE = 1000;

    private final OnCallParts parts;
    private final Rotas rotas;
    private final AvailabilityStore store = new AvailabilityStore();
    private final Cache<UserId, Availability> remembered =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    Availabilities(OnCallParts parts, Rotas rotas) {
        this.parts = parts;
        this.rotas = rotas;
    }

    Availability said(UserId user) {
        return Objects.requireNonNull(remembered.get(
                user,
                key -> parts.database()
                        .read(tx -> store.find(tx, key))
                        .orElseGet(() -> Availability.nothingSaidBy(key))));
    }

    /// Of people whose account has ended nothing is kept.
    void sweep() {
        var after = "";
        List<UserId> next;
        do {
            var from = after;
            next = parts.database().read(tx -> store.list(tx, from, MOST_AT_ONCE));
            parts.identity().leavers().listEnded(next).forEach(this::forget);
            after = next.isEmpty() ? after : next.getLast().value();
        } while (next.size() == MOST_AT_ONCE);
    }

    private void forget(UserId user) {
        parts.writer().write(commit -> {
            // Who has come back meanwhile keeps it.
            if (parts.identity().leavers().hasEnded(commit, user)) {
                store.delete(commit.tx(), user);
                commit.afterCommit(() -> remembered.invalidate(user));
            }
            return user;
        });
    }

    /// Whoever holds an on-call role is on duty, whatever they said before they took it, or busy.
    Now now(String organization, UserId user) {
        var now = parts.now();
        var said = said(user).at(now);
        var end = rotas.of(organization)
                .heldBy(user, now)
                .mapToLong(Shift::untilTs)
                .max();
        return end.isEmpty() || said.state() == State.BUSY
                ? said
                : new Now(State.ON_DUTY, Optional.of(end.getAsLong()));
    }

    /// Who covers for somebody who is off.
    Optional<Cover> cover(String organization, UserId user) {
        return now(organization, user).state() == State.OFF ? said(user).cover() : Optional.empty();
    }

    /// As others see it.
    ObjectNode json(String organization, UserId user) {
        var rota = rotas.of(organization);
        var now = now(organization, user);
        var json = Json.object().put("state", now.state().word());
        now.untilTs().ifPresent(until -> json.put("until_ts", until));
        cover(organization, user).ifPresent(cover -> json.set("covered_by", json(rota, cover)));
        var held = rota.heldBy(user, parts.now()).toList();
        if (!held.isEmpty()) {
            var roles = json.putArray("on_call");
            held.forEach(shift -> rota.find(shift.role())
                    .ifPresent(
                            role -> roles.addObject().put("role_id", role.id()).put("name", role.name())));
        }
        return json;
    }

    /// As its person sees it, to change it.
    ObjectNode own(String organization, UserId user) {
        var said = said(user);
        var json = json(organization, user);
        var chosen = json.putObject("said").put("state", said.state().word());
        said.untilTs().ifPresent(until -> chosen.put("until_ts", until));
        said.cover().ifPresent(cover -> chosen.set("covered_by", json(rotas.of(organization), cover)));
        json.set("hours", said.hours().json());
        return json;
    }

    private static ObjectNode json(Rota rota, Cover cover) {
        return switch (cover) {
            case Cover.Colleague(var user) -> Json.object().put("user_id", user.value());
            case Cover.Role(var id) -> {
                var json = Json.object().put("role_id", id);
                rota.find(id).ifPresent(role -> json.put("name", role.name()));
                yield json;
            }
        };
    }

    /// Takes the place of what was said before. Errors: `M_INVALID_PARAM`.
    void say(Caller caller, Availability said) {
        said.untilTs().filter(until -> until <= parts.now()).ifPresent(_ -> {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That time has passed; choose a later one.");
        });
        said.cover().ifPresent(cover -> check(caller, cover));
        put(said);
    }

    void put(Availability said) {
        parts.writer().write(commit -> {
            store.put(commit.tx(), said, parts.now());
            commit.afterCommit(() -> remembered.invalidate(said.user()));
            parts.accountData()
                    .put(commit, said.user(), OnCall.NEWS, Json.object().put("ts", parts.now()));
            return said;
        });
    }

    private void check(Caller caller, Cover cover) {
        switch (cover) {
            case Cover.Colleague(var user) -> {
                rotas.colleague(caller.organization(), user);
                if (user.equals(caller.user())) {
                    throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Choose somebody else to cover for you.");
                }
            }
            case Cover.Role(var id) -> rotas.get(caller.organization(), id);
        }
    }
}
