package lanyard.trust.console;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;

/// One request to the console by somebody who may make it.
public final class ConsoleCall {
    private final Rendering rendering;
    private final Session session;
    private final Exchange exchange;
    private final ConsoleForm form;
    private final List<Fault> faults;

    ConsoleCall(Rendering rendering, Session session, Exchange exchange, ConsoleForm form, List<Fault> faults) {
        this.rendering = rendering;
        this.session = session;
        this.exchange = exchange;
        this.form = form;
        this.faults = List.copyOf(faults);
    }

    public Caller caller() {
        return session.caller();
    }

    public Set<Duty> duties() {
        return session.duties();
    }

    public Exchange exchange() {
        return exchange;
    }

    /// What was sent; on a page, what was sent from it and refused, or nothing.
    public ConsoleForm form() {
        return form;
    }

    Session session() {
        return session;
    }

    /// Whom somebody means who typed a user name or a whole user id. Errors: [ConsoleRefusal] when the field is empty
    /// or has neither.
    public UserId user(String field) {
        return user(form.text(field), field);
    }

    /// The same for one line of a field with several.
    public UserId user(String typed, String field) {
        return UserNames.read(typed, caller().user().server(), field);
    }

    /// `template` as `disclosure/cases`; it sees `model`, `form` and `console`. A page of a refused form answers 422.
    public Reply page(String template, Map<String, ?> model) {
        return rendering.page(
                new Rendering.Page(exchange, form, faults, faults.isEmpty() ? 200 : 422), session, template, model);
    }

    /// Go on to another page of the console (303).
    public Reply see(String path) {
        return Rendering.see(Forms.ours(path));
    }

    /// The form is shown again, with what was typed and this sentence. Never returns.
    @SuppressWarnings("DoNotCallSuggester") // pages return what it says, so that it reads like the other answers
    public Reply refuse(String sentence, String... fields) {
        throw new ConsoleRefusal(sentence, fields);
    }

    /// In the language of whoever reads.
    public String words(String english) {
        return rendering.words().in(language(), english);
    }

    public Locale language() {
        return Words.of(exchange);
    }
}
