package lanyard.platform;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;

/// `%fault` in logback.xml: whoever logs an exception, its message stays out of the log.
public final class LoggedFault extends ThrowableHandlingConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return event.getThrowableProxy() instanceof ThrowableProxy proxy
                ? FaultTrace.withoutMessages(proxy.getThrowable()) + "\n"
                : "";
    }
}
