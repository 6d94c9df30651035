package lanyard.governance.custodian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What of the machine keeps a worker apart, without any right of an administrator: found once, by trying. What is not
/// there is said in the audit of each session, and the worker runs without it.
///
/// Never enforced, and said in ADR 36: whoever runs as the same user of the machine, or as its administrator, can read
/// any process's memory; and memory may be swapped out where swap is not off or encrypted.
record Isolation(List<String> prefix, List<String> enforced, List<String> missing) {
    private static final int SECONDS = 5;
    private static final List<String> NO_CORE = List.of("/bin/sh", "-c", "ulimit -c 0; exec \"$@\"", "sh");
    private static final List<String> NO_NETWORK = List.of("/usr/bin/unshare", "--user", "--map-current-user", "--net");
    private static final List<String> NO_PRIVILEGES = List.of("/usr/bin/setpriv", "--no-new-privs");

    Isolation {
        prefix = List.copyOf(prefix);
        enforced = List.copyOf(enforced);
        missing = List.copyOf(missing);
    }

    static Isolation find() {
        var found = new Isolation(List.of(), List.of(), List.of());
        return found.with(NO_CORE, "no_core_dump")
                .with(NO_PRIVILEGES, "no_new_privileges")
                .with(NO_NETWORK, "no_network");
    }

    private Isolation with(List<String> more, String name) {
        var longer = new ArrayList<>(prefix);
        longer.addAll(more);
        var works = Files.isExecutable(Path.of(more.getFirst())) && runs(longer);
        return works
                ? new Isolation(longer, plus(enforced, name), missing)
                : new Isolation(prefix, enforced, plus(missing, name));
    }

    private static List<String> plus(List<String> names, String name) {
        var more = new ArrayList<>(names);
        more.add(name);
        return more;
    }

    private static boolean runs(List<String> prefix) {
        var command = new ArrayList<>(prefix);
        command.add("/bin/true");
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
