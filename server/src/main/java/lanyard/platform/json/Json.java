package lanyard.platform.json;

import java.util.Optional;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Strict JSON in, plain JSON out.
///
/// The readers of fields treat `null` like a field that is not there, and refuse a wrong type with `M_BAD_JSON`.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonMapper FORGETFUL = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                    .build())
            .build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /// The same of what must not stay in memory: the usual way keeps its buffers, and what was in them, for the next.
    public static byte[] secretBytes(JsonNode node) {
        return FORGETFUL.writeValueAsBytes(node);
    }

    /// Parses what a client sent. Errors: `M_NOT_JSON` when it is not JSON; `M_BAD_JSON` when it is not an object, or
    /// holds what Matrix's canonical JSON cannot (<https://spec.matrix.org/v1.18/appendices/#canonical-json>).
    public static ObjectNode object(byte[] body) {
        if (StrictParser.parse(body) instanceof ObjectNode object) {
            return object;
        }
        throw notAnObject();
    }

    /// What only its writer's own apps read back, such as account data: numbers may have fractions there and are kept
    /// as
    /// they were written. Never for anything that becomes an event. Errors: as [#object(byte[])].
    public static ObjectNode ownObject(byte[] body) {
        if (StrictParser.parseWithFractions(body) instanceof ObjectNode object) {
            return object;
        }
        throw notAnObject();
    }

    /// What this server has written itself and signed or keeps in its own hands, such as a case file: as strict, but as
    /// large as it is. Never for what a client sends. Errors: as [#object(byte[])].
    public static ObjectNode largeObject(byte[] bytes) {
        if (StrictParser.parseLarge(bytes) instanceof ObjectNode object) {
            return object;
        }
        throw notAnObject();
    }

    private static MatrixException notAnObject() {
        return new MatrixException(ErrorCode.M_BAD_JSON, "The request body must be a JSON object.");
    }

    /// A required string. Errors: `M_BAD_JSON` when it is missing or not a string, `M_INVALID_PARAM` as below.
    public static String text(ObjectNode from, String field) {
        return required(optionalText(from, field), field);
    }

    /// Errors: `M_BAD_JSON` when it is not a string, `M_INVALID_PARAM` when it holds a NUL, which PostgreSQL's text
    /// cannot: better refused here than a fault at the store.
    public static Optional<String> optionalText(ObjectNode from, String field) {
        var value = present(from, field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw wrongType(field, "a string");
        }
        var text = value.stringValue();
        if (text.indexOf('\0') >= 0) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "The field " + field + " must not hold a NUL character.");
        }
        return Optional.of(text);
    }

    public static long longField(ObjectNode from, String field) {
        return required(optionalLong(from, field), field);
    }

    public static Optional<Long> optionalLong(ObjectNode from, String field) {
        var value = present(from, field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrongType(field, "an integer");
        }
        return Optional.of(value.longValue());
    }

    public static boolean booleanField(ObjectNode from, String field) {
        return required(optionalBoolean(from, field), field);
    }

    public static Optional<Boolean> optionalBoolean(ObjectNode from, String field) {
        var value = present(from, field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw wrongType(field, "true or false");
        }
        return Optional.of(value.booleanValue());
    }

    public static ObjectNode objectField(ObjectNode from, String field) {
        return required(optionalObject(from, field), field);
    }

    public static Optional<ObjectNode> optionalObject(ObjectNode from, String field) {
        return switch (present(from, field)) {
            case null -> Optional.empty();
            case ObjectNode object -> Optional.of(object);
            case JsonNode _ -> throw wrongType(field, "an object");
        };
    }

    public static ArrayNode arrayField(ObjectNode from, String field) {
        return required(optionalArray(from, field), field);
    }

    public static Optional<ArrayNode> optionalArray(ObjectNode from, String field) {
        return switch (present(from, field)) {
            case null -> Optional.empty();
            case ArrayNode array -> Optional.of(array);
            case JsonNode _ -> throw wrongType(field, "a list");
        };
    }

    private static @Nullable JsonNode present(ObjectNode from, String field) {
        var value = from.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private static <T> T required(Optional<T> value, String field) {
        return value.orElseThrow(
                () -> new MatrixException(ErrorCode.M_BAD_JSON, "The field " + field + " is missing."));
    }

    private static MatrixException wrongType(String field, String wanted) {
        return new MatrixException(ErrorCode.M_BAD_JSON, "The field " + field + " must be " + wanted + ".");
    }
}
