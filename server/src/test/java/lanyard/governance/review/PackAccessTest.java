package lanyard.governance.review;

import static lanyard.governance.review.Items.RHIAN;
import static lanyard.governance.review.Items.START;
import static lanyard.governance.review.Items.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lanyard.traceability.Rule;
import org.apache.pdfbox.Loader;
import org.junit.jupiter.api.Test;
import org.verapdf.core.VeraPDFException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/// The pack can be read by everybody: its PDF is held against PDF/UA-1 by veraPDF.
@Rule("G17")
class PackAccessTest {
    private final Items items = new Items();

    private byte[] pdf() {
        var first = items.say(RHIAN, "Bleed overnight", "Bleed overnight, tell Mrs Grimshaw");
        var file = new Item.Attachment("chart.txt", "text/plain", 15, "", "blob-id-1", "");
        items.add(TOM, Optional.of(file), Items.around(Optional.of(first.id())), "see <b>chart</b> \uD83E\uDE78");
        var withheld = Items.words(first.versions().getLast(), "Mrs Grimshaw", Reason.SAR_THIRD_PARTY);
        var making =
                new PackMaking(items.all(), List.of(withheld), _ -> "the file's text".getBytes(StandardCharsets.UTF_8));
        var head = new Sheet.Head("SAR-17", "Subject access request", "Riverside", START, 1);
        var pack = making.make(head, List.of(new PackLog.Line(START, "3 messages were taken")));
        return Objects.requireNonNull(pack.get(PackMaking.PDF));
    }

    private static List<String> faults(byte[] pdf) throws IOException, VeraPDFException {
        VeraGreenfieldFoundryProvider.initialise();
        var foundry = Foundries.defaultInstance();
        try (var parser = foundry.createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFUA_1);
                var validator = foundry.createValidator(PDFAFlavour.PDFUA_1, false)) {
            return validator.validate(parser).getTestAssertions().stream()
                    .map(fault -> fault.getRuleId().getClause() + ": " + fault.getMessage())
                    .distinct()
                    .toList();
        }
    }

    @Test
    void thePdfOfThePackIsPdfUa() throws IOException, VeraPDFException {
        assertThat(faults(pdf())).isEmpty();
    }

    @Test
    void aPdfWithoutTagsIsFoundOut() throws IOException, VeraPDFException {
        try (var document = Loader.loadPDF(pdf())) {
            document.getDocumentCatalog().setStructureTreeRoot(null);
            var out = new ByteArrayOutputStream();
            document.save(out);
            assertThat(faults(out.toByteArray())).isNotEmpty();
        }
    }
}
