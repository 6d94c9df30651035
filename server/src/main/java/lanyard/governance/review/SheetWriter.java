package lanyard.governance.review;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lanyard.standards.matrix.EventId;

/// Turns a case's messages into what may be said of them.
final class SheetWriter {
    private final List<Item> items;
    private final Withheld withheld;
    private final Map<String, Integer> sizes;
    private final Map<Reason, Set<Integer>> whole = new EnumMap<>(Reason.class);
    private final Map<Reason, Set<Integer>> parts = new EnumMap<>(Reason.class);

    /// `sizes` of the files that are in the pack, in bytes.
    SheetWriter(List<Item> items, Withheld withheld, Map<String, Integer> sizes) {
        this.items = items;
        this.withheld = withheld;
        this.sizes = Map.copyOf(sizes);
    }

    Sheet write(Sheet.Head head, List<PackLog.Line> log) {
        var entries = items.stream().map(this::entry).toList();
        var schedule = new ArrayList<Sheet.Line>();
        for (var reason : Reason.values()) {
            if (whole.containsKey(reason) || parts.containsKey(reason)) {
                schedule.add(new Sheet.Line(reason, list(whole, reason), list(parts, reason)));
            }
        }
        var deeds = new ArrayList<Sheet.Deed>();
        log.forEach(line -> deeds.add(new Sheet.Deed(line.ts(), line.what(), withheld.text(entered(line)))));
        deeds.add(PackLog.made(head, items.size(), schedule));
        return new Sheet(head, entries, schedule, deeds);
    }

    /// Of what was searched for, only what the disclosed messages say themselves: a pack tells nobody whom else
    /// somebody looked for.
    private String entered(PackLog.Line line) {
        if (line.words().isEmpty()) {
            return line.entered();
        }
        var told = line.words().stream().filter(this::isTold).toList();
        var others = line.words().size() - told.size();
        return "Searched for: " + String.join("; ", told)
                + (others == 0
                        ? ""
                        : (told.isEmpty() ? "" : "; ") + "words that are not in what is disclosed (" + others + ")")
                + ". " + line.entered();
    }

    private boolean isTold(String words) {
        var needle = Folded.of(words.replace(PackLog.REQUESTER, ""));
        return needle.isEmpty()
                || items.stream()
                        .filter(item -> withheld.whole(item).isEmpty())
                        .flatMap(item -> item.versions().stream().map(version -> withheld.text(item, version)))
                        .flatMap(passage -> passage.pieces().stream())
                        .anyMatch(piece -> piece instanceof Passage.Piece.Said(var text)
                                && !Folded.of(text).find(needle).isEmpty());
    }

    private static List<Integer> list(Map<Reason, Set<Integer>> of, Reason reason) {
        return List.copyOf(of.getOrDefault(reason, new TreeSet<>()));
    }

    private Sheet.Entry entry(Item item) {
        var gone = withheld.whole(item);
        if (gone.isPresent()) {
            note(whole, gone.get(), item);
            return new Sheet.Entry(item.number(), gone, Optional.empty());
        }
        return new Sheet.Entry(item.number(), gone, Optional.of(told(item)));
    }

    private static void note(Map<Reason, Set<Integer>> in, Reason reason, Item item) {
        in.computeIfAbsent(reason, r -> new TreeSet<>()).add(item.number());
    }

    private Passage noted(Item item, Passage passage) {
        passage.reasons().forEach(reason -> note(parts, reason, item));
        return passage;
    }

    private Sheet.Told told(Item item) {
        var around = item.around();
        var versions = item.versions().stream()
                .map(version -> new Sheet.Version(version.ts(), noted(item, withheld.text(item, version))))
                .toList();
        var context = new Sheet.Context(
                around.members().stream().map(member -> name(item, member)).toList(),
                around.reactions().stream()
                        .map(one ->
                                new Sheet.Mark(name(item, one.by()), one.ts(), noted(item, withheld.text(one.key()))))
                        .toList(),
                around.reads().stream()
                        .map(one -> new Sheet.Mark(name(item, one.by()), one.ts(), Passage.EMPTY))
                        .toList(),
                around.deleted()
                        .map(one ->
                                new Sheet.Mark(name(item, one.by()), one.ts(), noted(item, withheld.text(one.why())))),
                around.repliesTo().flatMap(this::numberOf));
        return new Sheet.Told(
                noted(item, withheld.text(item.room().name())),
                name(item, item.sender()),
                around.left(),
                versions,
                item.file().map(file -> file(item, file)),
                context);
    }

    private Passage name(Item item, Item.Named person) {
        return noted(item, withheld.name(person));
    }

    private Optional<Integer> numberOf(EventId event) {
        return items.stream().filter(item -> item.has(event)).map(Item::number).findFirst();
    }

    private Sheet.File file(Item item, Item.Attachment file) {
        var gone = withheld.file(item);
        if (gone.isPresent()) {
            note(parts, gone.get(), item);
            return new Sheet.File(Passage.gone(gone.get()), "", 0, "", "withheld");
        }
        var name = noted(item, withheld.text(file.name()));
        var path = file.blob().isEmpty() ? "" : path(item, file);
        return new Sheet.File(name, FileKind.of(file.type()).type(), sizes.getOrDefault(path, 0), path, file.problem());
    }

    /// Says nothing but which message it belongs to and how to open it.
    static String path(Item item, Item.Attachment file) {
        return String.format(
                Locale.ROOT,
                "files/%04d.%s",
                item.number(),
                FileKind.of(file.type()).ending());
    }
}
