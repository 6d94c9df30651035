package lanyard.platform.stream;

import java.io.Serial;

/// Thrown by a lane when another node has moved on; `forget` drops what was cached so that the deeds can run again.
public final class StaleException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Runnable forget;

    public StaleException(Runnable forget) {
        super("built on something stale", null, false, false);
        this.forget = forget;
    }

    void forget() {
        forget.run();
    }
}
