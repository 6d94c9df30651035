package lanyard.trust.console;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns templates into pages. A name like `disclosure/cases` is the resource `lanyard/disclosure/cases.peb`.
///
/// What could go wrong: what somebody typed is markup to the page that shows it. So everything is escaped unless a
/// template says otherwise, and none does; names that are not there are faults and not empty places.
///
/// Templates know `t("English words")`, the filters `day` (of a date or a moment) and `moment`, and
/// `counted("message")` of a number: "1 message", "2 messages".
final class Templates {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final PebbleEngine engine;

    Templates(Words words) {
        var loader = new ClasspathLoader(Templates.class.getClassLoader());
        loader.setPrefix("lanyard/");
        loader.setSuffix(".peb");
        loader.setCharset(StandardCharsets.UTF_8.name());
        engine = new PebbleEngine.Builder()
                .loader(loader)
                .strictVariables(true)
                .autoEscaping(true)
                .defaultEscapingStrategy("html")
                .extension(new Ours(words))
                .build();
    }

    String render(String template, Map<String, Object> model, Locale language) {
        var page = new StringWriter();
        try {
            engine.getTemplate(template).evaluate(page, model, language);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.toString();
    }

    private static final class Ours extends AbstractExtension {
        private final Words words;

        private Ours(Words words) {
            this.words = words;
        }

        @Override
        public Map<String, Function> getFunctions() {
            return Map.of("t", new Translated(words));
        }

        @Override
        public Map<String, Filter> getFilters() {
            return Map.of(
                    "day",
                    new Shown("d MMMM yyyy"),
                    "moment",
                    new Shown("d MMMM yyyy, HH:mm"),
                    "counted",
                    new Counted());
        }
    }

    private record Translated(Words words) implements Function {
        @Override
        public List<String> getArgumentNames() {
            return List.of("english");
        }

        @Override
        public Object execute(
                Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int lineNumber) {
            return words.in(context.getLocale(), String.valueOf(arguments.get("english")));
        }
    }

    /// English has two forms, and of the nouns that are counted here none that is irregular.
    private record Counted() implements Filter {
        @Override
        public List<String> getArgumentNames() {
            return List.of("noun");
        }

        @Override
        public Object apply(
                @Nullable Object input,
                Map<String, Object> arguments,
                PebbleTemplate self,
                EvaluationContext context,
                int lineNumber) {
            var number = String.valueOf(input);
            return number + " " + arguments.get("noun") + (number.equals("1") ? "" : "s");
        }
    }

    private record Shown(String pattern) implements Filter {
        @Override
        public @Nullable List<String> getArgumentNames() {
            return null;
        }

        @Override
        public Object apply(
                @Nullable Object input,
                Map<String, Object> arguments,
                PebbleTemplate self,
                EvaluationContext context,
                int lineNumber) {
            var format = DateTimeFormatter.ofPattern(pattern, context.getLocale());
            return switch (input) {
                case Instant instant -> format.format(instant.atZone(LONDON));
                case LocalDate date ->
                    DateTimeFormatter.ofPattern("d MMMM yyyy", context.getLocale())
                            .format(date);
                case null, default -> "";
            };
        }
    }
}
