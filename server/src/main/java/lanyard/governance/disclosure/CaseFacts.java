package lanyard.governance.disclosure;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lanyard.standards.matrix.UserId;

/// What stands at the head of a case's page, in words.
record CaseFacts(Cases cases) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.UK).withZone(ZoneId.of("Europe/London"));
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.UK);

    /// The colour of its clock's tag.
    String tag(Case one) {
        if (one.isClosed()) {
            return "grey";
        }
        return switch (cases.timing().deadline(one).on(cases.timing().today())) {
            case OVERDUE -> "red";
            case SOON -> "orange";
            case STOPPED -> "blue";
            case IN_TIME, NO_DATE -> "green";
        };
    }

    static String state(Case one) {
        return switch (one.state()) {
            case OPEN -> "Open";
            case ASKED -> "Waits for approval";
            case APPROVED -> one.approval().orElseThrow().spent() ? "Looked into" : "Approved";
            case CLOSED -> "Closed";
        };
    }

    String due(Case one) {
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

    List<Map<String, String>> list(Case one, Map<UserId, String> names) {
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
        time(one).ifPresent(facts::add);
        opinions(one).forEach(facts::add);
        return facts;
    }

    /// Against the cost limit where there is one; elsewhere only what was noted, and nothing until something was.
    private Optional<Map<String, String>> time(Case one) {
        var cost = cases.timing().cost(one.id());
        if (one.kind().hasCostLimit()) {
            return Optional.of(fact(
                    "Time that counts",
                    minutes(cost.minutes()) + ", " + cost.percent() + "% of the cost limit"
                            + switch (cost.standing()) {
                                case WITHIN -> "";
                                case NEAR -> ": nearly reached";
                                case OVER -> ": exceeded";
                            }));
        }
        return Optional.of(cost.minutes() + cost.others())
                .filter(noted -> noted > 0)
                .map(noted -> fact("Time noted", minutes(noted)));
    }

    private static String minutes(int count) {
        return count == 1 ? "1 minute" : count + " minutes";
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
}
