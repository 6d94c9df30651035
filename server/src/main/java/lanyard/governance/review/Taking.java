package lanyard.governance.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import lanyard.governance.custodian.OpenedEvent;
import lanyard.governance.disclosure.CaseId;
import lanyard.governance.review.Item.Named;
import lanyard.messaging.room.RoomKind;
import lanyard.messaging.timeline.History;
import lanyard.messaging.timeline.RoomState;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.NewPerson;
import lanyard.trust.identity.Person;
import tools.jackson.databind.JsonNode;

/// Gathers what opened events stood in: who was there, who had read them, what became of them, and the files they
/// carry. It takes its time, so it is done before the deed that keeps the result.
final class Taking {
    private static final int PAGE = 500;
    static final String REACTION = "m.reaction";
    private static final String ANNOTATION = "m.annotation";
    private static final String RELATES_TO = "m.relates_to";
    private static final String TAKEN_BACK = " (taken back)";

    private final ReviewParts.Conversations conversations;
    private final ReviewParts.Others others;
    private final CaseFiles files;
    private final CaseId id;
    private final Map<UserId, Named> names = new HashMap<>();
    private final Map<EventId, Kept> kept = new HashMap<>();
    private final Set<EventId> missing = new HashSet<>();
    private final Map<EventId, Map<EventId, Item.Reaction>> reactions = new HashMap<>();

    Taking(ReviewParts parts, CaseFiles files, CaseId id) {
        this.conversations = parts.conversations();
        this.others = parts.others();
        this.files = files;
        this.id = id;
    }

    /// What to keep, in the order of `events`.
    List<Kept> gather(List<OpenedEvent> events) {
        Map<RoomId, List<OpenedEvent>> byRoom = new HashMap<>();
        events.forEach(event ->
                byRoom.computeIfAbsent(event.room(), room -> new ArrayList<>()).add(event));
        byRoom.forEach((room, of) -> gather(conversations.timeline().getRoom(room), of));
        return events.stream()
                .map(event -> kept.get(event.id()))
                .flatMap(Stream::ofNullable)
                .distinct()
                .toList();
    }

    /// Edits of what was gathered that were not among it: there is more to be read.
    Set<EventId> missing() {
        return Set.copyOf(missing);
    }

    private void gather(RoomState room, List<OpenedEvent> events) {
        var all = originals(room);
        var places = new HashMap<EventId, History.Original>();
        all.forEach(original -> places.put(original.id(), original));
        var ids = new HashSet<EventId>();
        events.forEach(event -> ids.add(event.id()));
        var about = conversation(room);
        learnReactions(all, events);
        for (var event : events) {
            var place = places.get(event.id());
            // A sign is not a message: it stands with the one it answers.
            if (place != null && !event.type().equals(REACTION)) {
                var around = around(room, event, place, places);
                kept.put(event.id(), new Kept(event, about, named(event.sender()), around, file(event)));
            }
        }
        all.stream()
                .filter(original ->
                        relation(original, "m.replace").filter(ids::contains).isPresent())
                .map(History.Original::id)
                .filter(edit -> !ids.contains(edit))
                .forEach(missing::add);
    }

    private List<History.Original> originals(RoomState room) {
        var history = new History(conversations.timeline());
        var all = new ArrayList<History.Original>();
        for (var page = history.originals(room, 0, PAGE);
                !page.isEmpty();
                page = history.originals(room, page.getLast().seq(), PAGE)) {
            page.stream().filter(Taking::isOfUse).forEach(all::add);
        }
        return all;
    }

    private static boolean isOfUse(History.Original original) {
        return !original.pdu().has("state_key");
    }

    private Item.Conversation conversation(RoomState room) {
        var known = conversations.rooms().find(room.id());
        var name = room.event("m.room.name", "")
                .map(event -> event.path("content").path("name").asString(""))
                .filter(text -> !text.isBlank())
                .or(() -> known.map(one -> one.purpose()))
                .orElse("");
        var health = known.map(one -> one.kind() == RoomKind.CLINICAL).orElse(true);
        return new Item.Conversation(room.id(), name, health);
    }

    private Named named(UserId user) {
        return names.computeIfAbsent(
                user,
                one -> new Named(
                        one,
                        others.identity()
                                .people()
                                .find(one)
                                .map(Person::displayName)
                                .filter(name -> !name.isBlank())
                                .orElse(one.localpart())));
    }

    private Item.Around around(
            RoomState room, OpenedEvent event, History.Original place, Map<EventId, History.Original> places) {
        var members = Stream.concat(room.joined(), room.withMembership("leave"))
                .filter(user -> !NewPerson.isReserved(user.localpart()))
                .filter(user -> room.membershipAt(user, place.seq()).equals("join"))
                .map(this::named)
                .sorted(java.util.Comparator.comparing(Named::name))
                .toList();
        var signs = reactions.getOrDefault(event.id(), Map.of()).values();
        var reads = reads(room.id(), event.sender(), place.seq());
        var deleted = place.redactedBy()
                .map(places::get)
                .map(one -> new Item.Deleted(
                        by(one),
                        ts(one),
                        one.pdu().path("content").path("reason").asString("")));
        var left = !room.isJoined(event.sender());
        return new Item.Around(members, left, List.copyOf(signs), reads, deleted, Said.repliesTo(event.content()));
    }

    /// Each reader once, with the earliest time that is known: a receipt says how far somebody has read, so it is when
    /// they had read a message before it at the latest.
    private List<Item.Read> reads(RoomId room, UserId sender, long seq) {
        var earliest = new TreeMap<String, Item.Read>();
        conversations.marks().openlyRead(room).stream()
                .filter(receipt -> receipt.seq() >= seq
                        && !receipt.key().user().equals(sender)
                        && !NewPerson.isReserved(receipt.key().user().localpart()))
                .forEach(receipt -> earliest.merge(
                        receipt.key().user().value(),
                        new Item.Read(named(receipt.key().user()), receipt.ts()),
                        (one, other) -> one.ts() <= other.ts() ? one : other));
        return List.copyOf(earliest.values());
    }

    /// Those whose sign is readable for everybody, and those that were opened.
    private void learnReactions(List<History.Original> all, List<OpenedEvent> events) {
        all.stream()
                .filter(one -> type(one).equals(REACTION))
                .forEach(one -> relation(one, ANNOTATION)
                        .ifPresent(target -> sign(target, one.id(), new Item.Reaction(by(one), ts(one), key(one)))));
        events.stream()
                .filter(event -> event.type().equals(REACTION))
                .forEach(event -> relation(event.content(), ANNOTATION).ifPresent(target -> {
                    var key = event.content().path(RELATES_TO).path("key").asString("");
                    var shown = event.hidden() ? key + TAKEN_BACK : key;
                    sign(target, event.id(), new Item.Reaction(named(event.sender()), event.ts(), shown));
                }));
    }

    private void sign(EventId target, EventId id, Item.Reaction reaction) {
        reactions.computeIfAbsent(target, _ -> new LinkedHashMap<>()).putIfAbsent(id, reaction);
    }

    private static String type(History.Original original) {
        return original.pdu().path("type").asString("");
    }

    private Named by(History.Original original) {
        return named(new UserId(original.pdu().path("sender").asString("")));
    }

    private static long ts(History.Original original) {
        return original.pdu().path("origin_server_ts").asLong();
    }

    private static String key(History.Original original) {
        var key = original.pdu().path("content").path(RELATES_TO).path("key").asString("");
        return original.redactedBy().isPresent() ? key + TAKEN_BACK : key;
    }

    private static Optional<EventId> relation(History.Original original, String type) {
        return relation(original.pdu().path("content"), type);
    }

    private static Optional<EventId> relation(JsonNode content, String type) {
        var relation = content.path(RELATES_TO);
        return relation.path("rel_type").asString("").equals(type)
                ? Optional.of(relation.path("event_id").asString(""))
                        .filter(EventId::isValid)
                        .map(EventId::new)
                : Optional.empty();
    }

    private Optional<Item.Attachment> file(OpenedEvent event) {
        var content = event.content();
        if (!Said.hasFile(content)) {
            return Optional.empty();
        }
        var name = Said.fileName(content);
        var type = content.path("info").path("mimetype").asString("");
        return Optional.of(bytes(content)
                .map(bytes -> new Item.Attachment(
                        name, type, bytes.length, PackArchive.sha256(bytes), files.put(id, bytes), ""))
                .orElseGet(() -> new Item.Attachment(
                        name, type, 0, "", "", "the file is no longer kept, or is not the one that was sent")));
    }

    private Optional<byte[]> bytes(JsonNode content) {
        return EncryptedFile.of(content.path("file"))
                .flatMap(file -> conversations
                        .media()
                        .openForCase(file.mediaId())
                        .map(in -> {
                            try (in) {
                                return in.readAllBytes();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                        .flatMap(file::open));
    }
}
