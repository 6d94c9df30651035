package lanyard.platform.db;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import lanyard.platform.CannotStartException;
import lanyard.platform.CrashPoint;

/// The files of one embedded database: made once, whole or not at all, and kept between runs.
///
/// Two roles: `postgres` may do everything and is for looking after the database; `lanyard`, which owns one database
/// and
/// nothing else, is what the server uses.
final class PostgresCluster {
    static final String OWNER = "lanyard";
    static final String SUPERUSER = "postgres";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path home;
    private final Programs programs;

    PostgresCluster(Path home, Programs programs) {
        this.home = home;
        this.programs = programs;
    }

    Path files() {
        return home.resolve("cluster");
    }

    String password() throws IOException {
        return Files.readString(home.resolve("password"));
    }

    String superuserPassword() throws IOException {
        return Files.readString(home.resolve("superuser.password"));
    }

    void makeIfAbsent() throws IOException {
        if (!Files.isDirectory(files())) {
            make();
        }
        var major = Files.readString(files().resolve("PG_VERSION")).strip();
        if (!major.equals(PostgresBinaries.major())) {
            throw new CannotStartException("The data in " + home + " was written by PostgreSQL " + major
                    + " and this Lanyard carries " + PostgresBinaries.major()
                    + ": start the Lanyard that wrote it, or set LANYARD_DATA to another directory.");
        }
    }

    private void make() throws IOException {
        var unfinished = home.resolve("cluster.unfinished");
        Directories.delete(unfinished);
        writeSecret(home.resolve("password"), newPassword());
        var superuser = home.resolve("superuser.password");
        writeSecret(superuser, newPassword());
        Directories.closed(unfinished);
        programs.user().own(unfinished);
        initialize(unfinished, superuser);
        programs.run(
                List.of("postgres", "--single", "-D", unfinished.toString(), "postgres"),
                "create role " + OWNER + " login password '" + password() + "'\n" + "create database " + OWNER
                        + " owner " + OWNER + "\n");
        CrashPoint.at("cluster.made");
        Files.move(unfinished, files(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void initialize(Path unfinished, Path superuserPassword) throws IOException {
        var readable = home.resolve("superuser.password.once");
        Files.deleteIfExists(readable);
        writeSecret(readable, Files.readString(superuserPassword));
        programs.user().own(readable);
        try {
            programs.run(
                    List.of(
                            "initdb",
                            "--pgdata=" + unfinished,
                            "--username=" + SUPERUSER,
                            "--auth=scram-sha-256",
                            "--pwfile=" + readable,
                            "--encoding=UTF8",
                            "--locale-provider=builtin",
                            "--locale=C.UTF-8",
                            "--data-checksums",
                            "--no-instructions"),
                    "");
        } finally {
            Files.delete(readable);
        }
    }

    private static String newPassword() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void writeSecret(Path path, String secret) throws IOException {
        Files.deleteIfExists(path);
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(path, secret.getBytes(StandardCharsets.US_ASCII));
    }
}
