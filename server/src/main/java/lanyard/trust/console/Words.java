package lanyard.trust.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lanyard.platform.http.Exchange;
import lanyard.platform.json.Json;

/// The console's words in Welsh, by their English. Promised are the layout with its menu, signing in, and what went
/// wrong; any other page is English as a whole and says so, or a screen reader would read it out by the rules of Welsh.
final class Words {
    static final Locale WELSH = Locale.forLanguageTag("cy");
    static final Locale ENGLISH = Locale.UK;
    static final String COOKIE = "lanyard-console-language";

    private static final Set<String> IN_WELSH = Set.of(
            "console/front", "console/signIn", "console/code", "console/stepUp", "console/problem", "console/again");
    private static final String FILE = "/lanyard/console/cy.json";

    private final Map<String, String> welsh = new HashMap<>();

    Words() {
        try (var in = Words.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the console's dictionary is missing");
            }
            Json.object(in.readAllBytes())
                    .properties()
                    .forEach(entry -> welsh.put(entry.getKey(), entry.getValue().asString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String in(Locale language, String english) {
        return language.equals(WELSH) ? welsh.getOrDefault(english, english) : english;
    }

    /// As its reader chose, or as the browser says.
    static Locale of(Exchange exchange) {
        var wanted = exchange.cookie(COOKIE)
                .or(() -> exchange.header("Accept-Language").map(header -> first(header)))
                .orElse("");
        return wanted.toLowerCase(Locale.ROOT).startsWith("cy") ? WELSH : ENGLISH;
    }

    /// What the page itself is in, whatever is around it.
    static Locale ofPage(Exchange exchange, String template) {
        return IN_WELSH.contains(template) ? of(exchange) : ENGLISH;
    }

    private static String first(String header) {
        return List.of(header.split(",", -1)).getFirst().strip();
    }
}
