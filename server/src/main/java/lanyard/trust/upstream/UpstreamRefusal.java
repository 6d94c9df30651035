package lanyard.trust.upstream;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A sign-in that is not one. The sentence is for the person; why is for the log, and names nobody.
final class UpstreamRefusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String sentence;

    private UpstreamRefusal(int status, String sentence, String why, @Nullable Throwable cause) {
        super(why, cause, false, false);
        this.status = status;
        this.sentence = sentence;
    }

    /// What came back was not what was sent for.
    static UpstreamRefusal forged(String why) {
        return forged(why, null);
    }

    static UpstreamRefusal forged(String why, @Nullable Throwable cause) {
        return new UpstreamRefusal(
                403, "That sign-in was not begun here, took too long or was tampered with. Start again.", why, cause);
    }

    /// The provider is not well, or not set up as it should be.
    static UpstreamRefusal fault(String why) {
        return fault(why, null);
    }

    static UpstreamRefusal fault(String why, @Nullable Throwable cause) {
        return new UpstreamRefusal(
                502,
                "Your organisation's sign-in does not answer as it should. Try again, or use your password or passkey.",
                why,
                cause);
    }

    /// The provider knows the person, and that is not enough.
    static UpstreamRefusal person(String sentence) {
        return new UpstreamRefusal(403, sentence, "the person may not come in", null);
    }

    int status() {
        return status;
    }

    String sentence() {
        return sentence;
    }

    String why() {
        var cause = getCause();
        return getMessage() + (cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")");
    }
}
