package lanyard.platform;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProductionLogTest {
    private final Throwable fault =
            new IllegalStateException("about Mrs Smith", new IllegalArgumentException("943 476 5919"));

    @Test
    void theLogSaysWhereAndNeverWhat() throws JoranException {
        var printed = printed(context -> context.getLogger("lanyard.X").error("It failed.", fault));
        assertThat(printed)
                .contains("ERROR", "It failed.", "java.lang.IllegalStateException", "ProductionLogTest")
                .contains("aused by java.lang.IllegalArgumentException")
                .doesNotContain("Smith", "943 476");
    }

    @Test
    void librariesAreHeardFromWarningsOnAndJettyFromErrors() throws JoranException {
        var printed = printed(context -> {
            context.getLogger("com.zaxxer.hikari").info("chatter");
            context.getLogger("com.zaxxer.hikari").warn("pool");
            context.getLogger("org.eclipse.jetty.server.Response").warn("GET /rooms/secret");
            context.getLogger("lanyard.X").info("ready");
        });
        assertThat(printed).contains("pool", "ready").doesNotContain("chatter", "secret");
    }

    private interface Speech {
        void speak(LoggerContext context);
    }

    private static String printed(Speech speech) throws JoranException {
        var bytes = new ByteArrayOutputStream();
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(production());
        assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr"))
                .isInstanceOfSatisfying(ConsoleAppender.class, stderr -> stderr.setOutputStream(bytes));
        speech.speak(context);
        context.stop();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static URL production() {
        return Objects.requireNonNull(ProductionLogTest.class.getResource("/logback.xml"));
    }
}
