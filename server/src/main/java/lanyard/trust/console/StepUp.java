package lanyard.trust.console;

/// Whether a form asks for fresh proof, within five minutes, of who sends it.
public enum StepUp {
    NEEDED,
    NOT
}
