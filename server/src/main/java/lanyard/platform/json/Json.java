package lanyard.platform.json;

import java.util.Optional;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Strict JSON in, plain JSON out.
public final class Json {
    static final int MAXIMUM_DEPTH = 32;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAXIMUM_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
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

    /// Parses what a client sent. Errors: `M_NOT_JSON` when it is not JSON, `M_BAD_JSON` when it is not an object or
    /// holds
    /// what Matrix's canonical JSON cannot (<https://spec.matrix.org/v1.18/appendices/#canonical-json>).
    public static ObjectNode object(byte[] body) {
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new MatrixException(ErrorCode.M_NOT_JSON, "The request body is not valid JSON.");
        }
        throw new MatrixException(ErrorCode.M_BAD_JSON, "The request body must be a JSON object.");
    }

    /// A required string. Errors: `M_BAD_JSON` when it is missing or not a string.
    public static String text(ObjectNode from, String field) {
        return optionalText(from, field)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_BAD_JSON, "The field " + field + " is missing."));
    }

    public static Optional<String> optionalText(ObjectNode from, String field) {
        var value = from.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw new MatrixException(ErrorCode.M_BAD_JSON, "The field " + field + " must be a string.");
        }
        return Optional.of(value.stringValue());
    }

    public static ObjectNode objectField(ObjectNode from, String field) {
        return optionalObject(from, field)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_BAD_JSON, "The field " + field + " is missing."));
    }

    public static Optional<ObjectNode> optionalObject(ObjectNode from, String field) {
        var value = from.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (value instanceof ObjectNode object) {
            return Optional.of(object);
        }
        throw new MatrixException(ErrorCode.M_BAD_JSON, "The field " + field + " must be an object.");
    }

    public static Optional<ArrayNode> optionalArray(ObjectNode from, String field) {
        var value = from.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (value instanceof ArrayNode array) {
            return Optional.of(array);
        }
        throw new MatrixException(ErrorCode.M_BAD_JSON, "The field " + field + " must be a list.");
    }
}
