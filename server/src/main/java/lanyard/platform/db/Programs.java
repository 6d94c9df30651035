package lanyard.platform.db;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs PostgreSQL's programs as an ordinary user, with nothing of our environment but the path.
record Programs(PostgresBinaries binaries, OrdinaryUser user, Path workingDirectory) {

    /// Starts a program that goes on running; what it says is appended to `log`.
    Process start(List<String> command, File log) throws IOException {
        return builder(user.service(named(command)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    /// Runs a program to its end. Errors: what it said, when it fails.
    void run(List<String> command, String input) throws IOException {
        var process =
                builder(user.command(named(command))).redirectErrorStream(true).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command.getFirst() + " failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while running " + command.getFirst(), e);
        }
    }

    private List<String> named(List<String> command) {
        var all = new ArrayList<>(command);
        all.set(0, binaries.program(command.getFirst()));
        return all;
    }

    private ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
        var path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().put("LC_ALL", "C");
        return builder;
    }
}
