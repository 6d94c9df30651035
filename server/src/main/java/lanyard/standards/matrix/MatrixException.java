package lanyard.standards.matrix;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A refusal in Matrix's own shape: a standard code and a sentence a person can act on. Mapped to HTTP once, in
/// `platform.http`. The sentence never carries message text or a patient's identifier.
public final class MatrixException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, JsonNode> fields = new LinkedHashMap<>();
    private int status;

    public MatrixException(ErrorCode code, String sentence) {
        // A refusal is an answer, not a fault: no stack trace is collected.
        super(sentence, null, false, false);
        this.code = code;
        this.status = code.status();
    }

    /// Adds a field to the error's body, e.g. `retry_after_ms` or `flows`.
    public MatrixException with(String field, JsonNode value) {
        fields.put(field, value);
        return this;
    }

    /// The few places where the specification asks for another status than the code's usual one.
    public MatrixException status(int other) {
        status = other;
        return this;
    }

    public ErrorCode code() {
        return code;
    }

    public int status() {
        return status;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    public Map<String, JsonNode> fields() {
        return Map.copyOf(fields);
    }
}
