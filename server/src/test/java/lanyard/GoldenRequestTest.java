package lanyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lanyard.TestServer.Person;
import lanyard.governance.disclosure.CaseId;
import lanyard.governance.disclosure.CaseKind;
import lanyard.governance.disclosure.CaseScope;
import lanyard.governance.disclosure.IdentityCheck;
import lanyard.governance.disclosure.NewCase;
import lanyard.governance.disclosure.Requester;
import lanyard.governance.review.Crowd;
import lanyard.messaging.timeline.Draft;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Hashes;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.console.TestConsole;
import lanyard.trust.identity.Caller;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The golden request: seventeen messages among five thousand, one deleted by its author, one edited, one a file, one
/// by somebody who has left, one in a conversation that has ended since. The pack has all of them and nothing else.
@Rule("G17")
@Rule("G39")
@Hazard("H15")
class GoldenRequestTest {
    private static final int NOISE = 4_983;
    private static final String WORD = "Featherstonehaugh";
    private static final String THIRD_PARTY = "Kestrelwood";
    private static final String WHY = "a rare name, so says Mr " + THIRD_PARTY + " to " + WORD;
    private static final String MARKUP = "<script>alert(1)</script>";
    private static final String FORMULA = "=HYPERLINK(\"http://x.example\")";
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final TestServer server = TestServer.demonstration(java.time.InstantSource.system(), Map.of());
    private final CaseFixture fixture = new CaseFixture(server);
    private final Person rhian = server.signIn("rhian.lloyd");
    private final Person amara = server.signIn("amara.okafor");

    @Test
    void thePackHasAllSeventeenAndNothingElse() throws IOException {
        try (server) {
            var rooms = List.of(fixture.conversation(rhian, amara), fixture.conversation(amara, rhian));
            for (var room : rooms) {
                fixture.share(rhian, room);
                fixture.share(amara, room);
            }
            noise(rooms);
            matching(rooms);
            var helen = TestConsole.signedIn(server, "helen.ashworth");
            var id = approved(rooms);
            var path = "/console/cases/" + id + "/review";
            assertThat(helen.get("/console/cases/" + id).html()).contains("href=\"" + path + "\"");
            assertThat(helen.post(path + "/search", path, Map.of("words", WORD)).status())
                    .isEqualTo(422);
            unseal(helen, path, id);
            take(helen, path);
            review(helen, path);

            var pack = pack(helen, path, id);

            check(pack);
            refused(path);
            closed(helen, path, id);
        }
    }

    private void noise(List<RoomId> rooms) {
        var drafts = new ArrayList<Draft>();
        for (var i = 0; i < NOISE; i++) {
            var person = i % 2 == 0 ? rhian : amara;
            var room = rooms.get(i / 2 % 2);
            var content = fixture.said(person, room, "bed " + i + " is ready");
            drafts.add(Draft.message(room, new UserId(person.id()), "m.room.encrypted", content));
        }
        Crowd.send(server.app().governance().reviews(), drafts);
    }

    private void matching(List<RoomId> rooms) {
        var first = rooms.getFirst();
        for (var i = 0; i < 11; i++) {
            fixture.say(rhian, first, "Mrs " + WORD + " is number " + i);
        }
        fixture.say(
                amara, first, WORD.toUpperCase(java.util.Locale.ROOT) + ": her neighbour Mr " + THIRD_PARTY + " rang");
        fixture.hide(amara, first, fixture.say(amara, first, "deleted " + WORD));
        var edited = fixture.say(amara, first, "before " + WORD);
        fixture.edit(amara, first, edited, "after " + WORD);
        reads(rhian, first, edited);
        var sign = Json.object();
        sign.putObject("m.relates_to")
                .put("rel_type", "m.annotation")
                .put("event_id", edited.value())
                .put("key", "👍");
        server.put(
                rhian, CaseFixture.V3 + "rooms/" + TestServer.segment(first.value()) + "/send/m.reaction/sign", sign);
        fixture.say(amara, first, file("the chart of " + WORD));
        var ended = rooms.getLast();
        fixture.say(amara, ended, "archived " + WORD);
        server.appoint(amara);
        server.call(
                "DELETE",
                "/_synapse/admin/v2/rooms/" + TestServer.segment(ended.value()),
                amara,
                Json.object().put("block", true).put("purge", false));
        var leaver = fixture.conversation("Ward " + MARKUP, amara, rhian);
        fixture.share(rhian, leaver);
        fixture.say(rhian, leaver, "by one who left " + WORD + " " + MARKUP + FORMULA);
        server.post(rhian, CaseFixture.V3 + "rooms/" + TestServer.segment(leaver.value()) + "/leave", Json.object());
        last = leaver;
    }

    private void reads(Person person, RoomId room, EventId event) {
        server.post(
                person,
                CaseFixture.V3 + "rooms/" + TestServer.segment(room.value()) + "/receipt/m.read/"
                        + TestServer.segment(event.value()),
                Json.object());
    }

    private RoomId last = new RoomId("!none");

    /// Encrypted as clients do it; the server's media store has ciphertext.
    private ObjectNode file(String caption) {
        try {
            var key = Hashes.sha256("key".getBytes(StandardCharsets.UTF_8));
            var iv = new byte[16];
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            var bytes = cipher.doFinal("potassium 5.1".getBytes(StandardCharsets.UTF_8));
            var url =
                    server.raw("POST", "/_matrix/media/v3/upload", amara, bytes).text("content_uri");
            var content = Json.object()
                    .put("msgtype", "m.file")
                    .put("body", caption)
                    .put("filename", MARKUP + FORMULA + ".txt");
            content.putObject("info").put("mimetype", "text/plain");
            var file = content.putObject("file")
                    .put("url", url)
                    .put("v", "v2")
                    .put("iv", Base64.getEncoder().encodeToString(iv));
            file.putObject("key")
                    .put("k", Base64.getUrlEncoder().withoutPadding().encodeToString(key))
                    .put("alg", "A256CTR")
                    .put("kty", "oct");
            file.putObject("hashes")
                    .put("sha256", Base64.getEncoder().withoutPadding().encodeToString(Hashes.sha256(bytes)));
            return content;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Caller caller(String user) {
        return new Caller(
                new UserId("@" + user + ":lanyard.localhost"), new DeviceId("CONSOLE"), Demonstration.ODS_CODE);
    }

    private CaseId approved(List<RoomId> rooms) {
        var cases = server.app().governance().cases();
        var helen = caller("helen.ashworth");
        var all = new ArrayList<>(rooms);
        all.add(last);
        var scope = new CaseScope(Set.of(), Set.of(), Set.copyOf(all), 0, 4_000_000_000_000L);
        var requester = new Requester("Jo " + WORD, "jo@example.org", "themselves", "Everything said of me.");
        var today = LocalDate.ofInstant(java.time.InstantSource.system().instant(), LONDON);
        var id = cases.open(
                helen,
                new NewCase(CaseKind.SUBJECT_ACCESS, requester, scope, "UK GDPR Article 15", today, Optional.empty()));
        cases.checkIdentity(helen, id, IdentityCheck.SHOWN, "passport seen");
        cases.ask(helen, id, "to find what was said of the requester");
        cases.approve(caller("owen.rowlands"), id, "proportionate");
        return id;
    }

    private void unseal(TestConsole helen, String path, CaseId id) {
        var begun = helen.post(path + "/unseal", path, Map.of());
        assertThat(begun.status()).as(begun.text()).isEqualTo(303);
        assertThat(helen.post(path + "/unseal", path, Map.of()).status()).isEqualTo(422);
        UnsealingNotice.isSeenBy(TestConsole.signedIn(server, "farah.siddiqui"), id);
        var session = fixture.unsealing().ofCase(id.value()).orElseThrow();
        var officers = fixture.officers();
        officers.get(0).present(fixture.unsealing(), session);
        officers.get(1).present(fixture.unsealing(), session);
    }

    private static void take(TestConsole helen, String path) {
        helen.get(path);
        var hits = helen.post(
                path + "/search",
                path,
                Map.of("words", WORD + "\nNobodyhere\npotassium", "left_out", "nothing", "why", WHY));
        assertThat(hits.text()).contains("18 messages match").contains("deleted " + WORD);
        assertThat(hits.html()).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert");
        var events = all(hits.html(), "name=\"event\" value=\"([^\"]+)\"");
        assertThat(events).hasSize(18);
        var taken = helen.tick(path + "/take", "event", events);
        assertThat(taken.status()).as(taken.text()).isEqualTo(303);
    }

    private static List<String> all(String html, String pattern) {
        return Pattern.compile(pattern)
                .matcher(html)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private void review(TestConsole helen, String path) {
        var early = helen.post(path + "/pack", path, Map.of());
        assertThat(early.status()).isEqualTo(422);
        assertThat(early.text()).contains("17 of 17 messages have not been reviewed yet");
        ReviewOffers.noPackIsOffered(helen, path);
        var number = all(helen.get(path).html(), "Message ([0-9]+)</a>").size();
        assertThat(number).isEqualTo(17);
        var harm = Map.of("number", "12", "what", "words", "words", THIRD_PARTY, "reason", "serious-harm");
        var alone = helen.post(path + "/withhold", path + "/12", harm);
        assertThat(alone.status()).isEqualTo(422);
        assertThat(alone.text()).contains("health professional");
        withhold(helen, path);
        for (var place : List.of("/15", "/17")) {
            var page = helen.get(path + place).html();
            assertThat(page).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert");
        }
        for (var i = 1; i <= 17; i++) {
            helen.post(path + "/reviewed", path + "/" + i, Map.of("number", Integer.toString(i)));
        }
        var unasked = helen.post(path + "/pack", path, Map.of());
        assertThat(unasked.status()).isEqualTo(422);
        assertThat(unasked.text()).contains("17 messages are health data");
        assertThat(helen.get(path).text()).contains("no opinion lets be told yet: messages 1-17");
        new HealthSteps(server, helen, path).known();
    }

    /// A suggestion that is ticked, and words that are typed.
    private static void withhold(TestConsole helen, String path) {
        var third = new HashMap<>(Map.of("number", "12", "what", "words", "reason", "third-party"));
        assertThat(helen.post(path + "/withhold", path + "/12", third).text()).contains("Mark what is to be withheld");
        var suggested = "name=\"span\" value=\"([^\"]+)\"[^>]*>\\s*<label[^>]*>Mr " + THIRD_PARTY;
        third.put("span", all(helen.get(path + "/12").html(), suggested).getFirst());
        assertThat(helen.post(path + "/withhold", path + "/12", third).status()).isEqualTo(303);
        assertThat(helen.get(path + "/12").text()).contains("her neighbour [withheld: third-party] rang");
        third.remove("span");
        third.putAll(Map.of("number", "1", "words", "number 0"));
        assertThat(helen.post(path + "/withhold", path + "/1", third).status()).isEqualTo(303);
        assertThat(helen.get(path + "/1").text()).contains("is [withheld: third-party]");
    }

    private Map<String, byte[]> pack(TestConsole helen, String path, CaseId id) {
        new HealthSteps(server, helen, path).opinions(id, WORD, THIRD_PARTY);
        var made = helen.post(path + "/pack", path, Map.of());
        assertThat(made.status()).as(made.text()).isEqualTo(303);
        assertThat(helen.get(path).text()).contains("Pack 1, made");
        var zip = helen.bytes(path + "/fetch", Map.of("pack", "1"));
        var files = new LinkedHashMap<String, byte[]>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static void check(Map<String, byte[]> pack) throws IOException {
        var json = Json.object(Objects.requireNonNull(pack.get("disclosure.json")));
        var texts = new ArrayList<String>();
        JsonNode messages = json.path("messages");
        messages.forEach(message -> message.path("versions")
                .forEach(version -> texts.add(version.path("text").asString())));
        assertThat(messages.size()).isEqualTo(17);
        assertThat(texts)
                .hasSize(18)
                .contains("deleted " + WORD, "before " + WORD, "after " + WORD, "archived " + WORD);
        assertThat(texts.stream().filter(text -> text.contains("bed "))).isEmpty();
        var all = json.toString();
        assertThat(all)
                .contains("deleted_by_author", "\"sender_has_left\":true", "👍", "\"at_the_latest\":")
                .doesNotContain(THIRD_PARTY);
        assertThat(pack.keySet()).filteredOn(path -> path.startsWith("files/")).hasSize(1);
        assertThat(pack.get("files/0015.txt")).isEqualTo("potassium 5.1".getBytes(StandardCharsets.UTF_8));
        try (var document = Loader.loadPDF(Objects.requireNonNull(pack.get("disclosure.pdf")))) {
            var text = new PDFTextStripper().getText(document);
            assertThat(text).contains("Message 17", "Messages that match 17").doesNotContain(THIRD_PARTY, "is ready");
            log(text.substring(text.indexOf("Disclosure log")));
        }
        var page = new String(Objects.requireNonNull(pack.get("disclosure.html")), StandardCharsets.UTF_8);
        log(page.substring(page.indexOf("id=\"log\"")));
        // In the conversation's name, the message and the file's name; as text, and in no spreadsheet.
        assertThat(page)
                .contains("in “Ward &lt;script&gt;alert(1)&lt;/script&gt;”", "=HYPERLINK(&quot;http")
                .contains("File: &lt;script&gt;alert(1)")
                .doesNotContain("<script", THIRD_PARTY);
        assertThat(pack.keySet()).noneMatch(path -> path.contains("script") || path.endsWith("csv"));
        var lines = new StringBuilder();
        json.path("log")
                .forEach(line -> lines.append(line.path("what").asString())
                        .append(". ")
                        .append(line.path("entered").asString(""))
                        .append('\n'));
        log(lines.toString());
    }

    /// What was done, in each form of the pack; who asks, and whom else was looked for, is not in it.
    private static void log(String form) {
        var text = form.replaceAll("<[^>]*>", "").replaceAll("\\s+", " ").replace("third- party", "third-party");
        assertThat(text)
                .contains("The request was logged; it was received on ", "asked to unseal")
                .contains("What was said was searched; messages found: 18. Searched for: [the requester]; words that"
                        + " are not in what is disclosed (2). Not searched: nothing. Why that is enough: a rare name,"
                        + " so says ")
                .contains("[withheld: third-party]")
                .contains("Messages and edits taken for review: 18")
                .contains("gave an opinion; messages and edits it is about: 2", "recorded from paper")
                .contains("Pack 1 was made of messages: 17. Withheld: third-party: 0 whole, 2 in part")
                .doesNotContain(WORD, THIRD_PARTY, "Nobodyhere", "Ada Quinn", "Priya", "Helen", "jo@example.org");
    }

    /// Whoever took part may not look; nor may anybody without the duty.
    private void refused(String path) {
        assertThat(TestConsole.signedIn(server, "owen.rowlands").get(path).status())
                .isEqualTo(403);
        assertThat(TestConsole.stranger(server).get(path).status()).isEqualTo(303);
    }

    /// What the case keeps is sealed, and goes with it.
    private void closed(TestConsole helen, String path, CaseId id) {
        var kept = server.database()
                .read(tx -> tx.query("select sealed from review_item where case_id = :id")
                        .bind("id", id.value())
                        .mapTo(byte[].class)
                        .list());
        assertThat(kept)
                .hasSize(18)
                .allSatisfy(item -> assertThat(new String(item, StandardCharsets.ISO_8859_1))
                        .doesNotContain("Feather", "m.text"));
        server.app().governance().cases().close(caller("helen.ashworth"), id, "answered", true);
        ReviewOffers.isReadOnly(helen, path, WORD, THIRD_PARTY);
        timeIsOver(id);
        assertThat(helen.get(path).status()).isEqualTo(404);
        assertThat(helen.get("/console/case-disposals").text()).contains(id.value(), "Destroyed", "18 messages");
    }

    /// Three years and a week later.
    private void timeIsOver(CaseId id) {
        var cases = server.app().governance().cases();
        server.database()
                .write(tx -> tx.update("update disclosure_case set closed_ts = 0 where case_id = :id")
                        .bind("id", id.value())
                        .execute());
        assertThat(cases.expire()).isZero();
        server.database()
                .write(tx -> tx.update("update case_disposal set destroy_from_ts = 0 where case_id = :id")
                        .bind("id", id.value())
                        .execute());
        assertThat(cases.expire()).isOne();
        int left = server.database()
                .read(tx -> tx.query("""
                        select (select count(*) from review_item where case_id = :id)
                            + (select count(*) from review_pack where case_id = :id)
                            + (select count(*) from disclosure_log where case_id = :id)
                        """)
                        .bind("id", id.value())
                        .mapTo(Integer.class)
                        .one());
        assertThat(left).isZero();
    }
}
