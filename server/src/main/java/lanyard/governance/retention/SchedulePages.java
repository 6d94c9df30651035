package lanyard.governance.retention;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.trust.console.Console;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.ConsoleForm;
import lanyard.trust.console.ConsoleRefusal;
import lanyard.trust.console.StepUp;
import lanyard.trust.policy.ScheduleFigure;

/// The retention schedule in the console: how long what is kept, each figure with the bounds that no schedule leaves
/// and by whose word they are.
final class SchedulePages {
    private static final String PATH = RetentionPages.PATH + "/schedule";
    private static final int LONGEST_REASON = 1_000;
    private static final int MOST_TYPED = 99_999;

    private static final Map<ScheduleFigure, String> LABELS = new EnumMap<>(Map.of(
            ScheduleFigure.CLINICAL, "Clinical conversations keep messages",
            ScheduleFigure.OPERATIONAL, "Operational conversations keep messages",
            ScheduleFigure.SOCIAL, "Social conversations keep messages",
            ScheduleFigure.FILES, "Files are kept",
            ScheduleFigure.UNDO, "What is marked can be called off for",
            ScheduleFigure.ASK, "Owners of clinical conversations are asked ahead by",
            ScheduleFigure.BACKUPS, "Backups are kept"));

    /// As the page shows it.
    ///
    /// @param hint the bounds, and by whose word they are
    public record Shown(String word, String label, long days, String hint) {}

    private final Schedule schedule;

    SchedulePages(Schedule schedule) {
        this.schedule = schedule;
    }

    void addTo(Console console, Routes routes) {
        console.page(routes, "GET " + PATH, RetentionPages.MAY_ACT, this::show);
        console.form(routes, "POST " + PATH, RetentionPages.MAY_ACT, StepUp.NEEDED, this::change);
    }

    private Reply show(ConsoleCall call) {
        var organization = call.caller().organization();
        var shown = new ArrayList<Shown>();
        for (var figure : ScheduleFigure.values()) {
            var label = LABELS.getOrDefault(figure, figure.word());
            shown.add(new Shown(figure.word(), label, days(organization, figure), hint(figure)));
        }
        return call.page("retention/schedule", Map.of("figures", List.copyOf(shown)));
    }

    private long days(String organization, ScheduleFigure figure) {
        var rules = schedule.disposal(organization);
        return switch (figure) {
            case CLINICAL, OPERATIONAL, SOCIAL ->
                schedule.keep(organization, figure.word()).toDays();
            case FILES -> schedule.keepFiles(organization).toDays();
            case UNDO -> rules.undo().toDays();
            case ASK -> rules.askAhead().toDays();
            case BACKUPS -> rules.backups().toDays();
        };
    }

    private static String hint(ScheduleFigure figure) {
        var bounds = figure == ScheduleFigure.FILES
                ? "At most " + figure.most() + " days. "
                : figure.least() + " to " + figure.most() + " days. ";
        return bounds + figure.source();
    }

    private Reply change(ConsoleCall call) {
        var form = call.form();
        var kinds = new HashMap<String, Integer>();
        Schedule.kinds().forEach(kind -> kinds.put(kind, typed(form, ScheduleFigure.of(kind))));
        var days = new Schedule.Days(
                kinds,
                typed(form, ScheduleFigure.FILES),
                typed(form, ScheduleFigure.UNDO),
                typed(form, ScheduleFigure.ASK),
                typed(form, ScheduleFigure.BACKUPS));
        var caller = call.caller();
        schedule.refusal(caller.organization(), days).ifPresent(why -> {
            throw new ConsoleRefusal(why.sentence(), why.figure().word());
        });
        schedule.change(caller.organization(), days, caller.user(), form.text("reason", LONGEST_REASON));
        return call.see(RetentionPages.PATH);
    }

    /// What is no number is told the bounds; a number that is out of them, why they are so, by the policy itself.
    private static int typed(ConsoleForm form, ScheduleFigure figure) {
        return form.text(figure.word()).matches("[0-9]{1,5}")
                ? form.number(figure.word(), 0, MOST_TYPED)
                : form.number(figure.word(), figure.least(), figure.most());
    }
}
