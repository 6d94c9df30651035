package lanyard.governance.review;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lanyard.governance.review.Passage.Piece;
import lanyard.governance.review.Withholding.Where;
import lanyard.standards.matrix.UserId;
import org.jspecify.annotations.Nullable;

/// What is withheld from a case's messages, applied to every text that could repeat it.
///
/// What could go wrong: a name is blacked out in one message and stands in the reply to it, in the version before the
/// edit, in a file's name or in the name of the conversation. The principle: words that are withheld once are withheld
/// everywhere, in whatever case, accents and spacing; in other versions of the same message parts of them are too; and
/// what leaves is made from [Passage]s alone, which hold nothing else.
final class Withheld {
    /// Shorter words are withheld where they were marked and nowhere else: `an` is everybody's.
    private static final int SHORTEST_SPREAD = 3;

    /// Of a message withheld whole, its longer lines are looked for elsewhere.
    private static final int SHORTEST_LINE = 12;

    private static final int SHORTEST_REMAINDER = 5;

    private record Needle(
            Folded words, Reason reason, @Nullable Item of) {}

    private final Map<Item, Reason> whole = new HashMap<>();
    private final Map<Item, Reason> files = new HashMap<>();
    private final Map<UserId, Reason> names = new LinkedHashMap<>();
    private final Map<Item, List<Withholding>> words = new HashMap<>();
    private final List<Needle> needles = new ArrayList<>();

    Withheld(List<Item> items, List<Withholding> all) {
        for (var one : all) {
            switch (one.where()) {
                case Where.Name(var person) -> names.putIfAbsent(person, one.reason());
                case Where.Whole(var event) -> find(items, event).ifPresent(item -> whole(item, one.reason()));
                case Where.File(var event) -> find(items, event).ifPresent(item -> file(item, one.reason()));
                case Where.Words span -> find(items, span.event()).ifPresent(item -> words(item, span, one));
            }
        }
        names.forEach((person, reason) -> {
            spread(person.localpart(), reason, null);
            items.stream()
                    .flatMap(Withheld::people)
                    .filter(named -> named.id().equals(person))
                    .map(Item.Named::name)
                    .distinct()
                    .forEach(name -> spread(name, reason, null));
        });
    }

    private static Optional<Item> find(List<Item> items, lanyard.standards.matrix.EventId event) {
        return items.stream().filter(item -> item.has(event)).findFirst();
    }

    static java.util.stream.Stream<Item.Named> people(Item item) {
        var around = item.around();
        var people = new ArrayList<>(around.members());
        people.add(item.sender());
        around.reactions().forEach(reaction -> people.add(reaction.by()));
        around.reads().forEach(read -> people.add(read.by()));
        around.deleted().ifPresent(deleted -> people.add(deleted.by()));
        return people.stream();
    }

    private void whole(Item item, Reason reason) {
        whole.putIfAbsent(item, reason);
        item.versions().stream()
                .flatMap(version -> version.text().lines())
                .filter(line -> Folded.of(line).bare().length() >= SHORTEST_LINE)
                .forEach(line -> spread(line, reason, null));
        file(item, reason);
    }

    private void file(Item item, Reason reason) {
        item.file().ifPresent(file -> {
            files.putIfAbsent(item, reason);
            spread(file.name(), reason, null);
            spread(file.name().replaceFirst("\\.[A-Za-z0-9]{1,5}$", ""), reason, null);
        });
    }

    private void words(Item item, Where.Words span, Withholding one) {
        words.computeIfAbsent(item, i -> new ArrayList<>()).add(one);
        item.versions().stream()
                .filter(version -> version.event().equals(span.event()))
                .forEach(version -> spread(cut(version.text(), span), one.reason(), item));
    }

    private static String cut(String text, Where.Words span) {
        var points = text.codePoints().toArray();
        var from = Math.min(span.from(), points.length);
        return new String(points, from, Math.min(span.to(), points.length) - from);
    }

    private void spread(String text, Reason reason, @Nullable Item of) {
        var folded = Folded.of(text);
        if (folded.bare().length() >= SHORTEST_SPREAD) {
            needles.add(new Needle(folded, reason, of));
        }
    }

    Optional<Reason> whole(Item item) {
        return Optional.ofNullable(whole.get(item));
    }

    Optional<Reason> file(Item item) {
        return Optional.ofNullable(files.get(item));
    }

    /// The words that must not be found in anything that leaves.
    List<Folded> needles() {
        return needles.stream().map(Needle::words).distinct().toList();
    }

    /// A person's name, or in its place a letter that stays theirs throughout the pack.
    Passage name(Item.Named person) {
        var reason = names.get(person.id());
        if (reason == null) {
            return text(person.name());
        }
        var place = List.copyOf(names.keySet()).indexOf(person.id());
        return new Passage(List.of(new Piece.Said("Person " + letters(place) + " "), new Piece.Gone(reason)));
    }

    private static String letters(int place) {
        return (place >= 26 ? letters(place / 26 - 1) : "") + (char) ('A' + place % 26);
    }

    /// Any text that is not a message: a conversation's name, a file's, a reason typed.
    Passage text(String text) {
        return passage(text, spread(text));
    }

    /// What one version of a message says.
    Passage text(Item item, Item.Version version) {
        var text = version.text();
        var gone = spread(text);
        words.getOrDefault(item, List.of()).stream()
                .filter(one -> ((Where.Words) one.where()).event().equals(version.event()))
                .forEach(one -> {
                    var span = (Where.Words) one.where();
                    mark(gone, new Folded.Range(span.from(), span.to()), one.reason());
                });
        var folded = Folded.of(text);
        needles.stream()
                .filter(needle -> item.equals(needle.of()))
                .forEach(needle -> folded.common(needle.words(), SHORTEST_REMAINDER)
                        .forEach(range -> mark(gone, range, needle.reason())));
        return passage(text, gone);
    }

    private @Nullable Reason[] spread(String text) {
        var gone = new @Nullable Reason[text.codePointCount(0, text.length())];
        var folded = Folded.of(text);
        needles.forEach(needle -> folded.find(needle.words()).forEach(range -> mark(gone, range, needle.reason())));
        return gone;
    }

    private static void mark(@Nullable Reason[] gone, Folded.Range range, Reason reason) {
        for (var i = range.from(); i < Math.min(range.to(), gone.length); i++) {
            if (gone[i] == null) {
                gone[i] = reason;
            }
        }
    }

    private static Passage passage(String text, @Nullable Reason[] gone) {
        var points = text.codePoints().toArray();
        wholeCharacters(points, gone);
        var pieces = new ArrayList<Piece>();
        for (var from = 0; from < points.length; ) {
            var reason = gone[from];
            var to = from;
            while (to < points.length && gone[to] == reason) {
                to++;
            }
            pieces.add(reason == null ? new Piece.Said(new String(points, from, to - from)) : new Piece.Gone(reason));
            from = to;
        }
        return new Passage(pieces);
    }

    /// A letter and its accents go together, whichever of them was marked.
    private static void wholeCharacters(int[] points, @Nullable Reason[] gone) {
        for (var i = points.length - 1; i > 0; i--) {
            if (belongsToTheOneBefore(points[i]) && gone[i] != null && gone[i - 1] == null) {
                gone[i - 1] = gone[i];
            }
        }
        for (var i = 1; i < points.length; i++) {
            if (belongsToTheOneBefore(points[i]) && gone[i] == null) {
                gone[i] = gone[i - 1];
            }
        }
    }

    private static boolean belongsToTheOneBefore(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_SYMBOL -> point > 127;
            default -> false;
        };
    }
}
