package lanyard.governance.review;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import lanyard.governance.disclosure.Shown;
import lanyard.standards.matrix.EventId;

/// What of a message is put to a health professional: everything that is not withheld for serious harm, edits as well.
/// An opinion counts for that alone: who withholds words for harm asks again about what is left, and who takes that
/// back, or finds another edit, has no opinion on it.
final class HealthTexts {
    private static final DateTimeFormatter SAID =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.UK).withZone(ZoneId.of("Europe/London"));

    private final Withheld withheld;

    HealthTexts(List<Item> items, Notes notes) {
        this.withheld = new Withheld(
                items,
                notes.withholdings().stream()
                        .filter(one -> one.reason() == Reason.SAR_SERIOUS_HARM)
                        .toList());
    }

    /// Each event of the message, with the hash of what is shown of it.
    Map<EventId, String> covers(Item item) {
        var covers = new LinkedHashMap<EventId, String>();
        for (var version : item.versions()) {
            var file = version.event().equals(item.id()) ? fileOf(item) : "";
            var shown = withheld.text(item, version).plain() + "\n" + file;
            covers.put(version.event(), PackArchive.sha256(shown.getBytes(StandardCharsets.UTF_8)));
        }
        return covers;
    }

    private String fileOf(Item item) {
        return item.file()
                .filter(file -> withheld.file(item).isEmpty())
                .map(file -> "file " + file.sha256())
                .orElse("");
    }

    /// What was said, when and how it was edited: not by whom, nor to whom.
    Shown shown(Item item) {
        var versions = item.versions().stream()
                .map(version -> SAID.format(Instant.ofEpochMilli(version.ts())) + ": "
                        + withheld.text(item, version).plain())
                .collect(Collectors.joining("\nEdited, "));
        var file = item.file()
                .filter(one -> withheld.file(item).isEmpty())
                .map(one -> "\nIt carries a file, " + withheld.text(one.name()).plain()
                        + ": have it shown to you before you answer.")
                .orElse("");
        return new Shown("Message " + item.number() + ", " + versions + file, covers(item));
    }
}
