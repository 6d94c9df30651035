package lanyard.platform.jobs;

import java.util.ArrayList;
import java.util.List;

/// Work of many parts, of which one that fails keeps no other back: that it failed is said when all have had their
/// turn.
public final class Turns {
    private final List<RuntimeException> failed = new ArrayList<>();

    /// False when it failed.
    public boolean take(Runnable part) {
        try {
            part.run();
            return true;
        } catch (RuntimeException e) {
            failed.add(e);
            return false;
        }
    }

    /// Throws what failed first, with what failed after it.
    public void end() {
        if (!failed.isEmpty()) {
            var first = failed.getFirst();
            failed.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }
}
