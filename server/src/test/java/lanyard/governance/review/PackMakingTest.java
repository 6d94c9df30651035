package lanyard.governance.review;

import static lanyard.governance.review.Items.RHIAN;
import static lanyard.governance.review.Items.START;
import static lanyard.governance.review.Items.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import lanyard.governance.review.Withholding.Where;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.MatrixException;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rule("G17")
@Rule("G39")
@Hazard("H15")
class PackMakingTest {
    private static final Reason THIRD = Reason.SAR_THIRD_PARTY;
    private static final Sheet.Head HEAD = new Sheet.Head("SAR-17", "Subject access request", "Riverside", START, 1);
    private static final List<PackLog.Line> LOG = List.of(new PackLog.Line(START, "3 messages were taken"));

    private final Items items = new Items();

    private SortedMap<String, byte[]> make(Withholding... all) {
        return make("the file's text", all);
    }

    private SortedMap<String, byte[]> make(String file, Withholding... all) {
        return new PackMaking(items.all(), List.of(all), one -> file.getBytes(StandardCharsets.UTF_8)).make(HEAD, LOG);
    }

    private static Optional<Item.Attachment> file(String name) {
        return Optional.of(new Item.Attachment(name, "text/plain", 15, "", "blob-id-1", ""));
    }

    private static byte[] bytes(SortedMap<String, byte[]> pack, String path) {
        return Objects.requireNonNull(pack.get(path));
    }

    private static String text(SortedMap<String, byte[]> pack, String path) {
        return new String(bytes(pack, path), StandardCharsets.UTF_8);
    }

    private static String pdf(SortedMap<String, byte[]> pack) throws IOException {
        try (var document = Loader.loadPDF(bytes(pack, PackMaking.PDF))) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }

    @Test
    void everyFormOfThePackSaysWhatWasSaidAndWhatIsWithheld() throws IOException {
        var first = items.say(RHIAN, "Bleed overnight", "Bleed overnight, tell Mrs Grimshaw");
        items.add(TOM, file("chart.txt"), Items.around(Optional.of(first.id())), "see <b>chart</b> 🩸");

        var pack = make(Items.words(first.versions().getLast(), "Mrs Grimshaw", THIRD));

        assertThat(pack.keySet())
                .containsExactly(
                        PackArchive.SUMS,
                        PackMaking.PAGE,
                        PackMaking.JSON,
                        PackMaking.PDF,
                        "files/0002.txt",
                        PackArchive.MANIFEST);
        assertThat(pdf(pack))
                .contains("Bleed overnight, tell [withheld: third-party]", "see <b>chart</b> [drop of blood]")
                .contains("DPA 2018 Sch. 2 para. 16", "In reply to message 1", "3 messages were taken");
        assertThat(text(pack, PackMaking.PAGE)).contains("see &lt;b&gt;chart&lt;/b&gt; 🩸");
        var json = Json.object(bytes(pack, PackMaking.JSON));
        assertThat(json.path("messages").size()).isEqualTo(2);
        assertThat(json.at("/messages/0/versions/1/text").asString())
                .isEqualTo("Bleed overnight, tell [withheld: third-party]");
        assertThat(json.at("/withheld/0/parts_of_messages/0").asInt()).isOne();
    }

    /// A receipt says how far somebody has read, and no more is claimed.
    @Test
    void whoHadReadItIsInEveryFormWithWhenAtTheLatest() throws IOException {
        var read = List.of(new Item.Read(TOM, START + 60_000));
        items.add(
                RHIAN,
                Optional.empty(),
                new Item.Around(List.of(RHIAN, TOM), false, List.of(), read, Optional.empty(), Optional.empty()),
                "Potassium 6.1");

        var pack = make();

        var words = "Read by Tom Price, at the latest " + SheetPage.time(START + 60_000);
        assertThat(text(pack, PackMaking.PAGE)).contains(words);
        assertThat(pdf(pack)).contains(words);
        var json = Json.object(bytes(pack, PackMaking.JSON)).at("/messages/0/read_by/0");
        assertThat(json.path("by").asString()).isEqualTo("Tom Price");
        assertThat(json.path("at_the_latest").asString()).isNotEmpty();
    }

    /// What was spoken is in the pack as it was sent, and every form of the pack says that nobody wrote it down.
    @Test
    void aVoiceNoteIsInThePackAndSaidToBeNotTranscribed() throws IOException {
        var voice = new Item.Attachment("voice-note.webm", "audio/webm;codecs=opus", 15, "", "blob-id-1", "");
        var said = items.add(TOM, Optional.of(voice), Items.around(Optional.empty()), "Voice note, 0:12");

        var pack = make();

        assertThat(pack).containsKey("files/0001.weba");
        assertThat(pdf(pack)).contains("Voice note, 0:12", "A recording, not transcribed");
        assertThat(text(pack, PackMaking.PAGE)).contains("in this pack as files/0001.weba", "not transcribed");
        var file = Json.object(bytes(pack, PackMaking.JSON)).at("/messages/0/file");
        assertThat(file.path("transcribed").asBoolean(true)).isFalse();
        assertThat(file.path("type").asString()).isEqualTo("audio/webm");
        var without = make(Items.withhold(THIRD, new Where.File(said.id())));
        assertThat(without).doesNotContainKey("files/0001.weba");
        assertThat(pdf(without)).doesNotContain("A recording");
    }

    @Test
    void aRecordingOfAnyOtherKindIsSaidToBeNotTranscribedToo() {
        var sound = new Item.Attachment("handover.mp3", "audio/mpeg", 15, "", "blob-id-1", "");
        items.add(TOM, Optional.of(sound), Items.around(Optional.empty()), "handover.mp3");

        var pack = make();

        assertThat(pack).containsKey("files/0001.bin");
        assertThat(text(pack, PackMaking.PAGE)).contains("not transcribed");
        assertThat(FileKind.of("video/quicktime").isRecording()).isTrue();
        assertThat(FileKind.of("application/x-msdownload").isRecording()).isFalse();
    }

    @Test
    void theManifestHasTheHashOfEachFile() {
        items.say(RHIAN, "hello");
        var pack = make();
        var manifest = Json.object(bytes(pack, PackArchive.MANIFEST));

        assertThat(manifest.path("files").size()).isEqualTo(3);
        for (var file : manifest.path("files")) {
            var path = file.path("path").asString();
            assertThat(file.path("sha256").asString()).isEqualTo(PackArchive.sha256(bytes(pack, path)));
            assertThat(text(pack, PackArchive.SUMS))
                    .contains(file.path("sha256").asString() + "  " + path);
        }
    }

    @Test
    void theSamePackIsTheSameBytes() {
        items.say(RHIAN, "hello", "hello again");

        assertThat(PackArchive.zip(make())).isEqualTo(PackArchive.zip(make()));
    }

    @Test
    void thePdfIsTaggedNamedAndCarriesItsFont() throws IOException {
        items.say(RHIAN, "hello");
        try (var document = Loader.loadPDF(bytes(make(), PackMaking.PDF))) {
            var catalog = document.getDocumentCatalog();
            assertThat(catalog.getMarkInfo().isMarked()).isTrue();
            assertThat(catalog.getStructureTreeRoot()).isNotNull();
            assertThat(catalog.getLanguage()).isEqualTo("en-GB");
            assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Disclosure SAR-17, pack 1");
            assertThat(new String(catalog.getMetadata().toByteArray(), StandardCharsets.UTF_8))
                    .contains("pdfuaid");
            for (var name : document.getPage(0).getResources().getFontNames()) {
                assertThat(document.getPage(0).getResources().getFont(name).isEmbedded())
                        .isTrue();
            }
        }
    }

    @Test
    void aMessageWithheldWholeLeavesItsNumberAlone() throws IOException {
        items.say(RHIAN, "hello");
        var secret =
                items.add(TOM, file("secretplans.txt"), Items.around(Optional.empty()), "do not tell anybody this");

        var pack = make(Items.withhold(THIRD, new Where.Whole(secret.id())));

        assertThat(pdf(pack)).contains("Message 2", "The whole message is withheld");
        assertThat(pack).doesNotContainKey("files/0002.txt");
        assertNowhere(pack, "do not tell anybody this");
        assertNowhere(pack, "secretplans");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "about Kestrelwood",
                "ABOUT KESTREL-WOOD",
                "<t>Kestrel</t><t a=\"b\">wood</t>",
                "%PDF-1.7 nonsense"
            })
    void aFileThatStillSaysItKeepsThePackFromBeingMade(String file) {
        var item = items.say(RHIAN, "Kestrelwood fell");
        items.add(TOM, file("a.txt"), Items.around(Optional.empty()), "");
        var span = Items.words(item.versions().getFirst(), "Kestrelwood", THIRD);

        assertThatThrownBy(() -> make(file, span))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("files/0002.txt")
                .hasMessageNotContaining("Kestrelwood");
        assertThat(make("about nobody", span)).containsKey("files/0002.txt");
    }

    @Test
    void aPackOfOneInsideAFileIsReadToo() {
        var item = items.say(RHIAN, "Kestrelwood fell");
        var inner = PackArchive.zip(PackArchive.withManifest(
                java.util.Map.of("x", "Kestrelwood".getBytes(StandardCharsets.UTF_16LE)), HEAD));
        items.add(TOM, file("a.zip"), Items.around(Optional.empty()), "");
        var making = new PackMaking(
                items.all(), List.of(Items.words(item.versions().getFirst(), "Kestrelwood", THIRD)), one -> inner);

        assertThatThrownBy(() -> making.make(HEAD, LOG)).hasMessageContaining("files/0002");
    }

    /// A word of the form's own cannot be told from the form; it is withheld from the messages all the same.
    @Test
    void withholdingAWordOfTheFormItselfIsPossible() {
        var item = items.say(RHIAN, "Message sent");
        assertThat(text(make(Items.words(item.versions().getFirst(), "Message", THIRD)), PackMaking.JSON))
                .contains("[withheld: third-party] sent");
    }

    @Test
    void whatPeopleTypedIsMarkupInNoForm() throws IOException {
        var markup = "<b onclick=\"x()\">Tom</b>=1+1";
        var named = new Item.Named(TOM.id(), markup);
        var around = new Item.Around(
                List.of(named),
                false,
                List.of(new Item.Reaction(named, START, markup)),
                List.of(new Item.Read(named, START)),
                Optional.of(new Item.Deleted(named, START, markup)),
                Optional.empty());
        items.add(named, file(markup), around, markup);

        var pack = make();

        assertThat(text(pack, PackMaking.PAGE)).doesNotContain("<b ").contains("&lt;b onclick=&quot;x()&quot;&gt;Tom");
        assertThat(pdf(pack)).contains(markup);
        var message = Json.object(bytes(pack, PackMaking.JSON)).at("/messages/0");
        assertThat(message.path("from").asString()).isEqualTo(markup);
        assertThat(message.at("/file/name").asString()).isEqualTo(markup);
    }

    /// Sixty random words, each repeated in every place we know of.
    @Test
    void noWithheldWordIsInAnyByteOfAPack() {
        var random = new Random(20261123);
        var secrets = new ArrayList<String>();
        var withheld = new ArrayList<Withholding>();
        for (var i = 0; i < 60; i++) {
            var secret = word(random) + (i % 3 == 0 ? " " + word(random) : "");
            var cut = 5 + random.nextInt(secret.length() - 5);
            secrets.add(secret);
            var item = items.add(
                    RHIAN,
                    Optional.of(new Item.Attachment(secret + ".jpg", secret, 1, "", "", "lost with " + i)),
                    Items.around(Optional.empty()),
                    "saw " + secret.substring(0, cut) + " go",
                    "saw " + secret + " go");
            items.say(TOM, "> <@rhian> saw " + Normalizer.normalize(secret, Normalizer.Form.NFD) + " go\n\nso did I");
            items.say(TOM, "and " + secret.toUpperCase(Locale.ROOT).replace(" ", "\n> ") + "!");
            withheld.add(Items.words(item.versions().getLast(), secret, THIRD));
        }
        var pack = make("x", withheld.toArray(Withholding[]::new));

        secrets.forEach(secret -> assertNowhere(pack, secret));
        assertThat(text(pack, PackMaking.JSON)).contains("so did I");
    }

    private static String word(Random random) {
        var letters = "abcdefghijklmnopqrstuvwxyzéüñøłçŵŷ";
        var word = new StringBuilder();
        for (var i = 0; i < 8 + random.nextInt(6); i++) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }

    /// By other means than the gate's own.
    private static void assertNowhere(SortedMap<String, byte[]> pack, String secret) {
        for (var form : Normalizer.Form.values()) {
            for (var text : List.of(secret, secret.toUpperCase(Locale.ROOT))) {
                var wanted = Normalizer.normalize(text, form);
                pack.forEach((path, bytes) -> {
                    assertThat(path).doesNotContain(wanted);
                    assertThat(new String(bytes, StandardCharsets.UTF_8).contains(wanted))
                            .as(path)
                            .isFalse();
                });
            }
        }
    }
}
