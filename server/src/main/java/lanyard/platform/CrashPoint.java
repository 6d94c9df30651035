package lanyard.platform;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The steps on the way to what is durable, each with a name. A test says at which, and at the how-manieth time, the
/// process ends as if it had been killed: `-Dlanyard.crash=writer.committed:3`.
///
/// What could go wrong: somebody ends a hospital's server by a setting. The principle: it is read once, from the
/// command line alone, and a server of anything but the demonstration refuses to start with it. Without it a step costs
/// a check of a constant, which the compiler removes.
public final class CrashPoint {
    /// What the process answers when it ended at its step, and not by something else.
    static final int STATUS = 86;

    private static final String PROPERTY = "lanyard.crash";
    private static final @Nullable Plan PLAN = plan(System.getProperty(PROPERTY));

    private CrashPoint() {}

    private record Plan(String step, AtomicInteger left) {}

    public static void at(String step) {
        if (PLAN != null && PLAN.step().equals(step) && PLAN.left().decrementAndGet() == 0) {
            Runtime.getRuntime().halt(STATUS);
        }
    }

    /// Errors: [CannotStartException] when a crash is planned where it must not be.
    public static void allowOnly(boolean here) {
        if (PLAN != null && !here) {
            throw new CannotStartException(
                    PROPERTY + " ends the server on purpose and is for tests on the demonstration: leave it out.");
        }
    }

    private static @Nullable Plan plan(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var form = Pattern.compile("([a-z.-]+):([1-9][0-9]{0,5})").matcher(text);
        if (!form.matches()) {
            throw new CannotStartException(PROPERTY + " is a step and a number, as in writer.committed:3.");
        }
        return new Plan(form.group(1), new AtomicInteger(Integer.parseInt(form.group(2))));
    }
}
