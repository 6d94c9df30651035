package lanyard.platform.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lanyard.platform.CannotStartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who PostgreSQL runs as. It refuses to be root, and so do we: root's privileges are dropped for good with `setpriv`,
/// not hidden in a user namespace, where the kernel would still know it as root.
///
/// `setpriv` also asks the kernel to interrupt PostgreSQL when the thread that started it is gone, so that a killed
/// server leaves no database behind; `setsid` keeps Ctrl-C for us, so that the database is the last to stop.
final class OrdinaryUser {
    private static final Logger LOG = LoggerFactory.getLogger(OrdinaryUser.class);
    private static final int NOBODY = 65534;

    private final boolean root;
    private final boolean setpriv;
    private final boolean setsid;

    private OrdinaryUser(boolean root, boolean setpriv, boolean setsid) {
        this.root = root;
        this.setpriv = setpriv;
        this.setsid = setsid;
    }

    static OrdinaryUser ofThisProcess() {
        var root = isRoot();
        var user = new OrdinaryUser(root, isOnPath("setpriv"), isOnPath("setsid"));
        if (!user.setpriv && root) {
            throw new CannotStartException("PostgreSQL may not run as root and the command setpriv, which drops root's"
                    + " privileges, is missing: install util-linux, or start Lanyard as an ordinary user.");
        }
        if (!user.setpriv) {
            LOG.warn("The command setpriv is missing (package util-linux): if Lanyard is killed its PostgreSQL runs on"
                    + " until the next start.");
        }
        return user;
    }

    /// A command that is over before we go on.
    List<String> command(List<String> command) {
        var all = new ArrayList<String>();
        if (setpriv) {
            all.addAll(List.of("setpriv", "--pdeathsig=INT"));
        }
        if (root) {
            all.addAll(List.of("--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        all.addAll(command);
        return all;
    }

    /// A command that outlives the terminal's Ctrl-C.
    List<String> service(List<String> command) {
        var all = new ArrayList<String>();
        if (setsid) {
            all.add("setsid");
        }
        all.addAll(command(command));
        return all;
    }

    void own(Path path) {
        if (!root) {
            return;
        }
        try {
            Files.setAttribute(path, "unix:uid", NOBODY);
            Files.setAttribute(path, "unix:gid", NOBODY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Lets PostgreSQL's user pass through a directory of ours, not look into it.
    void letPass(Path directory) throws IOException {
        if (root && !isOpenToAll(directory)) {
            var permissions = Files.getPosixFilePermissions(directory);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
            Files.setPosixFilePermissions(directory, permissions);
        }
    }

    /// As root our own files are open to us whatever their parents say; to an ordinary user they are not.
    void checkMayEnter(Path directory) {
        firstClosed(directory).ifPresent(step -> {
            throw new CannotStartException("PostgreSQL runs as an ordinary user and may not enter " + step
                    + ": set LANYARD_DATA to a directory whose parents everyone may enter, such as"
                    + " /var/lib/lanyard, or start Lanyard as an ordinary user.");
        });
    }

    static boolean mayEnter(Path directory) {
        return firstClosed(directory).isEmpty();
    }

    private static Optional<Path> firstClosed(Path directory) {
        return isRoot()
                ? Stream.iterate(directory.toAbsolutePath(), p -> p != null, Path::getParent)
                        .filter(step -> !isOpenToAll(step))
                        .findFirst()
                : Optional.empty();
    }

    /// Asked of the kernel where there is one to ask: in a container root may have no name.
    private static boolean isRoot() {
        var self = Path.of("/proc/self");
        try {
            return Files.exists(self)
                    ? Files.getAttribute(self, "unix:uid").equals(0)
                    : System.getProperty("user.name", "").equals("root");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOpenToAll(Path directory) {
        try {
            return Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOnPath(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }
}
