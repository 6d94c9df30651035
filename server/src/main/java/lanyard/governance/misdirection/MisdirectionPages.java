package lanyard.governance.misdirection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.governance.misdirection.Misdirection.Reader;
import lanyard.messaging.room.Conversation;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.UserId;
import lanyard.trust.console.Choice;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Person;
import org.jspecify.annotations.Nullable;

/// Cases of misdirection in the console: who had read what, and what became of it. Never what the message said.
final class MisdirectionPages {
    private static final String PATH = "/console/misdirections";
    private static final Set<Duty> MAY = Set.of(Duty.DATA_PROTECTION_OFFICER, Duty.INFORMATION_GOVERNANCE);
    private static final int MOST = 200;
    private static final List<Choice> OUTCOMES = List.of(
            new Choice("no_breach", "No personal data breach", "Nobody without a reason to know had read it"),
            new Choice("breach_recorded", "A breach, recorded", "Unlikely to be a risk to anybody's rights"),
            new Choice("breach_notified", "A breach, notified", "Reported within 72 hours, by DSPT or to the ICO"),
            new Choice("not_misdirected", "Not misdirected after all"));

    private final Misdirections misdirections;
    private final MisdirectionParts parts;

    MisdirectionPages(Misdirections misdirections, MisdirectionParts parts) {
        this.misdirections = misdirections;
        this.parts = parts;
    }

    void addTo(Routes routes) {
        var console = parts.trust().console();
        console.entry("Sent to the wrong person", PATH, MAY);
        console.page(routes, "GET " + PATH, MAY, this::list);
        console.page(routes, "GET " + PATH + "/{caseId}", MAY, this::show);
        console.form(routes, "POST " + PATH + "/{caseId}/close", MAY, StepUp.NOT, this::close);
    }

    private Reply list(ConsoleCall call) {
        var cases = misdirections.list(call.caller().organization(), MOST).stream()
                .map(this::line)
                .toList();
        return call.page("misdirection/cases", Map.of("cases", cases));
    }

    private Map<String, Object> line(Misdirection one) {
        var message = one.message();
        var room = parts.conversations().rooms().byRoom(List.of(message.room()));
        var shown = new HashMap<String, Object>();
        shown.put("id", one.id());
        shown.put("author", who(message.author()));
        shown.put("sent", message.sentAt());
        shown.put("reported", one.reportedAt());
        shown.put("kind", kind(room.get(message.room())));
        shown.put(
                "conversation",
                purpose(room.get(message.room())).orElse(message.room().value()));
        shown.put("read", one.read().size());
        shown.put("unread", one.unread().size());
        shown.put("outcome", one.end().map(end -> outcome(end.outcome())).orElse(""));
        return shown;
    }

    private static Optional<String> purpose(@Nullable Conversation room) {
        return Optional.ofNullable(room).map(Conversation::purpose);
    }

    private static String kind(@Nullable Conversation room) {
        return Optional.ofNullable(room).map(known -> known.kind().word()).orElse("");
    }

    private static String outcome(String word) {
        return OUTCOMES.stream()
                .filter(choice -> choice.value().equals(word))
                .map(Choice::text)
                .findFirst()
                .orElse(word);
    }

    private Reply show(ConsoleCall call) {
        var one = get(call);
        var model = line(one);
        model.put("event", one.message().event().value());
        model.put("why", misdirections.whyOf(one));
        model.put("readers", one.read().stream().map(this::reader).toList());
        model.put("others", one.unread().stream().map(this::reader).toList());
        model.put("closedBy", one.end().map(end -> who(end.by())).orElse(""));
        model.put("closed", one.end().<Object>map(end -> end.at()).orElse(""));
        return call.page("misdirection/case", Map.of("case", model, "outcomes", OUTCOMES));
    }

    private Map<String, Object> reader(Reader reader) {
        return Map.of(
                "who", who(reader.user()),
                "read", reader.readAt().<Object>map(at -> at).orElse(""),
                "delivered", reader.deliveredAt().<Object>map(at -> at).orElse(""));
    }

    /// As the directory has them now, with the id that stays.
    private String who(UserId user) {
        var words = parts.trust()
                .identity()
                .people()
                .find(user)
                .map(MisdirectionPages::words)
                .orElse("");
        return words.isEmpty() ? user.value() : words + " (" + user.value() + ")";
    }

    private static String words(Person person) {
        return String.join(
                ", ",
                List.of(
                                person.displayName(),
                                person.role(),
                                person.ward(),
                                person.employer().name())
                        .stream()
                        .filter(text -> !text.isEmpty())
                        .toList());
    }

    private Reply close(ConsoleCall call) {
        var one = get(call);
        var outcome = call.form().text("outcome");
        if (OUTCOMES.stream().noneMatch(choice -> choice.value().equals(outcome))) {
            return call.refuse("Choose what became of it.", "outcome");
        }
        misdirections.close(call.caller(), one, outcome);
        return call.see(PATH + "/" + one.id());
    }

    private Misdirection get(ConsoleCall call) {
        return misdirections.get(call.caller().organization(), call.exchange().param("caseId"));
    }
}
