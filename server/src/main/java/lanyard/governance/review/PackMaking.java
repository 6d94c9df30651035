package lanyard.governance.review;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
        var sheet = new SheetWriter(items, withheld).write(head, log);
        var made = new TreeMap<String, byte[]>();
        made.put(PAGE, SheetPage.of(sheet).getBytes(StandardCharsets.UTF_8));
        made.put(JSON, Json.bytes(SheetJson.of(sheet)));
        made.put(PDF, PackPdf.of(sheet));
        for (var item : items) {
            item.file()
                    .filter(file ->
                            !file.blob().isEmpty() && withheld.file(item).isEmpty())
                    .ifPresent(file -> made.put(SheetWriter.path(item, file), files.apply(file)));
        }
        var all = PackArchive.withManifest(made, head);
        check(all, sheet.frame());
        return all;
    }

    private void check(SortedMap<String, byte[]> files, Sheet frame) {
        var always = SheetPage.of(frame) + new String(Json.bytes(SheetJson.of(frame)), StandardCharsets.UTF_8);
        var leaks = new PackGate(withheld.needles(), always).leaks(files);
        if (!leaks.isEmpty()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "The pack was not made: withheld words could still be read in " + String.join(", ", leaks)
                            + ". Withhold them there too, or withhold the file.");
        }
    }
}
