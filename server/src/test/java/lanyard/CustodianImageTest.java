package lanyard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import lanyard.governance.custodian.OfficerProcess;
import lanyard.governance.custodian.Query;
import lanyard.governance.custodian.Session;
import lanyard.governance.custodian.TestOfficer;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever takes an image of the running server, its memory or its disk, cannot open anything with it, even while two
/// officers have a case open. (Of the memory, what is alive: a ceremony's remains are swept first, as the collector
/// does. The officers' browsers are processes of their own here.)
@Rule("G17")
class CustodianImageTest {
    @TempDir
    Path directory;

    @Test
    void aHeapOrDiskImageOfTheRunningServerOpensNothing() throws IOException {
        try (var server = TestServer.demonstration(InstantSource.system(), Map.of())) {
            var cases = new CaseFixture(server);
            var rhian = server.signIn("rhian.lloyd");
            var room = cases.conversation(rhian, server.signIn("amara.okafor"));
            cases.share(rhian, room);
            cases.say(rhian, room, "unread-in-the-worker");
            var session = cases.unsealing().begin(CaseFixture.order("SAR-1", room));
            var passphrases = handOut(server);
            present(server, session, passphrases.get(0), "@martin.doyle:lanyard.localhost");
            present(server, session, passphrases.get(1), "@ngozi.eze:lanyard.localhost");
            var query = new Query(List.of("unread"), Set.of(), 0, Query.EVER);
            assertThat(cases.unsealing().search(session, CaseFixture.REQUESTER, query))
                    .hasSize(1);

            var image = directory.resolve("server.hprof");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(image.toString(), true);
            var worker = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(TestOfficer.workerOf(session).pid()),
                            "GC.heap_dump",
                            directory.resolve("worker.hprof").toString())
                    .redirectErrorStream(true)
                    .start();
            worker.getInputStream().readAllBytes();

            var secrets = encodings(officer(server, passphrases, 1).secretsWith(officer(server, passphrases, 2)));
            for (var file : passphrases) {
                var passphrase = Files.readString(file);
                secrets.put("passphrase in " + file, passphrase.getBytes(US_ASCII));
                secrets.put("typed passphrase in " + file, passphrase.getBytes(UTF_16BE));
            }
            assertThat(found(image, Map.of("control", session.publicKey().getBytes(US_ASCII))))
                    .containsOnly("control");
            assertThat(found(image, secrets)).isEmpty();
            assertThat(directory.resolve("worker.hprof")).doesNotExist();
            try (var files = Files.walk(server.data())) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(found(file, secrets)).isEmpty();
                }
            }
        }
    }

    /// What opens the officers' shares, in files and no longer in this process's memory.
    private List<Path> handOut(TestServer server) throws IOException {
        var files = new ArrayList<Path>();
        for (var passphrase : server.first().passphrases().values()) {
            files.add(Files.writeString(directory.resolve("passphrase-" + files.size()), passphrase));
        }
        server.first = new Demonstration.First(server.first().signIns(), Map.of());
        return files;
    }

    private static TestOfficer officer(TestServer server, List<Path> passphrases, int number) throws IOException {
        var passphrase = Files.readString(passphrases.get(number - 1));
        return TestOfficer.of("@someone:lanyard.localhost", shareOf(server, number), passphrase);
    }

    private static Path shareOf(TestServer server, int number) {
        return server.data().resolve("custodian").resolve("officer-" + number + ".share");
    }

    private static void present(TestServer server, Session session, Path passphrase, String person) throws IOException {
        var number = person.startsWith("@martin") ? 1 : 2;
        var sealed = OfficerProcess.seal(person, shareOf(server, number), passphrase, session);
        var officer = new lanyard.standards.matrix.UserId(person);
        server.app().governance().custodian().unsealing().present(session, officer, sealed);
    }

    private static Map<String, byte[]> encodings(List<byte[]> secrets) {
        var encodings = new HashMap<String, byte[]>();
        for (var i = 0; i < secrets.size(); i++) {
            encodings.put("bytes " + i, secrets.get(i));
            // Without the last group, which padding may change.
            var text = Base64.getEncoder().withoutPadding().encodeToString(secrets.get(i));
            encodings.put("base64 " + i, text.substring(0, 40).getBytes(US_ASCII));
        }
        return encodings;
    }

    /// The names of those patterns that occur in the file.
    private static List<String> found(Path file, Map<String, byte[]> patterns) throws IOException {
        var starts = new HashMap<Integer, List<String>>();
        var seen = new boolean[1 << 16];
        patterns.forEach((name, pattern) -> {
            var start = ByteBuffer.wrap(pattern).getInt();
            seen[start >>> 16] = true;
            starts.computeIfAbsent(start, _ -> new ArrayList<>()).add(name);
        });
        var found = new ArrayList<String>();
        try (var channel = FileChannel.open(file)) {
            if (channel.size() < 64) {
                return found;
            }
            var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            for (var i = 0; i < bytes.limit() - 4; i++) {
                var start = bytes.getInt(i);
                if (seen[start >>> 16] && starts.containsKey(start)) {
                    for (var name : starts.get(start)) {
                        if (matches(bytes, i, Objects.requireNonNull(patterns.get(name)))) {
                            found.add(name);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static boolean matches(ByteBuffer bytes, int at, byte[] pattern) {
        return at + pattern.length <= bytes.limit()
                && bytes.slice(at, pattern.length).equals(ByteBuffer.wrap(pattern));
    }
}
