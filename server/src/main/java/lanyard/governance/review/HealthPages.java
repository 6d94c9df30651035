package lanyard.governance.review;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lanyard.governance.disclosure.Opinion;
import lanyard.governance.disclosure.Opinion.Finding;
import lanyard.governance.disclosure.Opinions;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.EventId;
import lanyard.trust.console.Choice;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.ConsoleRefusal;
import lanyard.trust.console.StepUp;

/// The part of a review that is about health data: which messages are, which the person who asks knows already, and
/// what health professionals say of telling them. Whatever lets something be told asks for fresh proof.
final class HealthPages {
    private static final String PATH = ReviewPages.PATH;
    private static final String PAPER = PATH + "/opinion/paper";
    private static final String NUMBERS = "numbers";
    private static final String FINDING = "finding";
    private static final int LONGEST_NUMBERS = 4_000;
    private static final int LONGEST_WORDS = 4_000;

    private final Reviews reviews;

    HealthPages(Reviews reviews) {
        this.reviews = reviews;
    }

    void addTo(Routes routes) {
        var console = reviews.parts().others().console();
        console.form(routes, "POST " + PATH + "/known", ReviewPages.MAY, StepUp.NEEDED, this::known);
        console.form(routes, "POST " + PATH + "/health", ReviewPages.MAY, StepUp.NOT, this::health);
        console.form(routes, "POST " + PATH + "/ask", ReviewPages.MAY, StepUp.NEEDED, this::ask);
        console.page(routes, "GET " + PAPER, ReviewPages.MAY, this::paper);
        console.form(routes, "POST " + PAPER, ReviewPages.MAY, StepUp.NEEDED, this::add);
    }

    private Item item(ConsoleCall call) {
        var desk = reviews.open(call.caller(), ReviewPages.id(call));
        return ReviewPages.item(desk, call.form().text("number"));
    }

    private Reply known(ConsoleCall call) {
        var item = item(call);
        reviews.known(
                call.caller(), ReviewPages.id(call), item.id(), call.form().text("why"));
        return call.see(ReviewPages.path(call) + "/" + item.number());
    }

    private Reply health(ConsoleCall call) {
        var item = item(call);
        reviews.health(call.caller(), ReviewPages.id(call), item.id());
        return call.see(ReviewPages.path(call) + "/" + item.number());
    }

    private Opinions opinions() {
        return reviews.parts().others().cases().opinions();
    }

    /// The messages of the case that the form names. Errors: [ConsoleRefusal].
    private static List<Item> named(ConsoleCall call, Reviews.Desk desk) {
        var known = desk.items().stream().collect(Collectors.toMap(Item::number, item -> item));
        var numbers = Numbers.read(call.form().text(NUMBERS, LONGEST_NUMBERS), known.keySet());
        if (numbers.isEmpty()) {
            throw new ConsoleRefusal("Write numbers of messages of this case, as in 3, 12-15.", NUMBERS);
        }
        return desk.items().stream()
                .filter(item -> numbers.contains(item.number()))
                .toList();
    }

    private Reply ask(ConsoleCall call) {
        var id = ReviewPages.id(call);
        var desk = reviews.open(call.caller(), id);
        var form = call.form();
        var professional = call.user("professional");
        var texts = new HealthTexts(desk.items(), desk.notes());
        var shown = named(call, desk).stream().map(texts::shown).toList();
        opinions().ask(call.caller(), id, professional, form.text("question", 1_000), shown);
        return call.see(ReviewPages.path(call));
    }

    private Reply paper(ConsoleCall call) {
        var desk = reviews.open(call.caller(), ReviewPages.id(call));
        var findings = Arrays.stream(Finding.values())
                .map(finding -> new Choice(finding.word(), finding.title()))
                .toList();
        return call.page(
                "review/paper",
                Map.of(
                        "path",
                        ReviewPages.path(call),
                        "findings",
                        findings,
                        "why",
                        desk.about().isClosed()
                                ? "This case is closed."
                                : desk.items().isEmpty()
                                        ? "Nothing was taken for this case yet: there is nothing that an opinion could be about."
                                        : "",
                        "texts",
                        ReviewPages.typed(call)));
    }

    /// One that was given on paper counts for the messages it names, as they stand now.
    private Reply add(ConsoleCall call) {
        var id = ReviewPages.id(call);
        var desk = reviews.open(call.caller(), id);
        var form = call.form();
        var finding = Finding.find(form.value(FINDING)).orElseThrow(() -> new ConsoleRefusal("Choose one.", FINDING));
        var opinion = new Opinion(
                finding,
                form.date("day"),
                form.text("professional"),
                form.text("body"),
                form.text("registration"),
                form.text("words", LONGEST_WORDS));
        var texts = new HealthTexts(desk.items(), desk.notes());
        var covers = new LinkedHashMap<EventId, String>();
        named(call, desk).forEach(item -> covers.putAll(texts.covers(item)));
        opinions().add(call.caller(), id, opinion, covers);
        return call.see(ReviewPages.path(call));
    }
}
