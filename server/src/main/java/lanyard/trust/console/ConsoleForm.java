package lanyard.trust.console;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lanyard.platform.http.QueryString;

/// What was sent in a form, or nothing on a page that is only looked at. Templates show it again by [#value] and
/// [#has].
public final class ConsoleForm {
    static final ConsoleForm EMPTY = new ConsoleForm(QueryString.parse(null));

    private static final int LONGEST = 20_000;
    private static final String MISSING = "Fill this in.";

    private final QueryString fields;
    private final Map<String, byte[]> files;

    ConsoleForm(QueryString fields) {
        this(fields, Map.of());
    }

    ConsoleForm(QueryString fields, Map<String, byte[]> files) {
        this.fields = fields;
        this.files = files;
    }

    /// What was chosen to be uploaded. Errors: [ConsoleRefusal] when nothing was.
    public byte[] file(String name) {
        var file = files.get(name);
        if (file == null) {
            throw new ConsoleRefusal("Choose a file.", name);
        }
        return file.clone();
    }

    /// Errors: [ConsoleRefusal] when it is empty.
    public String text(String name) {
        return optional(name).orElseThrow(() -> new ConsoleRefusal(MISSING, name));
    }

    /// Errors: [ConsoleRefusal] when it is empty or longer than `most` characters.
    public String text(String name, int most) {
        var text = text(name);
        if (text.length() > most) {
            throw new ConsoleRefusal("This has at most " + most + " characters.", name);
        }
        return text;
    }

    /// Without white space around it; an empty field counts as none.
    public Optional<String> optional(String name) {
        var text = value(name);
        requireShort(text, name);
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /// All that were ticked, or every line sent under this name.
    public List<String> list(String name) {
        var list = lines(name);
        list.forEach(text -> requireShort(text, name));
        return list;
    }

    private List<String> lines(String name) {
        return fields.all(name).stream()
                .map(ConsoleForm::plain)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /// Whether a box was ticked.
    public boolean ticked(String name) {
        return !list(name).isEmpty();
    }

    /// Errors: [ConsoleRefusal] when it is no whole number between them.
    public int number(String name, int least, int most) {
        var typed = text(name);
        var number = typed.matches("[0-9]{1,9}") ? Integer.parseInt(typed) : -1;
        if (number < least || number > most) {
            throw new ConsoleRefusal("Type a whole number between " + least + " and " + most + ".", name);
        }
        return number;
    }

    /// Of the three boxes `name-day`, `name-month` and `name-year`. Errors: [ConsoleRefusal].
    public LocalDate date(String name) {
        return optionalDate(name).orElseThrow(() -> new ConsoleRefusal("Enter a date.", name));
    }

    /// Empty when all three boxes are. Errors: [ConsoleRefusal] for what is no date.
    public Optional<LocalDate> optionalDate(String name) {
        var parts = new ArrayList<String>();
        for (var part : List.of("-year", "-month", "-day")) {
            parts.add(value(name + part));
        }
        if (parts.stream().allMatch(String::isEmpty)) {
            return Optional.empty();
        }
        if (!parts.get(0).matches("[12][0-9]{3}")
                || !parts.subList(1, 3).stream().allMatch(part -> part.matches("[0-9]{1,2}"))) {
            throw new ConsoleRefusal("A date has a day, a month and a year, for example 27 3 2026.", name);
        }
        try {
            return Optional.of(LocalDate.of(
                    Integer.parseInt(parts.get(0)), Integer.parseInt(parts.get(1)), Integer.parseInt(parts.get(2))));
        } catch (DateTimeException e) {
            throw new ConsoleRefusal("There is no such date.", name);
        }
    }

    /// As it was typed, for showing it again; empty where nothing was.
    public String value(String name) {
        return fields.all(name).stream().findFirst().map(ConsoleForm::plain).orElse("");
    }

    /// Whether this value was sent under this name: a ticked box, a chosen option.
    public boolean has(String name, String value) {
        return lines(name).contains(value);
    }

    /// Whether the form that was sent has this field: beside it on the page, others keep what they had.
    public boolean brings(String name) {
        return fields.names().contains(name);
    }

    /// Whether anything was sent at all.
    public boolean isSent() {
        return !fields.names().isEmpty();
    }

    /// One name and one value, as it came.
    public record Field(String name, String value) {}

    /// All but the ground's own, which begin with an underscore; the page it stands on goes along.
    List<Field> kept() {
        return fields.names().stream()
                .filter(name -> !name.startsWith("_") || name.equals(Forms.PAGE) || name.equals(Forms.WHO))
                .sorted()
                .flatMap(name -> fields.all(name).stream().map(value -> new Field(name, value)))
                .toList();
    }

    /// What waits for a sign-in, under the names that it comes back by.
    List<Field> toWait() {
        return kept().stream()
                .filter(field -> !Forms.isSecret(field.name()))
                .map(field -> new Field(Forms.WAITING + field.name(), field.value()))
                .toList();
    }

    /// As it came, names and all: from the first step of a sign-in to the second.
    List<Field> waitingStill() {
        return fields.names().stream()
                .filter(name -> name.startsWith(Forms.WAITING))
                .sorted()
                .flatMap(name -> fields.all(name).stream().map(value -> new Field(name, value)))
                .toList();
    }

    /// The fields that waited, under their own names.
    List<Field> waited() {
        return waitingStill().stream()
                .map(field -> new Field(field.name().substring(Forms.WAITING.length()), field.value()))
                .toList();
    }

    private static String plain(String typed) {
        return typed.replace("\r\n", "\n").strip();
    }

    private static void requireShort(String text, String name) {
        if (text.length() > LONGEST) {
            throw new ConsoleRefusal("That is too long: it has at most 20,000 characters.", name);
        }
    }

    @Override
    public String toString() {
        return "ConsoleForm[hidden]";
    }
}
