package lanyard.trust.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Person;

/// Who has which duty, and giving and taking them.
final class DutyPages {
    private static final Set<Duty> MAY = Set.of(Duty.ADMINISTRATOR);
    private static final String PATH = "/console/duties";

    private static final List<Choice> DUTIES = Arrays.stream(Duty.values())
            .map(duty -> new Choice(duty.word(), duty.title()))
            .toList();

    /// Who has a duty.
    public record Held(Duty duty, List<Person> people) {}

    private final ConsoleParts parts;
    private final Console console;

    DutyPages(ConsoleParts parts, Console console) {
        this.parts = parts;
        this.console = console;
    }

    void addTo(Routes routes) {
        console.entry("Duties", PATH, MAY);
        console.page(routes, "GET " + PATH, MAY, this::show);
        console.form(routes, "POST " + PATH + "/give", MAY, StepUp.NEEDED, this::give);
        console.form(routes, "POST " + PATH + "/take", MAY, StepUp.NEEDED, this::take);
    }

    private Reply show(ConsoleCall call) {
        var identity = parts.identity();
        var organization = call.caller().organization();
        var held = Arrays.stream(Duty.values())
                .map(duty -> new Held(
                        duty,
                        identity.duties().holders(organization, duty).stream()
                                .map(user -> identity.people().get(user))
                                .toList()))
                .toList();
        var known = identity.people();
        var untold = known.listUntold(held.stream()
                .flatMap(one -> one.people().stream())
                .map(Person::id)
                .toList());
        var people = new ArrayList<>(List.of(new Choice("", "Choose somebody")));
        identity.people().listStaff(organization).stream()
                .filter(person -> !person.id().equals(call.caller().user()))
                .map(person -> new Choice(person.id().value(), person.displayName() + ", " + person.role()))
                .forEach(people::add);
        return call.page(
                "console/duties",
                Map.of(
                        "held",
                        held,
                        "untold",
                        untold.stream()
                                .map(known::get)
                                .map(Person::displayName)
                                .sorted()
                                .toList(),
                        "people",
                        people,
                        "choices",
                        DUTIES,
                        "me",
                        call.caller().user()));
    }

    private Reply give(ConsoleCall call) {
        var user = user(call);
        var duty = duty(call);
        parts.ground().writer().write(commit -> {
            parts.identity().duties().require(commit.tx(), call.caller().user(), Duty.ADMINISTRATOR);
            parts.identity().duties().give(commit, user, duty, call.caller().user());
            return duty;
        });
        return call.see(PATH);
    }

    private Reply take(ConsoleCall call) {
        var user = user(call);
        var duty = duty(call);
        parts.ground().writer().write(commit -> {
            parts.identity().duties().require(commit.tx(), call.caller().user(), Duty.ADMINISTRATOR);
            parts.identity().duties().take(commit, user, duty, call.caller().user());
            return duty;
        });
        return call.see(PATH);
    }

    private static UserId user(ConsoleCall call) {
        var typed = call.form().optional("user").orElseThrow(() -> new ConsoleRefusal("Choose somebody.", "user"));
        if (!UserId.isValid(typed)) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such person here.");
        }
        return new UserId(typed);
    }

    private static Duty duty(ConsoleCall call) {
        return Duty.find(call.form().value("duty")).orElseThrow(() -> new ConsoleRefusal("Choose a duty.", "duty"));
    }
}
