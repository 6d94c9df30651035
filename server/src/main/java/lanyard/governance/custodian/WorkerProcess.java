package lanyard.governance.custodian;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// The server's end of the pipe to one worker: a Java of its own with the same classes, an empty environment, little
/// memory, and nothing by which another process could attach to it or have it leave its memory behind.
final class WorkerProcess implements AutoCloseable {
    private static final String MAIN = "lanyard.CaseWorker";

    private final Process process;
    private final Frames frames;
    private final ReentrantLock turn = new ReentrantLock();

    private WorkerProcess(Process process) {
        this.process = process;
        this.frames = new Frames(process.getInputStream(), process.getOutputStream());
    }

    static WorkerProcess start(Isolation isolation) {
        var builder = new ProcessBuilder(command(isolation)).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.directory(Path.of("/").toFile());
        try {
            return new WorkerProcess(builder.start());
        } catch (IOException e) {
            throw new CustodianRefusal("The isolated worker cannot be started on this machine.");
        }
    }

    private static List<String> command(Isolation isolation) {
        var command = new ArrayList<>(isolation.prefix());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms32m",
                "-Xmx640m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "-XX:+DisableAttachMechanism",
                "-XX:-UsePerfData",
                "-XX:-HeapDumpOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+SuppressFatalErrorMessage",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                MAIN));
        return command;
    }

    /// The worker does not start in the server's directory.
    private static String absolute(String classPath) {
        var separator = System.getProperty("path.separator");
        var places = new ArrayList<String>();
        for (var place : classPath.split(java.util.regex.Pattern.quote(separator), -1)) {
            places.add(Path.of(place).toAbsolutePath().toString());
        }
        return String.join(separator, places);
    }

    /// Errors: [CustodianRefusal] with the worker's sentence, or because it has ended.
    ObjectNode ask(ObjectNode request) {
        return ask(request, new byte[0]);
    }

    /// With a case file after it, where there is one.
    ObjectNode ask(ObjectNode request, byte[] file) {
        turn.lock();
        try {
            frames.write(request);
            if (file.length > 0) {
                frames.write(file);
            }
            var answer = frames.readJson();
            var refused = Json.optionalText(answer, "refused");
            if (refused.isPresent()) {
                throw new CustodianRefusal(refused.get());
            }
            return answer;
        } catch (IOException e) {
            process.destroyForcibly();
            throw new WorkerEndedException();
        } finally {
            turn.unlock();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    void onEnd(Runnable told) {
        var _ = process.onExit().thenRun(told);
    }

    /// At once, whatever it is doing.
    @Override
    public void close() {
        process.destroyForcibly();
    }

    /// The worker has ended: its time was over, or it was stopped.
    static final class WorkerEndedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WorkerEndedException() {
            super("the worker has ended", null, false, false);
        }
    }
}
