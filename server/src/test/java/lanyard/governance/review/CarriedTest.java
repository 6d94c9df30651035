package lanyard.governance.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import lanyard.governance.custodian.OpenedEvent;
import lanyard.governance.review.Withholding.Where;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Withheld words in every place in which a message or its file can carry them: kept and read as a case does it, and
/// looked for in the finished pack by other means than the gate's own.
@Rule("G17")
@Hazard("H15")
class CarriedTest {
    private static final Sheet.Head HEAD =
            new Sheet.Head("SAR-17", "Subject access request", "Riverside", Items.START, 1);

    private static final List<String> WORDS = List.of("Kestrelwood", "Price", "Lee");

    private final List<Kept> kept = new ArrayList<>();

    private static ObjectNode text(String body) {
        return Json.object().put("msgtype", "m.text").put("body", body);
    }

    /// As it is when it was sealed for the case and opened again.
    private Kept say(ObjectNode content, String word, Optional<Item.Attachment> file) {
        var sender = new Item.Named(
                new UserId("@" + word.toLowerCase(Locale.ROOT).replace(" ", ".") + ":ward.example"), word + " Nurse");
        var room = new Item.Conversation(new RoomId("!ward"), "Ward of " + word, true);
        var around = new Item.Around(
                List.of(sender, Items.TOM),
                false,
                List.of(new Item.Reaction(sender, Items.START, word + "!")),
                List.of(new Item.Read(sender, Items.START)),
                Optional.of(new Item.Deleted(sender, Items.START, "named " + word)),
                Optional.empty());
        var id = new EventId("$event" + kept.size());
        var event = new OpenedEvent(
                room.id(),
                id,
                sender.id(),
                Items.START + kept.size(),
                "m.room.message",
                content,
                false,
                Optional.empty());
        var one = Kept.of(new Kept(event, room, sender, around, file).toJson());
        kept.add(one);
        return one;
    }

    private SortedMap<String, byte[]> pack(String word, byte[] file) {
        var items = Kept.items(kept);
        var first = items.getFirst();
        var withheld = List.of(
                Items.words(first.versions().getFirst(), word, Reason.SAR_THIRD_PARTY),
                Items.withhold(
                        Reason.SAR_THIRD_PARTY, new Where.Name(first.sender().id())));
        return new PackMaking(items, withheld, one -> file)
                .make(HEAD, List.of(new PackLog.Line(Items.START, "Taken", List.of(word), "as " + word + " said")));
    }

    private static Optional<Item.Attachment> attached(String name, String type) {
        return Optional.of(new Item.Attachment(name, type, 9, "", "blob-id-1", ""));
    }

    /// Formatted text, thumbnails, mentions and quotes never come to the pack; what does is marked.
    @ParameterizedTest
    @ValueSource(strings = {"Kestrelwood", "Lee", "Bronwen Pugh"})
    void aWithheldWordLeavesInNothingThatAMessageCarries(String word) throws IOException {
        var formatted = text("saw " + word + " go").put("format", "org.matrix.custom.html");
        formatted.put("formatted_body", "saw <b>" + word + "</b> <img alt=\"" + word + "\"> go");
        formatted.putObject("m.mentions").putArray("user_ids").add("@" + word + ":ward.example");
        say(formatted, word, Optional.empty());
        var reply = text("> <@x:ward.example> saw " + word + "\n> go\n\nso did I");
        reply.putObject("m.relates_to").putObject("m.in_reply_to").put("event_id", "$event0");
        say(reply, word, Optional.empty());
        var picture = text("picture of " + word).put("filename", word + ".png");
        var info = picture.putObject("info").put("mimetype", "image/png").put("alt", word);
        info.putObject("thumbnail_file").put("url", "mxc://ward.example/" + word);
        picture.putObject("file").put("url", "mxc://ward.example/" + word);
        say(picture, word, attached(word + ".png", "image/png; name=" + word));
        var poll = Json.object();
        poll.putObject("org.matrix.msc3381.poll.start")
                .putObject("question")
                .put("org.matrix.msc1767.text", "Does " + word + " go?");
        say(poll, word, Optional.empty());

        var pack = pack(word, TestFiles.png(word));

        assertThat(pack).containsKey("files/0003.png");
        assertThat(new String(Objects.requireNonNull(pack.get(PackMaking.JSON)), StandardCharsets.UTF_8))
                .contains("saw [withheld: third-party] go", "so did I", "Does [withheld: third-party] go?");
        for (var file : pack.entrySet()) {
            assertThat(file.getKey()).doesNotContain(word);
            for (var said : TestFiles.everything(file.getValue())) {
                assertThat(said.contains(word)).as(file.getKey()).isFalse();
            }
        }
    }

    /// Where in a file a word can be.
    enum Place {
        PDF_TEXT,
        PDF_TITLE,
        PDF_METADATA,
        PDF_ALTERNATIVE,
        PDF_ATTACHMENT,
        PDF_ATTACHED_ARCHIVE,
        WORD_PROCESSOR,
        OLD_WORD_PROCESSOR,
        BYTES_UTF_8,
        BYTES_UTF_16_LITTLE,
        BYTES_UTF_16_BIG;

        byte[] with(String word) {
            return switch (this) {
                case PDF_TEXT -> TestFiles.pdf(word, "", "", "", new byte[0]);
                case PDF_TITLE -> TestFiles.pdf("", word, "", "", new byte[0]);
                case PDF_METADATA -> TestFiles.pdf("", "", word, "", new byte[0]);
                case PDF_ALTERNATIVE -> TestFiles.pdf("", "", "", word, new byte[0]);
                case PDF_ATTACHMENT -> TestFiles.pdf("", "", "", "", binary(word, StandardCharsets.UTF_8));
                case PDF_ATTACHED_ARCHIVE -> TestFiles.pdf("", "", "", "", TestFiles.archive(word));
                case WORD_PROCESSOR -> TestFiles.archive(word);
                case OLD_WORD_PROCESSOR, BYTES_UTF_16_LITTLE -> binary(word, StandardCharsets.UTF_16LE);
                case BYTES_UTF_16_BIG -> binary(word, StandardCharsets.UTF_16BE);
                case BYTES_UTF_8 -> binary(word, StandardCharsets.UTF_8);
            };
        }

        private static byte[] binary(String word, java.nio.charset.Charset in) {
            var out = new ByteArrayOutputStream();
            out.writeBytes(new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xff, 0});
            out.writeBytes(("\0" + word + "\0").getBytes(in));
            out.writeBytes(new byte[] {0, (byte) 0xff, (byte) 0xfe});
            return out.toByteArray();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatCarriesAWithheldWordKeepsThePackFromBeingMade(Place place) {
        for (var word : WORDS) {
            kept.clear();
            say(text("saw " + word + " go"), word, Optional.empty());
            say(text("a file"), "Tom", attached("a.bin", "application/octet-stream"));

            assertThatThrownBy(() -> pack(word, place.with(word)))
                    .as(word)
                    .isInstanceOf(MatrixException.class)
                    .hasMessageContaining("files/0002.bin");
            assertThat(pack(word, place.with("Harmless"))).containsKey("files/0002.bin");
        }
    }

    /// A withheld word that every PDF has in its font or in the names of its parts keeps no pack from being made.
    @Test
    void wordsOfThePdfsOwnKeepNoPackFromBeingMade() {
        say(text("saw the Kids and Sans go"), "Tom", Optional.empty());
        assertThat(pack("Kids and Sans", new byte[0])).containsKey(PackMaking.PDF);
        kept.clear();
        say(text("saw the Kids go"), "Tom", Optional.empty());
        assertThat(pack("Kids", new byte[0])).containsKey(PackMaking.PDF);
    }
}
