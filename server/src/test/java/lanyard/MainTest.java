package lanyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private static final Pattern READY = Pattern.compile("Lanyard is at \\S+ \\(port (\\d+)\\), ready .*");

    @TempDir
    private Path data;

    @Test
    void itServesUntilItIsToldToStopAndLeavesNothingRunning() throws Exception {
        var server = start(Map.of("LANYARD_PORT", "0", "LANYARD_DATA", data.toString()));
        var postgres = 0L;
        try {
            var out = server.inputReader(StandardCharsets.UTF_8);
            var port = READY.matcher(lineOf(out, "Lanyard is at "));
            assertThat(port.matches()).isTrue();
            var answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.group(1) + "/nothing"))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(lineOf(out, "passwords, which are shown this once"))
                    .endsWith(" LANYARD_DATA=" + data + " scripts/lanyard code <user>");
            postgres = Long.parseLong(Files.readAllLines(data.resolve("postgres/cluster/postmaster.pid"))
                    .getFirst());
            assertThat(ProcessHandle.of(postgres)).isPresent();
            var said = new StringWriter();
            assertThat(run(Map.of("LANYARD_DATA", data.toString()), said, "verify-audit", "--data", data.toString()))
                    .as(said.toString())
                    .isZero();
        } finally {
            server.destroy();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(server.exitValue()).isZero();
        assertThat(ProcessHandle.of(postgres)).isEmpty();
        assertThat(data.resolve("postgres/cluster/postmaster.pid")).doesNotExist();
    }

    private static String lineOf(BufferedReader out, String beginning) throws IOException {
        var line = out.readLine();
        while (line != null && !line.startsWith(beginning)) {
            line = out.readLine();
        }
        return line == null ? "it ended" : line;
    }

    @Test
    void aMistakeInASettingIsOneSentenceAndStatusTwo() {
        var said = new StringWriter();

        var status = run(Map.of("LANYARD_PORT", "eighty"), said);

        assertThat(status).isEqualTo(2);
        assertThat(said.toString().strip())
                .isEqualTo("LANYARD_PORT is \"eighty\": give a number from 0 to 65535, 0 meaning any free port.");
    }

    @Test
    void anUnknownCommandIsRefused() {
        var said = new StringWriter();

        var status = run(Map.of(), said, "fly");

        assertThat(status).isEqualTo(2);
        assertThat(said.toString()).contains("'fly'").contains("Usage:").doesNotContain("\tat ");
    }

    /// A case is opened in the console, where it is approved, searched and written down, or not at all (ADR 36).
    @Test
    void noCommandLeadsToWhatWasSaid() {
        var here = Map.of("LANYARD_DATA", data.toString());
        for (var way : List.of("export-case", "open", "show")) {
            var said = new StringWriter();

            var status = run(here, said, "custodian", way);

            assertThat(status).isEqualTo(2);
            assertThat(said.toString()).contains("Unmatched argument at index 1: '" + way + "'");
        }
        var ceremony = new StringWriter();
        assertThat(run(here, ceremony, "custodian", "ceremony")).isEqualTo(2);
        assertThat(ceremony.toString()).contains("Missing required options");
    }

    @Test
    void aCommandWithoutDataSaysSoAndMakesNone() {
        var said = new StringWriter();
        var empty = data.resolve("empty").toString();

        var status = run(Map.of("LANYARD_DATA", data.toString()), said, "verify-audit", "--data", empty);

        assertThat(status).isEqualTo(2);
        assertThat(said.toString()).startsWith("There is no data of Lanyard in " + empty);
        assertThat(data.resolve("empty")).doesNotExist();
    }

    @Test
    void aCommandMakesNothingAndSaysWithWhichDirectoryLanyardIsStarted() {
        var empty = data.resolve("a b");
        var elsewhere = Map.of(
                "LANYARD_DATA", empty.toString(),
                "LANYARD_DATABASE_URL", "postgresql://127.0.0.1:1/none",
                "LANYARD_DATABASE_USER", "nobody",
                "LANYARD_DATABASE_PASSWORD", "none");
        for (var environment : List.of(Map.of("LANYARD_DATA", empty.toString()), elsewhere)) {
            var said = new StringWriter();
            assertThat(run(environment, said, "code", "rhian.lloyd")).isEqualTo(2);
            assertThat(said.toString().strip())
                    .isEqualTo("There is no data of Lanyard in " + empty + ": start Lanyard once with LANYARD_DATA="
                            + empty + ", or set LANYARD_DATA to the directory where its data is.");
            assertThat(empty).doesNotExist();
        }
    }

    @Test
    void whatToTypeNextNamesTheDataThatWasSet() {
        var usual = Path.of(".lanyard").toAbsolutePath().toString();
        assertThat(NextCommand.of(Map.of(), "code <user>")).isEqualTo("scripts/lanyard code <user>");
        assertThat(NextCommand.of(Map.of("LANYARD_DATA", usual), "code <user>"))
                .isEqualTo("scripts/lanyard code <user>");
        assertThat(NextCommand.of(Map.of("LANYARD_DATA", "/tmp/Jo's data"), "code <user>"))
                .isEqualTo("LANYARD_DATA='/tmp/Jo'\\''s data' scripts/lanyard code <user>");
        assertThat(NextCommand.of(Map.of("LANYARD_SETTINGS", "/etc/lanyard.conf"), "code <user>"))
                .isEqualTo("LANYARD_SETTINGS=/etc/lanyard.conf scripts/lanyard code <user>");
    }

    private static int run(Map<String, String> environment, StringWriter said, String... arguments) {
        return Main.commandLine(environment).setErr(new PrintWriter(said, true)).execute(arguments);
    }

    private static Process start(Map<String, String> environment) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder =
                new ProcessBuilder(List.of(java, "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        builder.environment().keySet().removeIf(name -> name.startsWith("LANYARD_"));
        builder.environment().putAll(environment);
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
