package lanyard.platform.db;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL that outlived a killed server, or the file it left behind.
///
/// What could go wrong: two PostgreSQLs on the same files, or a signal to a stranger that was given the same process
/// number. So it is called ours only if its command line names our files, and only while we hold our own lock.
final class LeftOver {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOver.class);

    private final PostgresCluster cluster;
    private final Programs programs;

    LeftOver(PostgresCluster cluster, Programs programs) {
        this.cluster = cluster;
        this.programs = programs;
    }

    void stop() throws IOException {
        var pidFile = cluster.files().resolve("postmaster.pid");
        var process = recorded(pidFile);
        if (process.isEmpty()) {
            return;
        }
        if (!isOurs(process.get())) {
            // PostgreSQL takes any living process of that number for itself and would refuse to start.
            Files.deleteIfExists(pidFile);
            return;
        }
        LOG.info("Stopping the PostgreSQL that a killed Lanyard left running.");
        try {
            programs.run(
                    List.of("pg_ctl", "stop", "-D", cluster.files().toString(), "-m", "fast", "-w", "-t", "60"), "");
        } catch (IOException e) {
            if (process.get().isAlive()) {
                throw e;
            }
        }
    }

    private static Optional<ProcessHandle> recorded(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(pidFile)) {
            return lines.findFirst()
                    .filter(line -> line.matches("[0-9]{1,10}"))
                    .flatMap(line -> ProcessHandle.of(Long.parseLong(line)));
        }
    }

    private boolean isOurs(ProcessHandle process) throws IOException {
        return commandLine(process).contains(cluster.files().toString());
    }

    /// `/proc` shows the command line of another user's process, which [ProcessHandle] does not.
    private static String commandLine(ProcessHandle process) throws IOException {
        var file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        if (!Files.exists(file)) {
            return process.info().commandLine().orElse("");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
