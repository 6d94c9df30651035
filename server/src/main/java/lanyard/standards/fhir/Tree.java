package lanyard.standards.fhir;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON trees in FHIR's manner: what is absent is left out, never null and never an empty list.
/// <https://hl7.org/fhir/R4/json.html>
final class Tree {
    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    static Tree resource(String type) {
        return new Tree().put("resourceType", type);
    }

    Tree put(String field, @Nullable String value) {
        if (value != null) {
            node.put(field, value);
        }
        return this;
    }

    Tree put(String field, @Nullable ObjectNode value) {
        if (value != null) {
            node.set(field, value);
        }
        return this;
    }

    <T> Tree list(String field, Collection<T> values, Function<? super T, ? extends JsonNode> toJson) {
        if (!values.isEmpty()) {
            node.set(field, array(values, toJson));
        }
        return this;
    }

    /// To the millisecond and in UTC, which is both a FHIR `instant` and a `dateTime`.
    Tree put(String field, Instant value) {
        return put(field, DateTimeFormatter.ISO_INSTANT.format(value.truncatedTo(ChronoUnit.MILLIS)));
    }

    ObjectNode build() {
        return node;
    }

    private static <T> ArrayNode array(Collection<T> values, Function<? super T, ? extends JsonNode> toJson) {
        var array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(toJson.apply(value)));
        return array;
    }

    /// Reading is forgiving: somebody else's server wrote this, and what is of the wrong shape counts as absent.
    static Optional<String> text(@Nullable JsonNode from, String field) {
        return from == null || !from.path(field).isString()
                ? Optional.empty()
                : Optional.of(from.path(field).stringValue());
    }

    static Stream<JsonNode> items(@Nullable JsonNode from, String field) {
        return from == null || !from.path(field).isArray()
                ? Stream.empty()
                : List.copyOf(from.path(field).values()).stream();
    }
}
