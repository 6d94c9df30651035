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
    private static final String UNSEAL = "Unseal, review and make packs";
    private static final String REVIEW = "Review and make packs";
    private static final String READ = "Read the review and fetch its packs";
    private static final Set<Duty> OFFICERS = Notices.OFFICERS;
    private static final int MOST_ROOMS_SHOWN = 200;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.UK).withZone(ZoneId.of("Europe/London"));
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.UK);

    private final Cases cases;
    private final Console console;
    private final CaseForm forms;
    private final CaseFacts facts;
    private final List<CaseStep> steps;

    CasePages(Cases cases, Console console) {
        this.cases = cases;
        this.console = console;
        forms = new CaseForm(cases.desk().others().patients());
        facts = new CaseFacts(cases);
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
        console.entry("Looks into what was sealed", LOOKS, OFFICERS);
        console.waiting(LOOKS, call -> cases.notices().countForOfficer(call.caller()));
        console.page(routes, "GET " + LOOKS, OFFICERS, this::looks);
        console.form(routes, "POST " + LOOKS + "/seen", OFFICERS, StepUp.NOT, this::seen);
        for (var step : steps) {
            var route = PATH + "/{id}/" + step.word();
            console.page(routes, "GET " + route, step.duties(), call -> stepPage(call, step));
            console.form(routes, "POST " + route, step.duties(), step.may().stepUp(), call -> {
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
                "state", CaseFacts.state(one),
                "due", facts.due(one),
                "tag", facts.tag(one));
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
        log.stream().flatMap(line -> LogWords.person(line).stream()).forEach(people::add);
        var names = cases.desk().names(people);
        var model = new HashMap<String, Object>();
        model.put("one", row(one));
        model.put("requester", one.requester());
        model.put("facts", facts.list(one, names));
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
        steps(model, call, one);
        return call.page("disclosure/case", model);
    }

    /// What can be done now, and what cannot be done yet with what must come first.
    private void steps(Map<String, Object> model, ConsoleCall call, Case one) {
        var now = CaseNow.of(cases, call.caller(), one);
        var can = new ArrayList<Map<String, String>>();
        var later = new ArrayList<Map<String, String>>();
        for (var step : steps) {
            if (step.duties().stream().anyMatch(call.duties()::contains)) {
                switch (step.answer(now)) {
                    case CaseNow.Possible() ->
                        can.add(Map.of("path", PATH + "/" + one.id() + "/" + step.word(), "title", step.title()));
                    case CaseNow.Later(var first) -> later.add(Map.of("title", step.title(), "first", first));
                    case CaseNow.Not(var _) -> {}
                }
            }
        }
        var before = cases.beforeUnsealing(one.id());
        if (mayReview(call) && !one.isClosed()) {
            before.ifPresent(first -> later.addFirst(Map.of("title", "Unseal", "first", first)));
        }
        model.put("steps", can);
        model.put("later", later);
        model.put("closed", one.isClosed());
        model.put("mayReview", mayReview(call));
        model.put("review", one.isClosed() ? READ : before.isEmpty() ? UNSEAL : REVIEW);
    }

    private static boolean mayReview(ConsoleCall call) {
        return Cases.WORKERS.stream().anyMatch(call.duties()::contains);
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
                "words", LogWords.of(line, names).orElse("did something else (" + line.action() + ")"),
                "reason", line.reason());
    }

    private Reply stepPage(ConsoleCall call, CaseStep step) {
        var id = id(call);
        var now = CaseNow.of(cases, call.caller(), cases.desk().requireSeen(call.caller(), id, step.duties()));
        var why = step.answer(now).why();
        // Who had typed already when it became impossible keeps what they typed.
        var open = why.isEmpty() || (call.form().isSent() && step.hasChoice(now));
        return call.page(
                "disclosure/step",
                Map.of(
                        "title",
                        step.title(),
                        "id",
                        id.value(),
                        "back",
                        PATH + "/" + id,
                        "action",
                        PATH + "/" + id + "/" + step.word(),
                        "fields",
                        open ? step.fields().apply(now) : List.of(),
                        "why",
                        open ? "" : why,
                        "texts",
                        call.form().optional("reason").stream().toList()));
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
