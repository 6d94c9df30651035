package lanyard.governance.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lanyard.governance.review.Item.Named;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// Messages of a case, for tests.
final class Items {
    static final Named RHIAN = new Named(new UserId("@rhian.lloyd:ward.example"), "Rhian Lloyd");
    static final Named TOM = new Named(new UserId("@tom.price:ward.example"), "Tom Price");
    static final long START = 1_780_000_000_000L;

    private final List<Item> items = new ArrayList<>();
    private int events;

    EventId nextEvent() {
        return new EventId("$event" + ++events);
    }

    Item say(Named by, String... versions) {
        return add(by, Optional.empty(), around(Optional.empty()), versions);
    }

    static Item.Around around(Optional<EventId> repliesTo) {
        return new Item.Around(List.of(RHIAN, TOM), false, List.of(), List.of(), Optional.empty(), repliesTo);
    }

    /// In a conversation that is not clinical.
    Item elsewhere(String text) {
        var version = new Item.Version(nextEvent(), START + events * 1_000L, text);
        var room = new Item.Conversation(new RoomId("!social"), "Party", false);
        var around = around(Optional.empty());
        var item = new Item(items.size() + 1, room, version.event(), TOM, List.of(version), Optional.empty(), around);
        items.add(item);
        return item;
    }

    Item add(Named by, Optional<Item.Attachment> file, Item.Around around, String... versions) {
        var all = new ArrayList<Item.Version>();
        for (var text : versions) {
            all.add(new Item.Version(nextEvent(), START + events * 1_000L, text));
        }
        var room = new Item.Conversation(new RoomId("!ward"), "Ward 7", true);
        var item = new Item(items.size() + 1, room, all.getFirst().event(), by, all, file, around);
        items.add(item);
        return item;
    }

    List<Item> all() {
        return List.copyOf(items);
    }

    static Withholding withhold(Reason reason, Withholding.Where where) {
        return new Withholding("w", where, reason, RHIAN.id(), START);
    }

    /// Withholds the first place of `words` in a version.
    static Withholding words(Item.Version version, String words, Reason reason) {
        var at = version.text().indexOf(words);
        var from = version.text().codePointCount(0, at);
        var to = from + words.codePointCount(0, words.length());
        return withhold(reason, new Withholding.Where.Words(version.event(), from, to));
    }
}
