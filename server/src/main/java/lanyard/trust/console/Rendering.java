package lanyard.trust.console;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import lanyard.platform.Unavailable;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.trust.identity.Duty;
import org.jspecify.annotations.Nullable;

/// Pages with the console's layout around them.
final class Rendering {
    private static final String HTML = "text/html; charset=utf-8";

    /// A line of the navigation.
    ///
    /// @param duties who sees it; nobody in particular when it is empty
    record Entry(String title, String path, Set<Duty> duties) {
        Entry {
            duties = Set.copyOf(duties);
        }
    }

    /// What is common to a page, whatever it shows.
    record Page(Exchange exchange, ConsoleForm form, List<Fault> faults, int status) {
        Page(Exchange exchange, int status) {
            this(exchange, ConsoleForm.EMPTY, List.of(), status);
        }
    }

    /// What the layout knows, under the name `console`.
    ///
    /// @param words its own words, which are in the reader's language on a page that has no Welsh as well
    /// @param welsh the reader's language
    /// @param inWelsh what the page itself is in
    /// @param template what the page is made of, for whoever must find it again
    /// @param here the page itself, for forms to say where they stand
    public record Layout(
            String style,
            String script,
            String organization,
            String template,
            String here,
            String csrf,
            String who,
            String name,
            UnaryOperator<String> words,
            boolean welsh,
            boolean inWelsh,
            List<Entry> entries,
            List<Fault> faults) {
        public String say(String english) {
            return words.apply(english);
        }

        /// For the message beside a field.
        public String fault(String field) {
            return faults.stream()
                    .filter(fault -> fault.field().equals(field))
                    .map(Fault::sentence)
                    .findFirst()
                    .orElse("");
        }

        public boolean isHere(String path) {
            return here.equals(path) || here.startsWith(path + "/") || here.startsWith(path + "?");
        }
    }

    private final ConsoleParts parts;
    private final Words words = new Words();
    private final Templates templates = new Templates(words);
    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    Rendering(ConsoleParts parts) {
        this.parts = parts;
    }

    Words words() {
        return words;
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    List<Entry> entriesOf(Session session) {
        return entries.stream().filter(entry -> session.may(entry.duties())).toList();
    }

    Reply page(Page page, @Nullable Session session, String template, Map<String, ?> model) {
        var whole = new HashMap<String, Object>(model);
        whole.put("form", page.form());
        whole.put("console", layout(page, session, template));
        var html = templates.render(template, whole, Words.ofPage(page.exchange(), template));
        return new Reply(page.status(), headers(), html.getBytes(StandardCharsets.UTF_8));
    }

    private Layout layout(Page page, @Nullable Session session, String template) {
        var exchange = page.exchange();
        return new Layout(
                parts.assets().style(),
                parts.assets().script(),
                organization(exchange),
                template,
                here(page),
                session == null ? "" : session.csrf(),
                session == null ? "" : session.caller().user().value(),
                session == null ? "" : session.name(),
                english -> words.in(Words.of(exchange), english),
                Words.of(exchange).equals(Words.WELSH),
                Words.ofPage(exchange, template).equals(Words.WELSH),
                session == null ? List.of() : entriesOf(session),
                page.faults());
    }

    /// A page that says that something is away does not need its name.
    private String organization(Exchange exchange) {
        try {
            return parts.identity().organizations().forHost(exchange.host()).name();
        } catch (RuntimeException fault) {
            if (fault instanceof Unavailable) {
                return "";
            }
            throw fault;
        }
    }

    private static String here(Page page) {
        var exchange = page.exchange();
        if (!exchange.method().equals("GET")) {
            return Forms.ours(page.form().value(Forms.PAGE));
        }
        var query = exchange.rawQuery();
        return Forms.ours(query.isEmpty() ? exchange.path() : exchange.path() + "?" + query);
    }

    /// A form's origin is told to ourselves only.
    private static Map<String, String> headers() {
        return Map.of("Content-Type", HTML, "Referrer-Policy", "same-origin");
    }

    static Reply see(String path) {
        return new Reply(303, Map.of("Location", path), new byte[0]);
    }
}
