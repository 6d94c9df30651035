package lanyard.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import lanyard.platform.CannotStartException;
import lanyard.platform.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    private static final boolean ROOT = System.getProperty("user.name", "").equals("root");

    /// Made by whichever test comes first; each leaves it stopped and whole.
    @TempDir
    private static Path data;

    /// For tests of a first start.
    @TempDir
    private Path empty;

    @Test
    void dataAndPasswordSurviveARestart() throws SQLException {
        String password;
        try (var postgres = start()) {
            password = postgres.password();
            execute(postgres, "create table restarted (id int)");
            execute(postgres, "insert into restarted values (7)");
        }
        try (var postgres = start()) {
            assertThat(postgres.password()).isEqualTo(password);
            assertThat(ask(postgres, "select id from restarted")).isEqualTo("7");
        }
    }

    @Test
    void itIsDurableAndKeepsToItself() throws SQLException, IOException {
        try (var postgres = start()) {
            assertThat(ask(postgres, "show fsync")).isEqualTo("on");
            assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres, "show full_page_writes")).isEqualTo("on");
            assertThat(ask(postgres, "show data_checksums")).isEqualTo("on");
            assertThat(ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(postgres, "show server_version")).isEqualTo(PostgresBinaries.VERSION);
            assertThat(ask(
                            postgres,
                            "select datlocprovider::text || datlocale from pg_database where datname = 'lanyard'"))
                    .isEqualTo("bC.UTF-8");
            assertThat(ask(postgres, "select usesuper from pg_user where usename = current_user"))
                    .isEqualTo("f");
            assertThat(Files.getPosixFilePermissions(data.resolve("postgres/password")))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
    }

    @Test
    void nobodyComesInWithoutThePassword() {
        try (var postgres = start()) {
            for (var wrong : List.of("", "wrong")) {
                var address = new DatabaseAddress(postgres.jdbcUrl(), postgres.user(), wrong);
                assertThatThrownBy(() -> connect(address).close()).isInstanceOf(SQLException.class);
            }
            var superuser = new DatabaseAddress(postgres.jdbcUrl(), PostgresCluster.SUPERUSER, postgres.password());
            assertThatThrownBy(() -> connect(superuser).close()).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void itNeverRunsAsRootAndCtrlCDoesNotReachIt() throws IOException {
        try (var postgres = start()) {
            var status = Files.readString(Path.of("/proc", Long.toString(postgres.pid()), "status"));
            assertThat(status).doesNotContainPattern("Uid:.*\\b0\\b").doesNotContainPattern("CapEff:.*[1-9a-f]");
            assertThat(session(postgres.pid()))
                    .isNotEqualTo(session(ProcessHandle.current().pid()));
        }
    }

    private static String session(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return List.of(stat.substring(stat.lastIndexOf(')')).split(" ")).get(4);
    }

    @Test
    void aKilledServerLeavesNoDatabaseAndLosesNothing() throws Exception {
        var server = child(data, List.of());
        var postgres = answer(server, "ready");
        assertThat(answer(server, "committed")).isEqualTo("3");

        server.destroyForcibly().waitFor();

        ProcessHandle.of(Long.parseLong(postgres))
                .ifPresent(left -> left.onExit().orTimeout(20, TimeUnit.SECONDS).join());
        try (var again = start()) {
            assertThat(ask(again, "select count(*) from kept")).isEqualTo("3");
        }
    }

    @Test
    void whatIsClosedWhileItIsBeingStartedAgainStaysClosed() throws Exception {
        for (var round = 0; round < 3; round++) {
            var postgres = start();
            ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
            Thread.sleep(8L * round);
            postgres.close();
        }
        try (var again = start()) {
            assertThat(ask(again, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aKilledDatabaseIsStartedAgainWithWhatWasCommitted() throws Exception {
        try (var postgres = start();
                var database = Database.connect(postgres.address(), new Database.Sizes(2, 2, Duration.ofMinutes(1)))) {
            database.write(tx -> tx.update("create table if not exists outlived (id int primary key)")
                    .execute());
            for (var round = 1; round <= 3; round++) {
                var id = round;
                again(() -> database.write(tx -> tx.update("insert into outlived values (:id) on conflict do nothing")
                        .bind("id", id)
                        .execute()));
                ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
                assertThat(again(() -> database.<Integer>read(tx -> tx.query("select count(*) from outlived")
                                .mapTo(Integer.class)
                                .one())))
                        .isEqualTo(round);
            }
        }
    }

    /// Asks until there is an answer; whoever is refused meanwhile is told that the database is away, and nothing else.
    private static <T> T again(Supplier<T> ask) throws InterruptedException {
        for (var i = 0; ; i++) {
            try {
                return ask.get();
            } catch (RuntimeException e) {
                assertThat(e).isInstanceOf(Unavailable.class);
                assertThat(i).isLessThan(600);
                Thread.sleep(50);
            }
        }
    }

    @Test
    void itRunsForAnOrdinaryUser() throws Exception {
        assumeThat(ROOT).isTrue();
        Files.setAttribute(empty, "unix:uid", 1);
        var server = child(empty, List.of("setpriv", "--reuid=1", "--regid=1", "--clear-groups"));
        try {
            var postgres = answer(server, "ready");
            assertThat(Files.readString(Path.of("/proc", postgres, "status"))).containsPattern("Uid:\\s+1\\s");
        } finally {
            server.getOutputStream().close();
            assertThat(server.waitFor()).isZero();
        }
    }

    @Test
    void anOrphanIsStoppedByTheNextStart() throws Exception {
        start().close();
        var orphan = orphan();
        try (var postgres = start()) {
            assertThat(orphan.waitFor()).isZero();
            assertThat(ask(postgres, "select 1")).isEqualTo("1");
        } finally {
            orphan.destroyForcibly();
        }
    }

    /// PostgreSQL as a launcher without `--pdeathsig` would leave it behind.
    private Process orphan() throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (ROOT) {
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        var home = data.toAbsolutePath().resolve("postgres");
        command.addAll(List.of(
                PostgresBinaries.in(TestDatabase.binaries(data)).program("postgres"),
                "-D",
                home.resolve("cluster").toString(),
                "-p",
                Integer.toString(EmbeddedPostgres.freePort()),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
        var orphan = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("orphan.log").toFile())
                .start();
        var pidFile = home.resolve("cluster/postmaster.pid");
        while (orphan.isAlive()
                && !(Files.exists(pidFile) && Files.readString(pidFile).contains("ready"))) {
            Thread.sleep(20);
        }
        return orphan;
    }

    @Test
    void aStrangerWithTheOldProcessNumberIsLeftAlone() throws Exception {
        start().close();
        var stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(
                    data.resolve("postgres/cluster/postmaster.pid"), stranger.pid() + "\n" + data + "/postgres\n");
            try (var postgres = start()) {
                assertThat(ask(postgres, "select 1")).isEqualTo("1");
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aSecondStartOnTheSameDataIsRefused() {
        try (var postgres = start()) {
            assertThat(postgres.pid()).isPositive();
            assertThatThrownBy(this::start)
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("Another Lanyard is running on the data in " + data);
        }
    }

    @Test
    void anInterruptedFirstStartIsBegunAgain() throws Exception {
        Files.createDirectories(empty.resolve("postgres/cluster.unfinished/base"));
        Files.writeString(empty.resolve("postgres/superuser.password.once"), "left over");

        try (var postgres = EmbeddedPostgres.start(empty, TestDatabase.binaries(empty))) {
            assertThat(ask(postgres, "select 1")).isEqualTo("1");
        }
        assertThat(empty.resolve("postgres/superuser.password.once")).doesNotExist();
    }

    @Test
    void dataOfAnotherVersionIsRefused() throws IOException {
        start().close();
        Files.writeString(data.resolve("postgres/cluster/PG_VERSION"), "17\n");

        assertThatThrownBy(this::start)
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("was written by PostgreSQL 17");
        Files.writeString(data.resolve("postgres/cluster/PG_VERSION"), PostgresBinaries.major() + "\n");
    }

    @Test
    void aDirectoryThatPostgresMayNotEnterIsRefusedInASentence() throws IOException {
        assumeThat(ROOT).isTrue();
        var closed = Files.createDirectory(
                empty.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        assertThatThrownBy(() -> EmbeddedPostgres.start(closed.resolve("data"), TestDatabase.binaries(empty)))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("may not enter " + closed)
                .hasMessageContaining("LANYARD_DATA");
    }

    @Test
    void theLogHoldsNoStatementAndNoValue() throws Exception {
        try (var postgres = start()) {
            execute(postgres, "create table logged (said text primary key)");
            execute(postgres, "insert into logged values ('Mrs Secret')");
            assertThatThrownBy(() -> execute(postgres, "insert into logged values ('Mrs Secret')"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageNotContaining("Secret");
            assertThatThrownBy(() -> execute(postgres, "select 'Mrs Secret'::int"))
                    .isInstanceOf(SQLException.class);
        }

        assertThat(Files.readString(data.resolve("postgres/log")))
                .contains("ready to accept connections")
                .doesNotContain("Secret");
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(data, TestDatabase.binaries(data));
    }

    private Process child(Path data, List<String> prefix) throws IOException {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                prefix.isEmpty() ? System.getProperty("java.class.path") : readableClassPath(),
                ServerToKill.class.getName(),
                data.toString(),
                prefix.isEmpty()
                        ? TestDatabase.binaries(data).toString()
                        : data.resolve("postgres").toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// An ordinary user may not be allowed to read the libraries where the build has put them.
    private String readableClassPath() throws IOException {
        var lib = Files.createDirectory(empty.resolve("lib"));
        Files.setPosixFilePermissions(lib, PosixFilePermissions.fromString("rwxr-xr-x"));
        var all = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var library = Path.of(entry);
            all.add((Files.isRegularFile(library) ? linkOrCopy(library, lib) : library).toString());
        }
        return String.join(File.pathSeparator, all);
    }

    private static Path linkOrCopy(Path library, Path directory) throws IOException {
        var target = directory.resolve(library.getFileName());
        try {
            return Files.createLink(target, library);
        } catch (FileAlreadyExistsException e) {
            return target;
        } catch (IOException | UnsupportedOperationException e) {
            return Files.copy(library, target);
        }
    }

    /// A server in another process: says what it has done, stops when its input ends.
    static final class ServerToKill {
        private ServerToKill() {}

        public static void main(String[] arguments) throws Exception {
            try (var postgres = EmbeddedPostgres.start(Path.of(arguments[0]), Path.of(arguments[1]))) {
                System.out.println("ready " + postgres.pid());
                execute(postgres, "create table kept (id int)");
                execute(postgres, "insert into kept select generate_series(1, 3)");
                System.out.println("committed 3");
                System.in.readAllBytes();
            }
        }
    }

    private static String answer(Process server, String word) throws IOException {
        var line = server.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(line).startsWith(word + " ");
        return line.substring(word.length() + 1);
    }

    private static java.sql.Connection connect(DatabaseAddress address) throws SQLException {
        return Connecting.connect(address, Connecting.FOR_WRITING);
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = connect(postgres.address());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = connect(postgres.address());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
