package lanyard.trust.console;

/// One of several, as a list, radios or boxes show it.
public record Choice(String value, String text, String hint) {
    public Choice(String value, String text) {
        this(value, text, "");
    }
}
