package lanyard.trust.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Enrolment;
import lanyard.trust.identity.Person;
import lanyard.trust.identity.Resets;

/// Colleagues who have lost everything that proves who they are: the help desk asks, an administrator confirms.
final class ResetPages {
    private static final Set<Duty> MAY = Set.of(Duty.HELP_DESK, Duty.ADMINISTRATOR);
    private static final Set<Duty> CONFIRM = Set.of(Duty.ADMINISTRATOR);
    private static final String PATH = "/console/second-steps";

    private final ConsoleParts parts;
    private final Console console;

    ResetPages(ConsoleParts parts, Console console) {
        this.parts = parts;
        this.console = console;
    }

    /// One that waits, as the page shows it.
    public record Waiting(Person person, String asking, Person asker, String check, Instant until, boolean mine) {}

    void addTo(Routes routes) {
        console.entry("Second steps", PATH, MAY);
        console.page(routes, "GET " + PATH, MAY, call -> shown(call, Optional.empty()));
        console.form(routes, "POST " + PATH, MAY, StepUp.NEEDED, this::ask);
        console.form(routes, "POST " + PATH + "/confirm", CONFIRM, StepUp.NEEDED, this::confirm);
        console.form(routes, "POST " + PATH + "/withdraw", MAY, StepUp.NOT, this::withdraw);
    }

    private Reply shown(ConsoleCall call, Optional<Enrolment.Invitation> made) {
        List<Waiting> waiting = parts.identity().resets().list(call.caller()).stream()
                .map(asked -> waiting(asked, call.caller().user()))
                .toList();
        return call.page(
                "console/resets",
                Map.of(
                        "waiting",
                        waiting,
                        "confirms",
                        call.duties().contains(Duty.ADMINISTRATOR),
                        "code",
                        made.map(Enrolment.Invitation::code).orElse("")));
    }

    private Waiting waiting(Resets.Asked asked, UserId me) {
        var people = parts.identity().people();
        return new Waiting(
                people.get(asked.user()),
                asked.asking(),
                people.get(asked.by()),
                asked.check(),
                asked.until(),
                asked.by().equals(me));
    }

    private Reply ask(ConsoleCall call) {
        var user = user(call);
        var check = call.form()
                .optional("check")
                .orElseThrow(() -> new ConsoleRefusal("Say how you made sure who is asking.", "check"));
        parts.identity().resets().ask(call.caller(), user, check);
        return call.see(PATH);
    }

    private Reply confirm(ConsoleCall call) {
        var asking = call.form().value("asking");
        return shown(call, Optional.of(parts.identity().resets().confirm(call.caller(), user(call), asking)));
    }

    private Reply withdraw(ConsoleCall call) {
        parts.identity().resets().withdraw(call.caller(), user(call));
        return call.see(PATH);
    }

    private static UserId user(ConsoleCall call) {
        var name = call.form()
                .optional("user")
                .orElseThrow(() -> new ConsoleRefusal("Type who has lost their way in.", "user"));
        return call.user(name, "user");
    }
}
