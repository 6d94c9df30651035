package lanyard.governance.review;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.text.PDFTextStripper;

/// Files with words hidden in them, and everything that can be read from one.
final class TestFiles {
    private TestFiles() {}

    static byte[] image(String format) {
        var out = new ByteArrayOutputStream();
        try {
            var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            image.setRGB(3, 3, 0x12ab34);
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalStateException(format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] with(byte[] file, int at, byte[] more, byte[] after) {
        var out = new ByteArrayOutputStream();
        out.write(file, 0, at);
        out.writeBytes(more);
        out.write(file, at, file.length - at);
        out.writeBytes(after);
        return out.toByteArray();
    }

    /// With a text, and more behind its end.
    static byte[] png(String word) {
        var said = ("tEXtComment\0" + word).getBytes(StandardCharsets.ISO_8859_1);
        var crc = new CRC32();
        crc.update(said);
        var part = ByteBuffer.allocate(said.length + 8)
                .putInt(said.length - 4)
                .put(said)
                .putInt((int) crc.getValue())
                .array();
        return with(image("png"), 33, part, word.getBytes(StandardCharsets.UTF_8));
    }

    /// With EXIF, a comment, and more behind its end.
    static byte[] jpeg(String word) {
        return with(
                image("jpg"),
                2,
                bytes(segment(0xe1, "Exif\0\0" + word), segment(0xed, "Photoshop 3.0\0" + word), segment(0xfe, word)),
                word.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] segment(int marker, String said) {
        var bytes = said.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(bytes.length + 4)
                .put((byte) 0xff)
                .put((byte) marker)
                .putShort((short) (bytes.length + 2))
                .put(bytes)
                .array();
    }

    private static byte[] bytes(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /// With a comment before its picture.
    static byte[] gif(String word) {
        var plain = image("gif");
        var colours = (plain[10] & 0x80) == 0 ? 0 : 3 << ((plain[10] & 7) + 1);
        var said = word.getBytes(StandardCharsets.UTF_8);
        var comment = bytes(new byte[] {0x21, (byte) 0xfe, (byte) said.length}, said, new byte[1]);
        return with(plain, 13 + colours, comment, said);
    }

    /// As word processors write it: an archive of XML, markup between the letters.
    static byte[] archive(String word) {
        var xml = "<w:t>" + word.charAt(0) + "</w:t><w:t>" + word.substring(1) + "</w:t>";
        var files = new TreeMap<>(Map.of("word/document.xml", xml.getBytes(StandardCharsets.UTF_8)));
        return PackArchive.zip(files);
    }

    static byte[] pdf(String text, String title, String metadata, String alternative, byte[] attached) {
        try (var document = new PDDocument()) {
            var page = new PDPage();
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                content.newLineAtOffset(50, 700);
                content.showText("seen: " + text);
                content.endText();
            }
            document.getDocumentInformation().setTitle(title);
            var xmp = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><a>" + metadata + "</a></x:xmpmeta>";
            document.getDocumentCatalog()
                    .setMetadata(
                            new PDMetadata(document, new ByteArrayInputStream(xmp.getBytes(StandardCharsets.UTF_8))));
            var figure = new COSDictionary();
            figure.setString(COSName.ALT, alternative);
            page.getCOSObject().setItem(COSName.getPDFName("Figure"), figure);
            if (attached.length > 0) {
                attach(document, attached);
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void attach(PDDocument document, byte[] attached) throws IOException {
        var file = new PDEmbeddedFile(document, new ByteArrayInputStream(attached), COSName.FLATE_DECODE);
        var specification = new PDComplexFileSpecification();
        specification.setFile("notes.bin");
        specification.setEmbeddedFile(file);
        var tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(Map.of("notes.bin", specification));
        var names = new PDDocumentNameDictionary(document.getDocumentCatalog());
        names.setEmbeddedFiles(tree);
        document.getDocumentCatalog().setNames(names);
    }

    /// As text in several encodings, and of a PDF its text layer, every string, name and stream.
    static List<String> everything(byte[] file) throws IOException {
        var said = new ArrayList<String>();
        read(file, said);
        if (new String(file, 0, Math.min(4, file.length), StandardCharsets.ISO_8859_1).equals("%PDF")) {
            try (var document = Loader.loadPDF(file)) {
                said.add(new PDFTextStripper().getText(document));
                for (var key : document.getDocument().getXrefTable().keySet()) {
                    collect(document.getDocument().getObjectFromPool(key), said);
                }
            }
        }
        return said;
    }

    private static void read(byte[] file, List<String> said) {
        said.add(new String(file, StandardCharsets.UTF_8));
        said.add(new String(file, StandardCharsets.UTF_16LE));
        said.add(new String(file, StandardCharsets.UTF_16BE));
    }

    private static void collect(COSBase value, List<String> said) throws IOException {
        switch (value) {
            case COSObject object when object.getObject() != null -> flat(object.getObject(), said);
            default -> flat(value, said);
        }
    }

    private static void flat(COSBase value, List<String> said) throws IOException {
        switch (value) {
            case COSString string -> said.add(string.getString());
            case COSName name -> said.add(name.getName());
            case COSArray array -> {
                for (var one : array) {
                    flat(one, said);
                }
            }
            case COSDictionary dictionary -> {
                if (dictionary instanceof COSStream stream) {
                    try (var in = stream.createInputStream()) {
                        read(in.readAllBytes(), said);
                    }
                }
                for (var entry : dictionary.entrySet()) {
                    said.add(entry.getKey().getName());
                    flat(entry.getValue(), said);
                }
            }
            default -> {
                // Numbers, and objects that are read for themselves.
            }
        }
    }
}
