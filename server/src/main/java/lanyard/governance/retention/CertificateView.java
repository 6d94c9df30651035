package lanyard.governance.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.messaging.room.Rooms;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.People;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Certificates and lines of disposals as templates read them: times as moments, missing words empty, rooms and people
/// by the names that they have now, as on the page of holds too. An id stays the same for ever, so it is shown beside
/// the name: it is what proves.
final class CertificateView {
    private final Rooms rooms;
    private final People people;

    CertificateView(Rooms rooms, People people) {
        this.rooms = rooms;
        this.people = people;
    }

    /// Somebody or something with a name.
    ///
    /// @param name as people call it, or empty when nothing is known but the id
    public record Named(String name, String id) {}

    Map<String, Object> of(ObjectNode certificate) {
        return flat(certificate);
    }

    private Map<String, Object> flat(ObjectNode node) {
        Map<String, Object> flat = new HashMap<>();
        for (var name : List.of(
                "kind",
                "reason",
                "ended_by",
                "ended",
                "first_said",
                "last_said",
                "places",
                "since",
                "from",
                "months",
                "order_id",
                "certificate_id",
                "room_id",
                "reference",
                "made_again",
                "audit_action",
                "audit_slot",
                "audit_index",
                "inclusion",
                "device_id",
                "left_at",
                "because",
                "checkpoint",
                "leaf_hash",
                "path")) {
            flat.put(name, "");
        }
        node.forEachEntry((name, value) -> flat.put(key(name), plain(name, value)));
        person(node, "ended_by").ifPresent(who -> flat.put("ended_by", who));
        person(node, "user_id").ifPresent(who -> flat.put("who", who));
        flat.put("conversation", room(node.path("room_id").asString("")));
        return flat;
    }

    /// A moment loses its ending, unless something else has that name.
    private static String key(String name) {
        return name.equals("left_ts") ? "left_at" : name.replace("_ts", "");
    }

    private Object plain(String name, JsonNode value) {
        if (name.endsWith("_ts")) {
            return Instant.ofEpochMilli(value.asLong());
        }
        if (value instanceof ObjectNode inner) {
            return flat(inner);
        }
        if (value.isArray()) {
            var list = new ArrayList<Object>();
            value.forEach(item -> list.add(item instanceof ObjectNode inner ? flat(inner) : item.asString("")));
            return list;
        }
        return value.isBoolean() ? value.booleanValue() : value.asString("");
    }

    /// Name and role, as the directory has them; the server itself where nobody did it.
    Named person(String id) {
        if (!id.startsWith("@")) {
            return new Named("Lanyard itself", id);
        }
        var name = people.find(new UserId(id))
                .map(person -> Stream.of(person.displayName(), person.role())
                        .filter(Predicate.not(String::isBlank))
                        .collect(Collectors.joining(", ")))
                .orElse("");
        return new Named(name, id);
    }

    private Optional<Named> person(ObjectNode node, String field) {
        return Optional.of(node.path(field).asString(""))
                .filter(Predicate.not(String::isEmpty))
                .map(this::person);
    }

    /// What the room is for, which is what people see as its name.
    Named room(String id) {
        if (!RoomId.isValid(id)) {
            return new Named("", id);
        }
        return new Named(rooms.find(new RoomId(id)).map(room -> room.purpose()).orElse(""), id);
    }
}
