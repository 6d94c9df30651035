package lanyard.platform;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What may be logged of an exception.
///
/// What could go wrong: an exception's message often quotes what it choked on, which here may be a patient's name. So
/// only class names and stack frames are kept.
public final class FaultTrace {
    private static final int CAUSES = 5;
    private static final int FRAMES = 25;

    private FaultTrace() {}

    public static String withoutMessages(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .limit(CAUSES)
                .map(cause -> cause.getClass().getName() + frames(cause))
                .collect(Collectors.joining("\ncaused by "));
    }

    private static String frames(Throwable cause) {
        return Stream.of(cause.getStackTrace())
                .limit(FRAMES)
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
    }
}
