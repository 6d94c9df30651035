package lanyard.platform.stream;

import java.io.Serial;

/// Another process has taken this writer's slot: this one must not write again.
final class FencedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    FencedException() {
        super("another process has taken over this node's writer slot");
    }
}
