package lanyard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lanyard.governance.custodian.Session;
import lanyard.governance.custodian.TestOfficer;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What keeps the worker of an unsealing apart, as the kernel tells it of the running process. Where a machine does not
/// offer a thing to an ordinary user, its test is skipped and says so.
@Rule("G17")
class WorkerIsolationTest {
    private static final Path PROC = Path.of("/proc");
    /// What the shell that sets the limit adds of its own.
    private static final List<String> OF_THE_SHELL = List.of("PWD", "OLDPWD", "SHLVL", "_");

    private static TestServer server;
    private static CaseFixture cases;
    private static Session session;
    private static Path worker;

    @BeforeAll
    static void aSession() {
        assumeTrue(Files.isReadable(PROC.resolve("self/status")), "This machine has no /proc to look into.");
        server = TestServer.demonstration(InstantSource.system(), Map.of());
        cases = new CaseFixture(server);
        var room = cases.conversation(server.signIn("rhian.lloyd"), server.signIn("amara.okafor"));
        session = cases.unsealing().begin(CaseFixture.order("SAR-1", room));
        worker = PROC.resolve(Long.toString(TestOfficer.workerOf(session).pid()));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            cases.unsealing().close(session, CaseFixture.REQUESTER);
            server.close();
        }
    }

    /// Whether an ordinary user of this machine may do this: asked here again, and not of the code that is tested.
    private static boolean offers(String... command) throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of(command[0]))) {
            return false;
        }
        var tried = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return tried.waitFor() == 0;
    }

    private static List<String> parts(String file) throws IOException {
        var text = Files.readString(worker.resolve(file), StandardCharsets.UTF_8);
        return Arrays.stream(text.split("\0")).filter(part -> !part.isEmpty()).toList();
    }

    private static String line(String file, String beginning) throws IOException {
        return Files.readAllLines(worker.resolve(file)).stream()
                .filter(one -> one.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itIsTheWorkerThatIsLookedAt() throws IOException {
        assertThat(parts("cmdline"))
                .contains("lanyard.CaseWorker", "-XX:+DisableAttachMechanism", "-XX:-HeapDumpOnOutOfMemoryError");
        assertThat(TestOfficer.workerOf(session).isAlive()).isTrue();
    }

    @Test
    void itHasNoEnvironment() throws IOException {
        assertThat(System.getenv()).containsKey("PATH");
        assertThat(parts("environ"))
                .extracting(entry -> entry.substring(0, entry.indexOf('=')))
                .isSubsetOf(OF_THE_SHELL);
    }

    /// Nor does it have a file of the server's open, or stand in a directory of its data.
    @Test
    void itHasNoSocketAndNothingOfTheServersData() throws IOException {
        try (Stream<Path> open = Files.list(worker.resolve("fd"))) {
            var targets = new java.util.ArrayList<String>();
            for (var one : open.toList()) {
                targets.add(Files.readSymbolicLink(one).toString());
            }
            assertThat(targets)
                    .noneMatch(target -> target.startsWith("socket:"))
                    .noneMatch(target -> target.startsWith(server.data().toString()))
                    .anyMatch(target -> target.startsWith("pipe:"));
        }
        assertThat(Files.readSymbolicLink(worker.resolve("cwd"))).isEqualTo(Path.of("/"));
    }

    @Test
    void itLeavesNoCoreFile() throws IOException, InterruptedException {
        assumeTrue(offers("/bin/sh", "-c", "ulimit -c 0"), "This machine has no shell that sets limits.");
        assertThat(TestOfficer.enforcedFor(cases.unsealing())).contains("no_core_dump");
        assertThat(line("limits", "Max core file size").split("\\s{2,}")).containsSequence("0", "0");
    }

    @Test
    void itCannotGainPrivileges() throws IOException, InterruptedException {
        assumeTrue(
                offers("/usr/bin/setpriv", "--no-new-privs", "/bin/true"),
                "This machine has no setpriv for an ordinary user.");
        assertThat(TestOfficer.enforcedFor(cases.unsealing())).contains("no_new_privileges");
        assertThat(line("status", "NoNewPrivs:")).endsWith("1");
    }

    @Test
    void itHasNoNetwork() throws IOException, InterruptedException {
        assumeTrue(
                offers("/usr/bin/unshare", "--user", "--map-current-user", "--net", "/bin/true"),
                "This machine gives an ordinary user no network namespace.");
        assertThat(TestOfficer.enforcedFor(cases.unsealing())).contains("no_network");
        assertThat(Files.readSymbolicLink(worker.resolve("ns/net")))
                .isNotEqualTo(Files.readSymbolicLink(PROC.resolve("self/ns/net")));
        assertThat(Files.readAllLines(worker.resolve("net/dev")))
                .filteredOn(one -> one.contains(":"))
                .allSatisfy(one -> assertThat(one.strip()).startsWith("lo:"));
        assertThat(Files.readAllLines(worker.resolve("net/route"))).hasSizeLessThanOrEqualTo(1);
    }
}
