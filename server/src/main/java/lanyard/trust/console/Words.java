package lanyard.trust.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lanyard.platform.http.Exchange;
import lanyard.platform.json.Json;

/// The console's words in Welsh, by their English. What has no Welsh yet is English, and marked so nowhere: only the
/// layout and signing in are promised.
final class Words {
    static final Locale WELSH = Locale.forLanguageTag("cy");
    static final Locale ENGLISH = Locale.UK;
    static final String COOKIE = "lanyard-console-language";

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

    private static String first(String header) {
        return List.of(header.split(",", -1)).getFirst().strip();
    }
}
