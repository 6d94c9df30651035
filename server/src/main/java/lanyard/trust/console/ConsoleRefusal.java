package lanyard.trust.console;

import java.util.List;

/// What somebody typed cannot be taken as it is: the form is shown again, with what was typed and with this sentence.
/// Thrown in a deed, it undoes the deed.
public final class ConsoleRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> fields;
    private final String sentence;

    /// @param fields the names of the fields it is about, if it is about any
    public ConsoleRefusal(String sentence, String... fields) {
        super("a form was refused", null, false, false);
        this.sentence = sentence;
        this.fields = List.of(fields);
    }

    public String sentence() {
        return sentence;
    }

    public List<String> fields() {
        return fields;
    }
}
