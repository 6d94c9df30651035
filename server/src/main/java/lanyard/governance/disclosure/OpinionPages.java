package lanyard.governance.disclosure;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.console.Choice;
import lanyard.trust.console.Console;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;

/// The pages on which a health professional who is asked gives their own opinion. Everybody may open them: they show
/// nobody anything but what they themselves are asked.
final class OpinionPages {
    private static final String PATH = "/console/opinions";
    private static final Set<Duty> EVERYBODY = Set.of();
    private static final String GIVEN = "given";
    private static final int LONGEST = 4_000;

    private final Opinions opinions;
    private final Console console;

    OpinionPages(Opinions opinions, Console console) {
        this.opinions = opinions;
        this.console = console;
    }

    void addTo(Routes routes) {
        console.entry("Opinions", PATH, EVERYBODY);
        console.page(routes, "GET " + PATH, EVERYBODY, this::list);
        console.page(routes, "GET " + PATH + "/{case}", EVERYBODY, this::show);
        console.form(routes, "POST " + PATH + "/{case}", EVERYBODY, StepUp.NEEDED, this::give);
    }

    private static CaseId id(ConsoleCall call) {
        return new CaseId(call.exchange().param("case"));
    }

    private Reply list(ConsoleCall call) {
        var asked =
                opinions.listAsked(call.caller()).stream().map(CaseId::value).toList();
        return call.page(
                "disclosure/opinions",
                Map.of("asked", asked, "given", given(call).stream().toList()));
    }

    /// What has just been kept, as its professional is told: not their words again, nor what they were shown.
    public record Given(String id, String finding, LocalDate day, String registration, int covers) {}

    private Optional<Given> given(ConsoleCall call) {
        return call.exchange()
                .query(GIVEN)
                .filter(CaseId::isValid)
                .map(CaseId::new)
                .flatMap(id -> opinions.findOwn(call.caller(), id).map(one -> given(id, one)));
    }

    private static Given given(CaseId id, GivenOpinion one) {
        var said = one.opinion();
        return new Given(
                id.value(),
                said.finding().title(),
                said.given(),
                said.body() + " " + said.registration(),
                one.covers().size());
    }

    private Reply show(ConsoleCall call) {
        var id = id(call);
        var withdrawn = opinions.findWithdrawn(call.caller(), id);
        if (withdrawn.isPresent()) {
            var typed = call.form().optional("words").stream().toList();
            return call.page(
                    "disclosure/opinionWithdrawn", Map.of("id", id.value(), "at", withdrawn.get(), "texts", typed));
        }
        var asked = opinions.read(call.caller(), id);
        var question = asked.question();
        var findings = Arrays.stream(Opinion.Finding.values())
                .map(finding -> new Choice(finding.word(), finding.title()))
                .toList();
        return call.page(
                "disclosure/opinion",
                Map.of(
                        "id", id.value(),
                        "question", question.words(),
                        "passages",
                                question.passages().stream().map(Shown::text).toList(),
                        "mark", asked.mark(),
                        "findings", findings));
    }

    private Reply give(ConsoleCall call) {
        var finding = Opinion.Finding.find(call.form().value("finding"))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_INVALID_PARAM, "Say what it comes to."));
        var form = call.form();
        opinions.give(call.caller(), id(call), finding, form.text("words", LONGEST), form.value("mark"));
        return call.see(PATH + "?" + GIVEN + "=" + id(call));
    }
}
