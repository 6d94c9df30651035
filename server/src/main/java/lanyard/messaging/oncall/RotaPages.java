package lanyard.messaging.oncall;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lanyard.messaging.oncall.OnCallRole.Wanted;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.console.Choice;
import lanyard.trust.console.Console;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Person;

/// The rota in the console: what is or will be empty first, then each role with its next two weeks.
final class RotaPages {
    private static final String PATH = "/console/rota";
    private static final String ROLE = PATH + "/roles/{roleId}";
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Duration SHOWN = Duration.ofDays(14);
    private static final Choice NONE = new Choice("", "Nobody");

    private final OnCallParts parts;
    private final Rotas rotas;

    RotaPages(OnCallParts parts, Rotas rotas) {
        this.parts = parts;
        this.rotas = rotas;
    }

    /// A time in which somebody holds the role, or nobody.
    public record Line(String who, Instant from, Instant until, boolean empty) {}

    /// A role as the list shows it.
    public record Shown(OnCallRole role, String holders, List<Line> gaps, boolean soon) {}

    void addTo(Console console, Routes routes) {
        console.entry("On-call rota", PATH, Rotas.MAY);
        console.page(routes, "GET " + PATH, Rotas.MAY, this::list);
        console.form(routes, "POST " + PATH, Rotas.MAY, StepUp.NOT, this::add);
        console.page(routes, "GET " + ROLE, Rotas.MAY, this::show);
        console.form(routes, "POST " + ROLE, Rotas.MAY, StepUp.NOT, this::change);
        console.form(routes, "POST " + ROLE + "/plan", Rotas.MAY, StepUp.NOT, this::plan);
        console.form(routes, "POST " + ROLE + "/end", Rotas.MAY, StepUp.NOT, this::end);
    }

    private Reply list(ConsoleCall call) {
        var rota = rotas.of(call.caller().organization());
        var roles = rota.listRoles().stream()
                .map(role -> shown(rota, role))
                .sorted(Comparator.comparing((Shown one) -> one.gaps().isEmpty()
                        ? Instant.MAX
                        : one.gaps().getFirst().from()))
                .toList();
        return call.page(
                "oncall/rota", Map.of("roles", roles, "people", people(call), "nexts", roles(rota, Optional.empty())));
    }

    private Shown shown(Rota rota, OnCallRole role) {
        var now = parts.now();
        var holders = String.join(
                ", ", rota.holders(role.id(), now).stream().map(this::name).toList());
        var gaps = rota.gaps(role.id(), now, SHOWN).stream().map(this::line).toList();
        return new Shown(
                role, holders, gaps, rota.emptyFrom(role.id(), now, Rota.SOON).isPresent());
    }

    private Line line(Rota.Gap gap) {
        return new Line("", Instant.ofEpochMilli(gap.fromTs()), Instant.ofEpochMilli(gap.untilTs()), true);
    }

    private String name(UserId user) {
        return parts.identity().people().find(user).map(Person::displayName).orElse(user.value());
    }

    private List<Choice> people(ConsoleCall call) {
        var staff = parts.identity().people().listStaff(call.caller().organization()).stream()
                .map(person -> new Choice(person.id().value(), person.displayName() + ", " + person.role()));
        return Stream.concat(Stream.of(NONE), staff).toList();
    }

    private static List<Choice> roles(Rota rota, Optional<String> without) {
        var roles = rota.listRoles().stream()
                .filter(role -> without.filter(role.id()::equals).isEmpty())
                .map(role -> new Choice(role.id(), role.name()));
        return Stream.concat(Stream.of(NONE), roles).toList();
    }

    private Reply show(ConsoleCall call) {
        var role = role(call);
        var rota = rotas.of(role.organization());
        var now = parts.now();
        var lines = new ArrayList<>(
                rota.gaps(role.id(), now, SHOWN).stream().map(this::line).toList());
        rota.of(role.id())
                .filter(shift -> shift.untilTs() > now && shift.fromTs() < now + SHOWN.toMillis())
                .map(shift -> new Line(
                        name(shift.user()),
                        Instant.ofEpochMilli(shift.fromTs()),
                        Instant.ofEpochMilli(shift.untilTs()),
                        false))
                .forEach(lines::add);
        lines.sort(Comparator.comparing(Line::from));
        return call.page(
                "oncall/role",
                Map.of(
                        "role", role,
                        "lines", lines,
                        "people", people(call),
                        "nexts", roles(rota, Optional.of(role.id())),
                        "next", role.escalatesTo().orElse(""),
                        "lead", role.lead().map(UserId::value).orElse(""),
                        "now", now(parts.now())));
    }

    private static LocalDate now(long ts) {
        return Instant.ofEpochMilli(ts).atZone(LONDON).toLocalDate();
    }

    private OnCallRole role(ConsoleCall call) {
        return rotas.get(call.caller().organization(), call.exchange().param("roleId"));
    }

    private Reply add(ConsoleCall call) {
        return call.see(PATH + "/roles/" + rotas.add(call.caller(), wanted(call)));
    }

    private Reply change(ConsoleCall call) {
        var role = role(call);
        rotas.change(call.caller(), role.id(), wanted(call));
        return call.see(PATH + "/roles/" + role.id());
    }

    private static Wanted wanted(ConsoleCall call) {
        var form = call.form();
        var wanted = new Wanted(
                form.text("name"),
                form.optional("ward").orElse(""),
                form.optional("next"),
                form.optional("lead").map(UserId::new));
        if (!wanted.isNamed()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Give the role a name, and the ward, of at most 80 characters each.");
        }
        return wanted;
    }

    private Reply plan(ConsoleCall call) {
        var role = role(call);
        var from = moment(call, "from");
        var until = moment(call, "until");
        var shifts = call.form().optional("who").map(who -> new Shift(role.id(), new UserId(who), from, until)).stream()
                .toList();
        rotas.plan(call.caller(), role.id(), new Rotas.Plan(from, until, shifts));
        return call.see(PATH + "/roles/" + role.id());
    }

    private static long moment(ConsoleCall call, String name) {
        var day = call.form().date(name);
        try {
            var time = LocalTime.parse(call.form().text(name + "-time"));
            return day.atTime(time).atZone(LONDON).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            call.refuse("Type a time of day with four digits, for example 08:00.", name + "-time");
            throw new IllegalStateException(e);
        }
    }

    private Reply end(ConsoleCall call) {
        rotas.end(call.caller(), role(call).id());
        return call.see(PATH);
    }
}
