package lanyard.governance.review;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lanyard.governance.custodian.OpenedEvent;
import lanyard.governance.review.Item.Named;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One opened event as a case keeps it: whole, with what it stood in. Unredacted: it hides itself.
record Kept(
        OpenedEvent event, Item.Conversation room, Named sender, Item.Around around, Optional<Item.Attachment> file) {

    ObjectNode toJson() {
        var json = Json.object()
                .put("room_id", event.room().value())
                .put("room_name", room.name())
                .put("health", room.health())
                .put("event_id", event.id().value())
                .put("ts", event.ts())
                .put("type", event.type())
                .put("hidden", event.hidden())
                .put("left", around.left());
        json.set("content", event.content());
        event.replaces().ifPresent(id -> json.put("replaces", id.value()));
        put(json.putObject("sender"), sender);
        var members = json.putArray("members");
        around.members().forEach(member -> put(members.addObject(), member));
        var reactions = json.putArray("reactions");
        around.reactions()
                .forEach(one ->
                        put(reactions.addObject(), one.by()).put("ts", one.ts()).put("key", one.key()));
        var reads = json.putArray("reads");
        around.reads().forEach(one -> put(reads.addObject(), one.by()).put("ts", one.ts()));
        around.deleted()
                .ifPresent(one -> put(json.putObject("deleted"), one.by())
                        .put("ts", one.ts())
                        .put("why", one.why()));
        file.ifPresent(one -> json.putObject("file")
                .put("name", one.name())
                .put("type", one.type())
                .put("bytes", one.bytes())
                .put("sha256", one.sha256())
                .put("blob", one.blob())
                .put("problem", one.problem()));
        return json;
    }

    private static ObjectNode put(ObjectNode json, Named who) {
        return json.put("id", who.id().value()).put("name", who.name());
    }

    static Kept of(ObjectNode json) {
        var room = new RoomId(Json.text(json, "room_id"));
        var sender = named(json.path("sender"));
        var content = Json.objectField(json, "content");
        var event = new OpenedEvent(
                room,
                new EventId(Json.text(json, "event_id")),
                sender.id(),
                json.path("ts").asLong(),
                Json.text(json, "type"),
                content,
                json.path("hidden").asBoolean(false),
                Json.optionalText(json, "replaces").map(EventId::new));
        var deleted = json.path("deleted");
        var around = new Item.Around(
                list(json, "members").stream().map(Kept::named).toList(),
                json.path("left").asBoolean(false),
                list(json, "reactions").stream()
                        .map(one -> new Item.Reaction(
                                named(one),
                                one.path("ts").asLong(),
                                one.path("key").asString("")))
                        .toList(),
                list(json, "reads").stream()
                        .map(one -> new Item.Read(named(one), one.path("ts").asLong()))
                        .toList(),
                deleted.isObject()
                        ? Optional.of(new Item.Deleted(
                                named(deleted),
                                deleted.path("ts").asLong(),
                                deleted.path("why").asString("")))
                        : Optional.empty(),
                Said.repliesTo(content));
        var conversation = new Item.Conversation(
                room, json.path("room_name").asString(""), json.path("health").asBoolean(true));
        return new Kept(event, conversation, sender, around, file(json.path("file")));
    }

    private static Optional<Item.Attachment> file(JsonNode file) {
        return file.isObject()
                ? Optional.of(new Item.Attachment(
                        file.path("name").asString(""),
                        file.path("type").asString(""),
                        file.path("bytes").asLong(),
                        file.path("sha256").asString(""),
                        file.path("blob").asString(""),
                        file.path("problem").asString("")))
                : Optional.empty();
    }

    private static Named named(JsonNode json) {
        return new Named(
                new UserId(json.path("id").asString("")), json.path("name").asString(""));
    }

    private static List<JsonNode> list(ObjectNode json, String field) {
        var list = new ArrayList<JsonNode>();
        if (json.path(field) instanceof ArrayNode array) {
            array.forEach((Consumer<JsonNode>) list::add);
        }
        return list;
    }

    /// The case's messages in the order of time, each with its edits. An edit whose message was not taken stands as a
    /// message.
    static List<Item> items(List<Kept> all) {
        var known = new HashMap<EventId, Kept>();
        all.forEach(kept -> known.put(kept.event().id(), kept));
        Map<EventId, List<Kept>> versions = new LinkedHashMap<>();
        for (var kept : all) {
            var root = kept.event()
                    .replaces()
                    .filter(id -> isEditOf(kept, known.get(id)))
                    .orElse(kept.event().id());
            versions.computeIfAbsent(root, id -> new ArrayList<>()).add(kept);
        }
        var items = new ArrayList<Item>();
        versions.forEach((root, of) -> items.add(item(items.size() + 1, root, of)));
        return items;
    }

    /// Only its sender edits a message.
    /// <https://spec.matrix.org/v1.18/client-server-api/#validity-of-replacement-events>
    private static boolean isEditOf(Kept edit, @org.jspecify.annotations.Nullable Kept of) {
        return of != null
                && of.sender().id().equals(edit.sender().id())
                && of.event().room().equals(edit.event().room());
    }

    private static Item item(int number, EventId root, List<Kept> of) {
        var first = of.stream()
                .filter(kept -> kept.event().id().equals(root))
                .findFirst()
                .orElse(of.getFirst());
        var versions = new ArrayList<Item.Version>();
        versions.add(version(first));
        of.stream()
                .filter(kept -> !kept.event().id().equals(first.event().id()))
                .map(Kept::version)
                .forEach(versions::add);
        return new Item(number, first.room(), root, first.sender(), versions, first.file(), first.around());
    }

    private static Item.Version version(Kept kept) {
        var event = kept.event();
        return new Item.Version(event.id(), event.ts(), Said.text(event.type(), event.content()));
    }

    @Override
    public String toString() {
        return "Kept[hidden]";
    }
}
