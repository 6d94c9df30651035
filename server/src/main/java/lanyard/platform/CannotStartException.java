package lanyard.platform;

/// The server cannot start as it has been set up. The message is one sentence for the person who started it: what is
/// wrong and what would be right. It is shown without a stack trace.
public class CannotStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotStartException(String sentence) {
        super(sentence);
    }

    public CannotStartException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
