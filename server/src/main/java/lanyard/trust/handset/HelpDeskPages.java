package lanyard.trust.handset;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.trust.console.Console;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.ConsoleRefusal;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;

/// The help desk in the console: stopping a colleague's lost phone while they are on the telephone.
final class HelpDeskPages implements Feature {
    private static final String PATH = "/console/help-desk";
    private static final Set<Duty> MAY = Set.of(Duty.HELP_DESK);
    private static final Map<String, String> STATES = Map.of(
            "active", "In use",
            "locked", "Locked: it opens nothing until it is unlocked",
            "wipe_requested", "Access ended; the phone has not been heard of since",
            "instruction_delivered", "Access ended; the phone was told to clear itself",
            "app_reported", "Access ended; the app said that it cleared itself",
            "unreadable_since", "Access ended; nothing on it can be read any more");

    private final HelpDesk desk;
    private final LostReport reports;
    private final IdentityGround ground;
    private final Identity identity;
    private final Console console;

    HelpDeskPages(Handsets handsets, IdentityGround ground, Identity identity, Console console) {
        this.desk = new HelpDesk(ground, identity, handsets, handsets.lost());
        this.reports = new LostReport(handsets.lost(), identity, ground);
        this.ground = ground;
        this.identity = identity;
        this.console = console;
    }

    /// A phone as the page shows it.
    public record Phone(
            String id, String name, String platform, String state, Instant seen, boolean live, boolean locked) {
        static Phone of(LostPhones.Known known) {
            var handset = known.handset();
            var state = known.state();
            return new Phone(
                    handset.id(),
                    handset.name(),
                    handset.platform(),
                    STATES.getOrDefault(state, state),
                    handset.lastSeenAt(),
                    state.equals("active") || state.equals("locked"),
                    state.equals("locked"));
        }
    }

    @Override
    public void routes(Routes routes) {
        console.entry("Help desk", PATH, MAY);
        console.page(routes, "GET " + PATH, MAY, call -> call.page("handset/helpDesk", Map.of("asked", false)));
        console.form(routes, "POST " + PATH, MAY, StepUp.NOT, call -> shown(call, order(call), ""));
        console.form(routes, "POST " + PATH + "/lock", MAY, StepUp.NOT, this::lock);
        console.form(routes, "POST " + PATH + "/unlock", MAY, StepUp.NEEDED, this::unlock);
        console.form(routes, "POST " + PATH + "/wipe", MAY, StepUp.NEEDED, this::wipe);
        console.form(routes, "POST " + PATH + "/report", MAY, StepUp.NOT, this::report);
    }

    private HelpDesk.Order order(ConsoleCall call) {
        var form = call.form();
        var name = form.optional("user").orElseThrow(() -> new ConsoleRefusal("Type whose phone it is.", "user"));
        var reason =
                form.optional("reason").orElseThrow(() -> new ConsoleRefusal("Say why: it is recorded.", "reason"));
        return desk.order(call.caller(), call.user(name, "user").value(), reason);
    }

    private static String handset(ConsoleCall call) {
        return call.form().text("handset");
    }

    private Reply shown(ConsoleCall call, HelpDesk.Order order, String done) {
        return shown(call, order, done, Optional.empty());
    }

    private Reply shown(ConsoleCall call, HelpDesk.Order order, String done, Optional<String> note) {
        List<Phone> phones = desk.list(order).stream().map(Phone::of).toList();
        return call.page(
                "handset/helpDesk",
                Map.of(
                        "asked",
                        true,
                        "owner",
                        identity.people().get(order.owner()),
                        "reason",
                        order.reason(),
                        "phones",
                        phones,
                        "done",
                        done,
                        "note",
                        note.orElse("")));
    }

    private Reply lock(ConsoleCall call) {
        var order = order(call);
        desk.lock(order, handset(call));
        return shown(call, order, "The phone is locked. Its owner sees nothing on it until it is unlocked.");
    }

    private Reply unlock(ConsoleCall call) {
        var order = order(call);
        desk.unlock(order, handset(call));
        return shown(call, order, "The phone is unlocked.");
    }

    private Reply wipe(ConsoleCall call) {
        var order = order(call);
        if (!call.form().ticked("confirm")) {
            throw new ConsoleRefusal("Wiping cannot be taken back: tick that you mean it. To stop access only, lock.");
        }
        desk.wipe(order, handset(call));
        return shown(call, order, "Access has ended, and the phone is told to clear itself as soon as it is heard of.");
    }

    private Reply report(ConsoleCall call) {
        var order = order(call);
        var report = reports.of(order.owner(), handset(call));
        ground.writer().write(commit -> {
            desk.looked(commit, order, handset(call));
            return order;
        });
        var text = Json.text(Json.objectField(report, "breach_note"), "text");
        return shown(call, order, "", Optional.of(text));
    }

    @Override
    public PersonalData personalData() {
        return PersonalData.none("it shows what the features of phones and people hold.");
    }
}
