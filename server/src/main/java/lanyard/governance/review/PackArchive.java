package lanyard.governance.review;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Hashes;

/// A pack's files with their hashes, as one archive: the same files give the same bytes.
final class PackArchive {
    static final String MANIFEST = "manifest.json";
    /// For `sha256sum -c`.
    static final String SUMS = "SHA256SUMS";

    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private PackArchive() {}

    /// The same files and their manifest.
    static SortedMap<String, byte[]> withManifest(Map<String, byte[]> files, Sheet.Head head) {
        var all = new TreeMap<>(files);
        var manifest = Json.object()
                .put("format", "lanyard pack manifest 1")
                .put("case", head.caseId())
                .put("pack", head.number());
        var list = manifest.putArray("files");
        files.forEach((path, bytes) ->
                list.addObject().put("path", path).put("bytes", bytes.length).put("sha256", sha256(bytes)));
        all.put(MANIFEST, Json.bytes(manifest));
        var sums = files.entrySet().stream()
                .map(file -> sha256(file.getValue()) + "  " + file.getKey() + "\n")
                .collect(Collectors.joining());
        all.put(SUMS, sums.getBytes(StandardCharsets.UTF_8));
        return all;
    }

    static byte[] zip(SortedMap<String, byte[]> files) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(NO_TIME);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Hashes.sha256(bytes));
    }
}
