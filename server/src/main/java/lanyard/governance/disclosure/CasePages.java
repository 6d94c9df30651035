package lanyard.governance.disclosure;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lanyard.messaging.room.Conversation;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.UserId;
import lanyard.trust.console.Console;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;

/// The console's pages of cases: the list with its clocks, a new one, one with everything that can be done, and the
/// data protection officer's list of looks into what was sealed.
final class CasePages {
    private static final String PATH = "/console/cases";
    private static final String NEW = "/console/new-case";
    private static final String LOOKS = "/console/looks";
    private static final Set<Duty> OFFICER = Set.of(Duty.DATA_PROTECTION_OFFICER);
    private static final int MOST_ROOMS_SHOWN = 200;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.UK).withZone(ZoneId.of("Europe/London"));
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.UK);

    private final Cases cases;
    private final Console console;
    private final CaseForm forms;
    private final List<CaseStep> steps;

    CasePages(Cases cases, Console console) {
        this.cases = cases;
        this.console = console;
        forms = new CaseForm(cases.desk().others().patients());
        steps = new CaseSteps(cases, forms).list();
    }

    void addTo(Routes routes) {
        console.entry("Cases", PATH, CaseDesk.READERS);
        console.page(routes, "GET " + PATH, CaseDesk.READERS, this::list);
        console.page(
                routes,
                "GET " + NEW,
                Cases.WORKERS,
                call -> call.page("disclosure/newCase", Map.of("kinds", CaseForm.kinds())));
        console.form(routes, "POST " + PATH, Cases.WORKERS, StepUp.NOT, this::open);
        console.page(routes, "GET " + PATH + "/{id}", CaseDesk.READERS, this::show);
        console.entry("Looks into what was sealed", LOOKS, OFFICER);
        console.waiting(LOOKS, call -> cases.notices().countForOfficer(call.caller()));
        console.page(routes, "GET " + LOOKS, OFFICER, this::looks);
        console.form(routes, "POST " + LOOKS + "/seen", OFFICER, StepUp.NOT, this::seen);
        for (var step : steps) {
            var route = PATH + "/{id}/" + step.word();
            console.page(routes, "GET " + route, step.duties(), call -> stepPage(call, step));
            console.form(routes, "POST " + route, step.duties(), step.stepUp(), call -> {
                step.deed().make(call, id(call));
                return call.see(PATH + "/" + id(call));
            });
        }
    }

    private static CaseId id(ConsoleCall call) {
        return new CaseId(call.exchange().param("id"));
    }

    private Reply list(ConsoleCall call) {
        var rows = cases.list(call.caller()).stream().map(this::row).toList();
        return call.page(
                "disclosure/cases",
                Map.of("rows", rows, "mayOpen", call.duties().contains(Duty.INFORMATION_GOVERNANCE), "newCase", NEW));
    }

    private Map<String, String> row(Case one) {
        return Map.of(
                "path", PATH + "/" + one.id(),
                "id", one.id().value(),
                "kind", one.kind().title(),
                "received", DAY.format(one.clock().received()),
                "state", state(one),
                "due", due(one),
                "tag",
                        one.isClosed()
                                ? "grey"
                                : tag(cases.timing()
                                        .deadline(one)
                                        .on(cases.timing().today())));
    }

    private static String tag(Deadline.Standing standing) {
        return switch (standing) {
            case OVERDUE -> "red";
            case SOON -> "orange";
            case STOPPED -> "blue";
            case IN_TIME, NO_DATE -> "green";
        };
    }

    private static String state(Case one) {
        return switch (one.state()) {
            case OPEN -> "Open";
            case ASKED -> "Waits for approval";
            case APPROVED -> one.approval().orElseThrow().spent() ? "Looked into" : "Approved";
            case CLOSED -> "Closed";
        };
    }

    private String due(Case one) {
        if (one.isClosed()) {
            return "Closed";
        }
        var deadline = cases.timing().deadline(one);
        var what = deadline.goal() == Deadline.Goal.ACKNOWLEDGE ? "Acknowledge by " : "Answer by ";
        return switch (deadline.on(cases.timing().today())) {
            case STOPPED ->
                "Stopped: we wait for "
                        + deadline.standing().orElseThrow().why().title();
            case NO_DATE -> "Without undue delay";
            case OVERDUE ->
                "Overdue: " + what.toLowerCase(Locale.ROOT)
                        + DAY.format(deadline.due().orElseThrow());
            case SOON, IN_TIME -> what + DAY.format(deadline.due().orElseThrow());
        };
    }

    private Reply open(ConsoleCall call) {
        var id = cases.open(call.caller(), forms.newCase(call));
        return call.see(PATH + "/" + id);
    }

    private Reply show(ConsoleCall call) {
        var one = cases.get(call.caller(), id(call));
        var found = cases.searching().count(one.id());
        var log = cases.listLog(one.id());
        var people = new HashSet<>(one.scope().persons());
        log.forEach(line -> people.add(line.by()));
        var names = cases.desk().names(people);
        var model = new HashMap<String, Object>();
        model.put("one", row(one));
        model.put("requester", one.requester());
        model.put("facts", facts(one, names));
        model.put(
                "rooms",
                found.rooms().stream()
                        .limit(MOST_ROOMS_SHOWN)
                        .map(CasePages::room)
                        .toList());
        model.put("count", found.rooms().size());
        model.put("messages", found.messages());
        model.put(
                "searches",
                cases.searching().list(one.id()).stream().map(CasePages::past).toList());
        model.put("log", log.stream().map(line -> line(line, names)).toList());
        model.put(
                "steps",
                steps.stream()
                        .filter(step -> step.duties().stream().anyMatch(call.duties()::contains))
                        .filter(step -> one.isClosed() == step.word().equals("release-holds"))
                        .filter(step -> step.isPossible(one.id()))
                        .map(step -> Map.of("path", PATH + "/" + one.id() + "/" + step.word(), "title", step.title()))
                        .toList());
        model.put("mayReview", Cases.WORKERS.stream().anyMatch(call.duties()::contains));
        return call.page("disclosure/case", model);
    }

    private List<Map<String, String>> facts(Case one, Map<UserId, String> names) {
        var cost = cases.timing().cost(one.id());
        var facts = new ArrayList<Map<String, String>>();
        facts.add(fact("Clock", due(one)));
        cases.timing()
                .deadline(one)
                .tellBy()
                .ifPresent(day -> facts.add(fact("More time only if told by", DAY.format(day))));
        facts.add(fact("State", state(one)));
        facts.add(fact("Legal basis", one.legalBasis()));
        facts.add(fact(
                "Identity",
                switch (one.identity()) {
                    case NEEDED -> "Not shown yet";
                    case SHOWN -> "Shown";
                    case NOT_NEEDED -> "Not needed";
                }));
        facts.add(fact(
                "Colleagues",
                String.join(
                        ", ",
                        one.scope().persons().stream()
                                .map(user -> names.getOrDefault(user, user.value()))
                                .sorted()
                                .toList())));
        facts.add(fact("Patients named", String.valueOf(one.scope().patients().size())));
        facts.add(fact("From", time(one.scope().fromTs())));
        facts.add(fact("To", time(one.scope().toTs())));
        facts.add(fact(
                "Time that counts",
                cost.minutes() + " minutes, " + cost.percent() + "% of the cost limit"
                        + switch (cost.standing()) {
                            case WITHIN -> "";
                            case NEAR -> ": nearly reached";
                            case OVER -> ": exceeded";
                        }));
        opinions(one).forEach(facts::add);
        return facts;
    }

    private List<Map<String, String>> opinions(Case one) {
        var facts = new ArrayList<Map<String, String>>();
        for (var entered : cases.opinions().list(one.id())) {
            var said = entered.opinion();
            var who = said.professional() + " (" + said.body() + " " + said.registration() + "), "
                    + DAY.format(said.given()) + ": " + said.finding().title();
            var by = entered.by().isEmpty() ? "" : ". Recorded by " + entered.by();
            var about = ", about " + entered.covers().size() + " messages and edits";
            facts.add(fact("Opinion", who + (entered.own() ? ". Given by themselves" : by) + about));
        }
        cases.opinions().listAsked(one.id()).forEach(person -> facts.add(fact("Opinion asked of", person.value())));
        return facts;
    }

    private static Map<String, String> fact(String name, String value) {
        return Map.of("name", name, "value", value);
    }

    private static String time(long ts) {
        return TIME.format(Instant.ofEpochMilli(ts));
    }

    private static Map<String, String> room(Searching.FoundRoom room) {
        return Map.of(
                "id", room.span().room().value(),
                "purpose", room.conversation().map(Conversation::purpose).orElse(""),
                "kind",
                        room.conversation()
                                .map(conversation -> conversation.kind().word())
                                .orElse(""),
                "from", time(room.span().fromTs()),
                "to", time(room.span().toTs()),
                "why", room.why().title(),
                "people", String.valueOf(room.people()),
                "messages", String.valueOf(room.messages()));
    }

    private static Map<String, String> past(Searching.Past past) {
        return Map.of(
                "id", past.id(),
                "case", past.about().value(),
                "at", TIME.format(past.at()),
                "what", past.what() == Searching.What.METADATA ? "Metadata" : "What was sealed",
                "hits", String.valueOf(past.hits()),
                "words", String.join("; ", past.words()),
                "leftOut", past.leftOut(),
                "why", past.why());
    }

    private static Map<String, String> line(CaseLogStore.Line line, Map<UserId, String> names) {
        return Map.of(
                "at", TIME.format(line.at()),
                "by", names.getOrDefault(line.by(), line.by().value()),
                "action", line.action(),
                "reason", line.reason());
    }

    private Reply stepPage(ConsoleCall call, CaseStep step) {
        var id = id(call);
        cases.desk().requireSeen(call.caller(), id, step.duties());
        return call.page(
                "disclosure/step",
                Map.of(
                        "title", step.title(),
                        "id", id.value(),
                        "back", PATH + "/" + id,
                        "action", PATH + "/" + id + "/" + step.word(),
                        "fields", step.fields().apply(id)));
    }

    private Reply looks(ConsoleCall call) {
        var rows = cases.notices().listForOfficer(call.caller()).stream()
                .map(CasePages::past)
                .toList();
        var begun = cases.notices().listBegun(call.caller()).stream()
                .map(one -> Map.<String, Object>of(
                        "id", one.id(), "case", one.about().value(), "at", one.at(), "by", name(one.by())))
                .toList();
        return call.page("disclosure/looks", Map.of("rows", rows, "begun", begun));
    }

    private String name(UserId user) {
        return cases.desk().names(Set.of(user)).getOrDefault(user, "");
    }

    private Reply seen(ConsoleCall call) {
        cases.notices().noticed(call.caller(), call.form().text("search"));
        return call.see(LOOKS);
    }
}
