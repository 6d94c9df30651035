package lanyard.platform.db;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import lanyard.platform.CannotStartException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's own programs, carried in a jar and unpacked once for each version: whole or not at all.
final class PostgresBinaries {
    /// The version in the jar; a test holds it against what the programs say.
    static final String VERSION = "18.6";

    private static final Map<String, String> ARCHIVES = Map.of(
            "Linux amd64", "postgres-linux-x86_64.txz",
            "Linux aarch64", "postgres-linux-arm_64.txz",
            "Mac OS X aarch64", "postgres-darwin-arm_64.txz",
            "Mac OS X x86_64", "postgres-darwin-x86_64.txz");

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    static PostgresBinaries in(Path directory) throws IOException {
        var home = directory.resolve(VERSION);
        if (!Files.isDirectory(home)) {
            // A name of our own: two processes may unpack at once.
            var unfinished = directory.resolve(
                    VERSION + ".unfinished-" + ProcessHandle.current().pid());
            Directories.delete(unfinished);
            unpack(unfinished);
            settle(unfinished, home);
        }
        return new PostgresBinaries(home);
    }

    private static void settle(Path unfinished, Path home) throws IOException {
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            }
            Directories.delete(unfinished);
        }
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    static String major() {
        return VERSION.substring(0, VERSION.indexOf('.'));
    }

    private static void unpack(Path target) throws IOException {
        Directories.open(target);
        try (var archive = new TarArchiveInputStream(new BufferedInputStream(new XZInputStream(carried()), 1 << 16))) {
            for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                unpack(archive, entry, target);
            }
        }
    }

    private static void unpack(TarArchiveInputStream archive, TarArchiveEntry entry, Path target) throws IOException {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("The archive of PostgreSQL leads outside its directory.");
        }
        if (entry.isDirectory()) {
            Directories.open(path);
            return;
        }
        Directories.open(path.resolveSibling(""));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(archive, path, StandardCopyOption.REPLACE_EXISTING);
        var runs = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static InputStream carried() {
        var machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        var archive = ARCHIVES.get(machine);
        var stream =
                archive == null ? null : PostgresBinaries.class.getClassLoader().getResourceAsStream(archive);
        if (stream == null) {
            throw new CannotStartException("Lanyard carries no PostgreSQL for " + machine
                    + ": set LANYARD_DATABASE_URL to a PostgreSQL 15 or newer.");
        }
        return stream;
    }
}
