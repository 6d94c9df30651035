package lanyard.governance.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.trust.console.Choice;
import lanyard.trust.console.Console;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.StepUp;
import lanyard.trust.hold.Hold;
import lanyard.trust.hold.HoldSubject;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.Duty;

/// Holds in the console: which stand, placing one, lifting one with a reason.
final class HoldPages {
    private static final String PATH = "/console/holds";
    private static final Set<Duty> MAY = RetentionPages.MAY_SEE;
    private static final String SUBJECT = "subject";
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final List<Choice> KINDS = List.of(
            new Choice("person", "A person: every conversation they ever were in"),
            new Choice("patient", "A patient: every conversation that ever was about them"),
            new Choice("room", "A conversation"));

    private final HoldNames names;
    private final CertificateView view;

    HoldPages(HoldNames names, CertificateView view) {
        this.names = names;
        this.view = view;
    }

    void addTo(Console console, Routes routes) {
        console.entry("Holds", PATH, MAY);
        console.page(routes, "GET " + PATH, MAY, this::show);
        console.form(routes, "POST " + PATH, MAY, StepUp.NEEDED, this::place);
        console.form(routes, "POST " + PATH + "/{holdId}/lift", MAY, StepUp.NEEDED, this::lift);
    }

    private Reply show(ConsoleCall call) {
        var holds = names.listStanding(call.caller()).stream().map(this::shown).toList();
        return call.page("retention/holds", Map.of("holds", holds, "kinds", KINDS));
    }

    private CertificateView.Named nameOf(HoldSubject subject) {
        return switch (subject.kind()) {
            case PERSON -> view.person(subject.id());
            case ROOM -> view.room(subject.id());
            case PATIENT -> new CertificateView.Named("", subject.id());
        };
    }

    private Map<String, Object> shown(Hold hold) {
        return Map.of(
                "id", hold.id().value(),
                "kind", hold.subject().kind().word(),
                "subject", nameOf(hold.subject()),
                "from", hold.subject().from().<Object>map(at -> at).orElse(""),
                "to", hold.subject().to().<Object>map(at -> at).orElse(""),
                "reason", hold.reason(),
                "by", view.person(hold.placedBy().value()),
                "placed", hold.placedAt());
    }

    private Reply place(ConsoleCall call) {
        var caller = call.caller();
        var form = call.form();
        var reason = form.text("reason", 1_000);
        var from = form.optionalDate("from").map(HoldPages::begin);
        var to = form.optionalDate("to").map(day -> begin(day.plusDays(1)).minusMillis(1));
        var subject = named(call, from, to);
        names.holds().place(new NewHold(caller.organization(), subject, caller.user(), reason));
        return call.see(PATH);
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(LONDON).toInstant();
    }

    private HoldSubject named(ConsoleCall call, Optional<Instant> from, Optional<Instant> to) {
        var form = call.form();
        var kind = HoldSubject.Kind.of(form.text("kind"));
        var subject = kind == HoldSubject.Kind.PERSON ? call.user(SUBJECT).value() : form.text(SUBJECT);
        return names.named(call.caller().organization(), kind, subject).within(from, to);
    }

    private Reply lift(ConsoleCall call) {
        var id = names.find(call.caller(), call.exchange().param("holdId"));
        names.holds().lift(id, call.caller().user(), call.form().text("reason", 1_000));
        return call.see(PATH);
    }
}
