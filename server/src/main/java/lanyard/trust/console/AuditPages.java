package lanyard.trust.console;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.fhir.AuditEvent;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.audit.AuditSearch;
import lanyard.trust.identity.Duty;

/// Looking through the audit and taking parts of it away. Whoever looks is in it themselves, and is not shown what
/// would tell them of an inquiry into themselves.
final class AuditPages {
    private static final String PATH = "/console/audit";
    private static final Set<Duty> MAY = Console.OVERSIGHT;
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final int SHOWN = 200;
    private static final int EXPORTED = 5_000;
    private static final int USUAL_DAYS = 7;
    private static final int LONGEST_WORD = 300;

    private final ConsoleParts parts;
    private final Console console;
    private final Function<UserId, Predicate<AuditEntry>> shown;

    /// `shown` answers which entries a reader is shown.
    AuditPages(ConsoleParts parts, Console console, Function<UserId, Predicate<AuditEntry>> shown) {
        this.parts = parts;
        this.console = console;
        this.shown = shown;
    }

    void addTo(Routes routes) {
        console.entry("Audit", PATH, MAY);
        console.page(routes, "GET " + PATH, MAY, call -> page(call, List.of(), "none"));
        console.form(routes, "POST " + PATH, MAY, StepUp.NOT, this::search);
        console.form(routes, "POST " + PATH + "/export", MAY, StepUp.NEEDED, this::export);
        console.page(routes, "GET " + PATH + "/entries/{place}", MAY, this::entry);
        console.page(routes, "GET " + PATH + "/entries/{place}/proof", MAY, this::proof);
    }

    /// What was asked for, as it is written into the audit: never what was found.
    private record Asked(LocalDate from, LocalDate to, String person, String action, String subject) {
        boolean wants(AuditEntry entry) {
            return (person.isEmpty()
                            || entry.actor().equals(person)
                            || entry.subject().equals(person))
                    && entry.action().startsWith(action)
                    && entry.subject().toLowerCase(Locale.ROOT).contains(subject.toLowerCase(Locale.ROOT));
        }
    }

    private Asked asked(ConsoleCall call) {
        var form = call.form();
        var today = LocalDate.ofInstant(parts.ground().now(), LONDON);
        var to = form.optionalDate("to").orElse(today);
        var from = form.optionalDate("from").orElse(to.minusDays(USUAL_DAYS));
        if (from.isAfter(to)) {
            throw new ConsoleRefusal("The first day comes before the last.", "from");
        }
        var person = form.optional("person")
                .map(name -> call.user(name, "person").value())
                .orElse("");
        return new Asked(from, to, person, word(form, "action"), word(form, "subject"));
    }

    private static String word(ConsoleForm form, String name) {
        return form.optional(name).isEmpty() ? "" : form.text(name, LONGEST_WORD);
    }

    private AuditSearch.Result find(ConsoleCall call, Asked asked, int most) {
        var from = asked.from().atStartOfDay(LONDON).toInstant();
        var to = asked.to().plusDays(1).atStartOfDay(LONDON).toInstant();
        var theirs = theirs(call);
        var query = new AuditSearch.Query(from, to, entry -> asked.wants(entry) && theirs.test(entry));
        return parts.ground().audit().search().find(query, most);
    }

    private Predicate<AuditEntry> theirs(ConsoleCall call) {
        var shownTo = shown.apply(call.caller().user());
        return entry -> isTheirs(call, entry) && shownTo.test(entry);
    }

    /// Entries carry no organisation: where there are several, only those that name somebody of this one.
    private boolean isTheirs(ConsoleCall call, AuditEntry entry) {
        var end = ":" + call.caller().user().server();
        return parts.identity().organizations().list().size() == 1
                || entry.actor().endsWith(end)
                || entry.subject().endsWith(end);
    }

    private Reply search(ConsoleCall call) {
        var asked = asked(call);
        var result = find(call, asked, SHOWN);
        accountFor(call, "audit.searched", asked, result.found().size());
        return page(call, result.found(), result.whole() ? "whole" : "more");
    }

    /// `state`: `none` before a search, `whole` or `more` after.
    private Reply page(ConsoleCall call, List<AuditSearch.Found> found, String state) {
        return call.page(
                "console/audit",
                Map.of(
                        "found",
                        found,
                        "state",
                        state,
                        "key",
                        parts.ground().audit().proofs().verifierKey()));
    }

    private void accountFor(ConsoleCall call, String action, Asked asked, int found) {
        var details = Json.object()
                .put("from", asked.from().toString())
                .put("to", asked.to().toString())
                .put("action", asked.action())
                .put("found", found);
        var subject = asked.person().isEmpty() ? asked.subject() : asked.person();
        account(call, new AuditEntry(action, call.caller().user().value(), subject, "", details));
    }

    private void account(ConsoleCall call, AuditEntry entry) {
        parts.ground().writer().write(commit -> {
            parts.identity().duties().require(commit.tx(), call.caller().user(), MAY.toArray(Duty[]::new));
            parts.ground().audit().record(commit, entry);
            return true;
        });
    }

    private Reply export(ConsoleCall call) {
        var asked = asked(call);
        var result = find(call, asked, EXPORTED);
        if (!result.whole()) {
            throw new ConsoleRefusal("That is more than " + EXPORTED + " entries. Choose fewer days.", "from");
        }
        accountFor(call, "audit.exported", asked, result.found().size());
        return call.form().value("format").equals("csv") ? csv(result.found()) : fhir(result.found());
    }

    private Reply fhir(List<AuditSearch.Found> found) {
        var source = parts.publicUrl().getHost();
        var events = found.stream().map(one -> event(one, source)).toList();
        var bundle = AuditEvent.collection(events, parts.ground().now());
        return Reply.bytes("application/fhir+json", Json.bytes(bundle))
                .header("Content-Disposition", "attachment; filename=\"audit.fhir.json\"");
    }

    private static AuditEvent event(AuditSearch.Found found, String source) {
        var details = new HashMap<String, String>();
        found.entry().details().properties().forEach(one -> {
            var text = one.getValue().isString()
                    ? one.getValue().stringValue()
                    : one.getValue().toString();
            if (!text.isBlank()) {
                details.put(one.getKey(), text);
            }
        });
        var entry = found.entry();
        return new AuditEvent(
                found.place(),
                entry.action(),
                found.at(),
                entry.actor(),
                entry.subject(),
                entry.reason(),
                details,
                source);
    }

    private static Reply csv(List<AuditSearch.Found> found) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("When", "Action", "By", "On", "Reason", "Details", "Entry"));
        found.forEach(one -> rows.add(List.of(
                one.at().toString(),
                one.entry().action(),
                one.entry().actor(),
                one.entry().subject(),
                one.entry().reason(),
                one.entry().details().toString(),
                one.place())));
        return Csv.file("audit", rows);
    }

    private record Place(int slot, long index) {
        static Place of(ConsoleCall call) {
            var parts = call.exchange().param("place").split("-", 2);
            if (parts.length != 2 || !parts[0].matches("[0-9]{1,2}") || !parts[1].matches("[0-9]{1,12}")) {
                throw nothing();
            }
            return new Place(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
        }
    }

    private AuditSearch.Found found(ConsoleCall call) {
        var place = Place.of(call);
        return parts.ground()
                .audit()
                .search()
                .get(place.slot(), place.index())
                .filter(one -> theirs(call).test(one.entry()))
                .orElseThrow(AuditPages::nothing);
    }

    private Reply entry(ConsoleCall call) {
        var found = found(call);
        var details = new ArrayList<List<String>>();
        found.entry()
                .details()
                .properties()
                .forEach(one -> details.add(List.of(
                        one.getKey(),
                        one.getValue().isString()
                                ? one.getValue().stringValue()
                                : one.getValue().toString())));
        return call.page("console/auditEntry", Map.of("found", found, "details", details));
    }

    private Reply proof(ConsoleCall call) {
        var found = found(call);
        var proof = parts.ground().audit().proofOf(found.slot(), found.index());
        return Reply.bytes("application/json", Json.bytes(proof))
                .header("Content-Disposition", "attachment; filename=\"proof-" + found.place() + ".json\"");
    }

    private static MatrixException nothing() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such entry, or it was erased.");
    }
}
