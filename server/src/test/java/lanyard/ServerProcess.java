package lanyard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import lanyard.platform.db.TestDatabase;

/// A server that runs in a process of its own on what a [TestServer] has left, as it does everywhere but in tests.
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Lanyard is at \\S+ \\(port (\\d+)\\), ready .*");

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Stops the server in this process and starts the other one. Close both.
    static ServerProcess after(TestServer server, Map<String, String> more) {
        server.app().close();
        var database = TestDatabase.addressOf(server.database());
        var environment = new HashMap<>(Map.of(
                "LANYARD_PORT", "0",
                "LANYARD_DATA", server.data().toString(),
                "LANYARD_SERVER_NAME", "lanyard.localhost",
                "LANYARD_DATABASE_URL", database.jdbcUrl(),
                "LANYARD_DATABASE_USER", database.user(),
                "LANYARD_DATABASE_PASSWORD", database.password()));
        environment.putAll(more);
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(List.of(
                        java,
                        "-Xmx384m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("LANYARD_"));
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            return new ServerProcess(process, portOf(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int portOf(Process process) throws IOException {
        var out = process.inputReader(StandardCharsets.UTF_8);
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            var ready = READY.matcher(line);
            if (ready.matches()) {
                return Integer.parseInt(ready.group(1));
            }
        }
        throw new AssertionError("the server did not start");
    }

    URI root() {
        return URI.create("http://localhost:" + port + "/");
    }

    long pid() {
        return process.pid();
    }

    /// The workers that it has started.
    List<ProcessHandle> children() {
        return process.children().toList();
    }

    /// An image of its heap, with what nobody needs any more; of another process, whatever that allows.
    static String heapOf(long pid, Path file) throws IOException {
        var dump = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.heap_dump",
                        "-all",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try (InputStream said = dump.getInputStream()) {
            return new String(said.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
