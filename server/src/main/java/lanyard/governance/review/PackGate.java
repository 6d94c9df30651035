package lanyard.governance.review;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;

/// Reads a finished pack as its receiver could, before they have it.
///
/// What could go wrong: something that was withheld can still be read, in a place nobody thought of (H15). The
/// principle: every byte that leaves is looked at again by code that knows only the withheld words: as text in the
/// usual encodings, inside archives, and in a PDF's text layer and all of its streams. A pack in which one of them is
/// found does not leave.
final class PackGate {
    private static final List<Charset> ENCODINGS =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
    private static final int LARGEST_ENTRY = 64 * 1024 * 1024;
    private static final int DEEPEST = 3;
    private static final int SHORTEST_IN_BYTES = 8;
    /// An archive of more is not looked through, and does not leave.
    private static final int MOST_ENTRIES = 2_000;
    private static final Pattern TAG = Pattern.compile("<[^<>]{0,4096}>");

    private final List<Folded> needles;

    /// `frame` is what every pack says: a withheld word that stands in it cannot be told from it.
    PackGate(List<Folded> needles, String frame) {
        var always = Folded.of(frame);
        this.needles =
                needles.stream().filter(needle -> always.find(needle).isEmpty()).toList();
    }

    /// The paths, in order, of what must not leave.
    List<String> leaks(Map<String, byte[]> files) {
        var found = new TreeSet<String>();
        files.forEach((path, bytes) -> {
            if (says(path) || leaks(bytes, 0)) {
                found.add(path);
            }
        });
        return List.copyOf(found);
    }

    private boolean leaks(byte[] bytes, int depth) {
        if (isText(bytes) ? saysWithoutTags(new String(bytes, StandardCharsets.UTF_8)) : saysSomewhere(bytes)) {
            return true;
        }
        if (starts(bytes, "%PDF")) {
            return depth >= DEEPEST || leaksFromPdf(bytes, depth);
        }
        return depth < DEEPEST && starts(bytes, "PK") && leaksFromArchive(bytes, depth);
    }

    private static boolean starts(byte[] bytes, String with) {
        return bytes.length > with.length()
                && new String(bytes, 0, with.length(), StandardCharsets.ISO_8859_1).equals(with);
    }

    private static boolean isText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /// Markup may stand between the letters of a word, as it does in word processors' files.
    private boolean saysWithoutTags(String text) {
        return says(text) || (text.indexOf('<') >= 0 && says(TAG.matcher(text).replaceAll("")));
    }

    private boolean says(String text) {
        var folded = Folded.of(text);
        return needles.stream()
                .anyMatch(needle -> isLong(needle)
                        ? follows(folded, needle)
                        : !folded.find(needle).isEmpty());
    }

    /// In bytes that are no text, the letters of a short word follow each other by chance: it counts where they stand
    /// together, and no letter before or after.
    private boolean saysSomewhere(byte[] bytes) {
        return !needles.isEmpty()
                && ENCODINGS.stream()
                        .anyMatch(encoding -> saysIn(bytes, 0, encoding)
                                || (!encoding.equals(StandardCharsets.UTF_8) && saysIn(bytes, 1, encoding)));
    }

    private boolean saysIn(byte[] bytes, int from, Charset encoding) {
        var folded = Folded.of(new String(bytes, from, Math.max(0, bytes.length - from), encoding));
        return needles.stream()
                .anyMatch(needle -> isLong(needle) ? follows(folded, needle) : folded.standsAlone(needle));
    }

    /// Without the needles that are in `always`.
    PackGate without(byte[] always) {
        return new PackGate(
                needles.stream()
                        .filter(needle -> !new PackGate(List.of(needle), "").leaks(always, 0))
                        .toList(),
                "");
    }

    private static boolean isLong(Folded needle) {
        return needle.bare().length() >= SHORTEST_IN_BYTES;
    }

    /// Longer words are found wherever their letters follow each other, whatever lies between.
    private static boolean follows(Folded text, Folded needle) {
        return text.bare().contains(needle.bare());
    }

    /// Its metadata, its attachments and what is in those are streams of it.
    private boolean leaksFromPdf(byte[] bytes, int depth) {
        try (var document = Loader.loadPDF(bytes)) {
            return says(String.join(" \n ", new LinkedHashSet<>(texts(document))))
                    || streams(document).stream().anyMatch(stream -> leaks(stream, depth + 1));
        } catch (IOException e) {
            // What cannot be read here cannot be vouched for.
            return true;
        }
    }

    private static List<String> texts(PDDocument document) throws IOException {
        var texts = new ArrayList<String>();
        var stripper = new PDFTextStripper();
        texts.add(stripper.getText(document));
        stripper.setSortByPosition(true);
        texts.add(stripper.getText(document));
        var about = document.getDocumentInformation();
        about.getMetadataKeys().forEach(key -> texts.add(String.valueOf(about.getPropertyStringValue(key))));
        for (var key : document.getDocument().getXrefTable().keySet()) {
            collect(document.getDocument().getObjectFromPool(key).getObject(), texts);
        }
        return texts;
    }

    /// Names and strings of one object; others that it refers to are objects of their own.
    private static void collect(@Nullable COSBase value, List<String> texts) {
        switch (value) {
            case COSString string -> texts.add(string.getString());
            case COSName name -> texts.add(name.getName());
            case COSDictionary dictionary ->
                dictionary.entrySet().forEach(entry -> {
                    texts.add(entry.getKey().getName());
                    collect(entry.getValue(), texts);
                });
            case COSArray array -> array.forEach(one -> collect(one, texts));
            case null, default -> {}
        }
    }

    private static List<byte[]> streams(PDDocument document) throws IOException {
        var streams = new ArrayList<byte[]>();
        for (var key : document.getDocument().getXrefTable().keySet()) {
            if (document.getDocument().getObjectFromPool(key).getObject() instanceof COSStream stream) {
                try (var in = stream.createInputStream()) {
                    streams.add(in.readNBytes(LARGEST_ENTRY));
                }
            }
        }
        return streams;
    }

    private boolean leaksFromArchive(byte[] bytes, int depth) {
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            var entries = 0;
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > MOST_ENTRIES
                        || says(entry.getName())
                        || leaks(zip.readNBytes(LARGEST_ENTRY), depth + 1)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
