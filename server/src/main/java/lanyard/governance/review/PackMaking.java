package lanyard.governance.review;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// Makes the pack of a case from its messages and what is withheld from them. Asks nobody; [Reviews] has.
final class PackMaking {
    static final String PAGE = "disclosure.html";
    static final String PDF = "disclosure.pdf";
    static final String JSON = "disclosure.json";

    private final List<Item> items;
    private final Withheld withheld;
    private final Function<Item.Attachment, byte[]> files;

    /// `files` gives a kept file, in clear.
    PackMaking(List<Item> items, List<Withholding> withholdings, Function<Item.Attachment, byte[]> files) {
        this.items = items;
        this.withheld = new Withheld(items, withholdings);
        this.files = files;
    }

    /// The files of the pack, manifest included. Errors: `M_FORBIDDEN` naming the files in which withheld words could
    /// still be read.
    SortedMap<String, byte[]> make(Sheet.Head head, List<PackLog.Line> log) {
        var kept = kept();
        var sizes = new HashMap<String, Integer>();
        kept.forEach((path, bytes) -> sizes.put(path, bytes.length));
        var sheet = new SheetWriter(items, withheld, sizes).write(head, log);
        var made = new TreeMap<String, byte[]>(kept);
        made.put(PAGE, SheetPage.of(sheet).getBytes(StandardCharsets.UTF_8));
        made.put(JSON, Json.bytes(SheetJson.of(sheet)));
        made.put(PDF, PackPdf.of(sheet));
        var all = PackArchive.withManifest(made, head);
        check(all, sheet.frame());
        return all;
    }

    /// The files that messages carry; pictures without what is hidden beside them.
    private SortedMap<String, byte[]> kept() {
        var kept = new TreeMap<String, byte[]>();
        var unclear = new ArrayList<String>();
        for (var item : items) {
            item.file()
                    .filter(file ->
                            !file.blob().isEmpty() && withheld.file(item).isEmpty())
                    .ifPresent(file -> {
                        var path = SheetWriter.path(item, file);
                        var bytes = files.apply(file);
                        var clean = Picture.is(file.type(), bytes) ? Picture.clean(bytes) : Optional.of(bytes);
                        clean.ifPresentOrElse(one -> kept.put(path, one), () -> unclear.add(path));
                    });
        }
        if (!unclear.isEmpty()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "The pack was not made: what is hidden in pictures, such as where they were taken, cannot be taken"
                            + " out of " + String.join(", ", unclear) + ". Withhold the file.");
        }
        return kept;
    }

    private void check(SortedMap<String, byte[]> files, Sheet frame) {
        var always = SheetPage.of(frame) + new String(Json.bytes(SheetJson.of(frame)), StandardCharsets.UTF_8);
        var gate = new PackGate(withheld.needles(), always);
        var others = new TreeMap<>(files);
        var pdf = Map.of(PDF, Objects.requireNonNull(others.remove(PDF)));
        var leaks = new ArrayList<>(gate.leaks(others));
        if (!gate.leaks(pdf).isEmpty()) {
            // A PDF has words of its own, in its font and its parts' names: what stands in an empty one is no leak.
            leaks.addAll(gate.without(PackPdf.of(frame)).leaks(pdf));
        }
        if (!leaks.isEmpty()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "The pack was not made: withheld words could still be read in " + String.join(", ", leaks)
                            + ". Withhold them there too, or withhold the file.");
        }
    }
}
