package lanyard.platform.stream;

import java.io.Serial;

/// Thrown by a deed that needs something slow which is not there yet, such as a key that has to reach the disk first.
/// Nothing of the deed is kept; the caller's own thread makes ready while the writer goes on with others, and the deed
/// runs again.
public final class NotReadyException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Runnable preparation;

    public NotReadyException(Runnable preparation) {
        super("something has to be made ready first", null, false, false);
        this.preparation = preparation;
    }

    void prepare() {
        preparation.run();
    }
}
