package lanyard.trust.oauth;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.console.Choice;
import lanyard.trust.console.Console;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.ConsoleForm;
import lanyard.trust.console.ConsoleRefusal;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;
import tools.jackson.databind.node.ArrayNode;

/// The register of approved apps in the console.
final class AppPages implements Feature {
    private static final String PATH = "/console/apps";
    private static final Set<Duty> MAY_READ = Set.of(
            Duty.ADMINISTRATOR, Duty.INFORMATION_GOVERNANCE, Duty.DATA_PROTECTION_OFFICER, Duty.CALDICOTT_GUARDIAN);
    private static final Set<Duty> MAY_CHANGE = Set.of(Duty.ADMINISTRATOR);
    private static final List<Choice> MARKS = List.of(
            new Choice(
                    "clinical", "Approved for clinical rooms", "Without it the app is not shown clinical rooms at all"),
            new Choice("bound", "Tokens bound to a key of the phone", "A copied token then opens nothing (RFC 9449)"));

    private final Apps apps;
    private final Console console;

    AppPages(Apps apps, Console console) {
        this.apps = apps;
        this.console = console;
    }

    /// An app as the list and its own page show it.
    public record Shown(String id, Entry entry, boolean current) {}

    /// What stands in the form.
    public record Entry(
            String software,
            String clientHost,
            String redirectHosts,
            String purpose,
            String approvedFor,
            String notApprovedFor,
            String unmetTips,
            String dpiaReference,
            LocalDate reviewDate,
            List<String> marks) {
        static Entry of(AppEntry entry) {
            var marks = new ArrayList<String>();
            if (entry.clinical()) {
                marks.add("clinical");
            }
            if (entry.bound()) {
                marks.add("bound");
            }
            return new Entry(
                    entry.software(),
                    entry.clientHost(),
                    String.join("\n", entry.redirectHosts()),
                    entry.purpose(),
                    entry.approvedFor(),
                    entry.notApprovedFor(),
                    String.join("\n", entry.unmetTips()),
                    entry.dpiaReference(),
                    entry.reviewDate(),
                    marks);
        }
    }

    @Override
    public void routes(Routes routes) {
        console.entry("Approved apps", PATH, MAY_READ);
        console.page(routes, "GET " + PATH, MAY_READ, this::list);
        console.page(
                routes, "GET " + PATH + "/new", MAY_CHANGE, call -> call.page("oauth/app", Map.of("marks", MARKS)));
        console.form(routes, "POST " + PATH + "/new", MAY_CHANGE, StepUp.NEEDED, this::add);
        console.page(routes, "GET " + PATH + "/entries/{app}", MAY_READ, this::show);
        console.form(routes, "POST " + PATH + "/entries/{app}", MAY_CHANGE, StepUp.NEEDED, this::change);
        console.form(routes, "POST " + PATH + "/entries/{app}/withdraw", MAY_CHANGE, StepUp.NEEDED, this::withdraw);
    }

    private Reply list(ConsoleCall call) {
        var shown = apps.list(call.caller().organization()).stream()
                .map(this::shown)
                .toList();
        return call.page("oauth/apps", Map.of("apps", shown, "mayChange", mayChange(call)));
    }

    private static boolean mayChange(ConsoleCall call) {
        return call.duties().contains(Duty.ADMINISTRATOR);
    }

    private Shown shown(ApprovedApp app) {
        return new Shown(app.id(), Entry.of(app.entry()), apps.isCurrent(app));
    }

    private Reply show(ConsoleCall call) {
        var app = apps.find(call.exchange().param("app"))
                .filter(one -> one.organization().equals(call.caller().organization()))
                .orElseThrow(
                        () -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such app on your register."));
        return call.page("oauth/app", Map.of("marks", MARKS, "app", shown(app), "mayChange", mayChange(call)));
    }

    private Reply add(ConsoleCall call) {
        apps.approve(call.caller(), entry(call.form()));
        return call.see(PATH);
    }

    private Reply change(ConsoleCall call) {
        apps.change(call.caller(), call.exchange().param("app"), entry(call.form()));
        return call.see(PATH);
    }

    private Reply withdraw(ConsoleCall call) {
        var reason = call.form()
                .optional("withdrawn")
                .orElseThrow(() -> new ConsoleRefusal("Say why: it is recorded.", "withdrawn"));
        apps.withdraw(call.caller(), call.exchange().param("app"), reason);
        return call.see(PATH);
    }

    private static AppEntry entry(ConsoleForm form) {
        var json = Json.object();
        for (var field :
                List.of("software", "client_host", "purpose", "approved_for", "not_approved_for", "dpia_reference")) {
            json.put(field, form.text(field));
        }
        lines(form, "redirect_hosts", json.putArray("redirect_hosts"));
        lines(form, "unmet_tips", json.putArray("unmet_tips"));
        json.put("review_date", form.date("review_date").toString());
        json.put("clinical", form.has("marks", "clinical")).put(AppEntry.BOUND, form.has("marks", "bound"));
        return AppEntry.of(json);
    }

    private static void lines(ConsoleForm form, String field, ArrayNode into) {
        form.value(field)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(into::add);
    }

    @Override
    public PersonalData personalData() {
        return PersonalData.none("the register is about apps; who approved one is in the audit.");
    }
}
