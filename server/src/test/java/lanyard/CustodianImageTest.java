package lanyard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lanyard.governance.custodian.TestOfficer;
import lanyard.governance.disclosure.CaseId;
import lanyard.governance.disclosure.CaseKind;
import lanyard.governance.disclosure.CaseScope;
import lanyard.governance.disclosure.NewCase;
import lanyard.governance.disclosure.Requester;
import lanyard.platform.db.TestDatabase;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.console.TestConsole;
import lanyard.trust.identity.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever takes an image of the running server, of its memory with what the collector has not swept yet, of its data
/// or of its database with the WAL, cannot open anything with it, even while two officers have a case open. The server
/// is a process of its own here, started after the ceremonies, and the officers' browsers are in this one.
@Rule("G17")
class CustodianImageTest {
    private static final String UNREAD = "unread-in-the-worker";
    private static final Pattern KEY = Pattern.compile("data-key=\"([^\"]+)\"");

    private final MovableClock clock = new MovableClock(Instant.now().minus(Duration.ofHours(2)));

    @TempDir
    Path directory;

    @Test
    void anImageOfTheRunningServersMemoryOrDiskOpensNothing() throws IOException {
        try (var server = TestServer.demonstration(clock, Map.of("LANYARD_PUBLIC_URL", OfficerDesk.ORIGIN))) {
            var files = List.copyOf(new CaseFixture(server).officers());
            var officers = withPasskeys(server);
            var id = approved(server);
            var now = Instant.now();
            clock.move(Duration.between(clock.instant(), now));
            try (var running = ServerProcess.after(server, Map.of("LANYARD_PUBLIC_URL", OfficerDesk.ORIGIN))) {
                var key = open(running, server, id, officers);
                var secrets = secrets(server, files, officers);
                nothingInMemory(running, secrets, key);
                nothingOnDisk(server, secrets);
            }
        }
    }

    /// Victor Sandhu's share goes to Carys Bevan: everything is sealed anew, and all shares open by passkeys only.
    private List<TestOfficer> withPasskeys(TestServer server) {
        var desk = new OfficerDesk(server, clock);
        desk.comes("carys.bevan");
        desk.duty("give", "carys.bevan");
        var users = List.of("martin.doyle", "ngozi.eze", "carys.bevan");
        users.forEach(user -> assertThat(desk.prepare(user).location()).isEqualTo(OfficerDesk.PATH));
        var console = desk.signedIn("martin.doyle");
        var begun = console.post(
                OfficerDesk.REPLACEMENTS, OfficerDesk.REPLACEMENTS, desk.asking("Victor Sandhu", "carys.bevan"));
        assertThat(begun.status()).as(begun.text()).isEqualTo(303);
        for (var user : users.subList(0, 2)) {
            var presented = desk.present(desk.signedIn(user), begun.location(), desk.officer(user));
            assertThat(presented.status()).as(presented.text()).isEqualTo(303);
        }
        return users.stream().map(desk::trying).toList();
    }

    private CaseId approved(TestServer server) {
        var cases = new CaseFixture(server);
        clock.move(Duration.ofMinutes(1));
        var rhian = server.signIn("rhian.lloyd");
        var room = cases.conversation(rhian, server.signIn("amara.okafor"));
        cases.share(rhian, room);
        cases.say(rhian, room, UNREAD);
        var disclosure = server.app().governance().cases();
        var scope = new CaseScope(Set.of(), Set.of(), Set.of(room), 0, 4_000_000_000_000L);
        var requester = new Requester("Alex Quill", "alex@example.org", "themselves", "Everything said of me.");
        var kind = CaseKind.FREEDOM_OF_INFORMATION;
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        var helen = new Caller(CaseFixture.REQUESTER, new DeviceId("CONSOLE"), Demonstration.ODS_CODE);
        var owen = new UserId("@owen.rowlands:lanyard.localhost");
        var id =
                disclosure.open(helen, new NewCase(kind, requester, scope, kind.usualBasis(), today, Optional.empty()));
        disclosure.ask(helen, id, "to answer");
        disclosure.approve(new Caller(owen, helen.device(), helen.organization()), id, "proportionate");
        return id;
    }

    /// By the pages, as browsers do it. The answer is the session's public key, which the server does have.
    private static String open(ServerProcess running, TestServer server, CaseId id, List<TestOfficer> officers) {
        var review = "/console/cases/" + id + "/review";
        var helen = TestConsole.signedInAt(running.root(), server, "helen.ashworth");
        var begun = helen.post(review + "/unseal", review, Map.of());
        assertThat(begun.status()).as(begun.text()).isEqualTo(303);
        var path = begun.location();
        var session = path.substring(path.lastIndexOf('/') + 1);
        var shown = "";
        for (var officer : officers.subList(0, 2)) {
            var console = TestConsole.signedInAt(
                    running.root(), server, officer.person().localpart());
            var page = console.get(path).html();
            assertThat(page).as("the share that waits").contains("data-kept=\"[{&quot;ceremony");
            var key = KEY.matcher(page);
            assertThat(key.find()).isTrue();
            shown = key.group(1).replace("&#43;", "+").replace("&#x3D;", "=").replace("&#61;", "=");
            var sealed = Base64.getEncoder().encodeToString(officer.sealed(session, shown));
            var presented = console.post(path, path, Map.of("sealed", sealed));
            assertThat(presented.status()).as(presented.text()).isEqualTo(303);
        }
        assertThat(helen.get(path).text()).contains("The case is open", "0 stayed closed");
        var searched = helen.post(
                review + "/search", review, Map.of("words", "nobody-said-it", "left_out", "nothing", "why", "rare"));
        assertThat(searched.status()).as(searched.text()).isEqualTo(200);
        return shown;
    }

    /// Parts of shares, old and new, what they join to, the passphrases of the files, and what nobody has read yet.
    private static Map<String, byte[]> secrets(TestServer server, List<TestOfficer> files, List<TestOfficer> officers) {
        var secrets = new HashMap<String, byte[]>();
        secrets.putAll(encodings("file", files.get(1).secretsWith(files.get(2))));
        secrets.putAll(encodings("passkey", officers.get(0).secretsWith(officers.get(1))));
        server.first().passphrases().forEach((name, passphrase) -> {
            secrets.put("passphrase of " + name, passphrase.getBytes(US_ASCII));
            secrets.put("typed passphrase of " + name, passphrase.getBytes(UTF_16BE));
        });
        secrets.put("what nobody has read", UNREAD.getBytes(US_ASCII));
        return secrets;
    }

    private static Map<String, byte[]> encodings(String whose, List<byte[]> secrets) {
        var encodings = new HashMap<String, byte[]>();
        for (var i = 0; i < secrets.size(); i++) {
            encodings.put(whose + " bytes " + i, secrets.get(i));
            // Without the last group, which padding may change.
            var text = Base64.getEncoder().withoutPadding().encodeToString(secrets.get(i));
            encodings.put(whose + " base64 " + i, text.substring(0, 40).getBytes(US_ASCII));
        }
        return encodings;
    }

    private void nothingInMemory(ServerProcess running, Map<String, byte[]> secrets, String key) throws IOException {
        var control = new HashMap<>(secrets);
        control.put("control", key.getBytes(US_ASCII));
        var search = new ImageSearch(control);
        var image = directory.resolve("server.hprof");
        assertThat(ServerProcess.heapOf(running.pid(), image)).contains("Heap dump file created");
        assertThat(search.in(image)).containsOnly("control");
        // Where whoever runs the tests may look into a process of theirs: all of its memory.
        if (Files.isReadable(Path.of("/proc", Long.toString(running.pid()), "mem"))) {
            assertThat(search.inMemoryOf(running.pid())).containsOnly("control");
        }
        var workers = running.children();
        assertThat(workers).isNotEmpty();
        for (var worker : workers) {
            var file = directory.resolve("worker-" + worker.pid() + ".hprof");
            ServerProcess.heapOf(worker.pid(), file);
            assertThat(file).doesNotExist();
        }
    }

    private static void nothingOnDisk(TestServer server, Map<String, byte[]> secrets) throws IOException {
        var control = new HashMap<>(secrets);
        control.put("control", "@carys.bevan:lanyard.localhost".getBytes(US_ASCII));
        var search = new ImageSearch(control);
        try (var data = Files.walk(server.data())) {
            for (var file : data.filter(Files::isRegularFile).toList()) {
                assertThat(search.in(file)).as(file.toString()).isSubsetOf("control");
            }
        }
        assertThat(foundIn(server, search)).contains("the WAL");
        TestDatabase.writeOut();
        assertThat(foundIn(server, search)).contains("tables");
    }

    /// Where in the database's files something stands that is no secret.
    private static Set<String> foundIn(TestServer server, ImageSearch search) throws IOException {
        var where = new HashSet<String>();
        for (var file : TestDatabase.filesOf(server.database())) {
            var found = search.in(file);
            assertThat(found).as(file.toString()).isSubsetOf("control");
            if (!found.isEmpty()) {
                where.add(file.toString().contains("/pg_wal/") ? "the WAL" : "tables");
            }
        }
        return where;
    }
}
