package lanyard.trust.audit;

import java.util.regex.Pattern;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.CanonicalJson;
import tools.jackson.databind.node.ObjectNode;

/// One governance deed: what was done (`hold.placed`), by whom, to what, and why. `details` carries ids and numbers
/// only: never message text, never a patient's identifier.
public record AuditEntry(String action, String actor, String subject, String reason, ObjectNode details) {
    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9_]{0,31}(\\.[a-z][a-z0-9_]{0,31}){1,3}");
    private static final int LONGEST_ID = 300;
    private static final int LONGEST_REASON = 1_000;
    private static final int MOST_DETAILS_BYTES = 8_192;

    public AuditEntry {
        if (!ACTION.matcher(action).matches()) {
            throw new IllegalArgumentException("an audit action is named like hold.placed");
        }
        if (actor.isBlank() || actor.length() > LONGEST_ID || subject.length() > LONGEST_ID) {
            throw new IllegalArgumentException("an audit entry names who acted and on what, in at most 300 characters");
        }
        if (reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("a reason has at most 1000 characters");
        }
        if (CanonicalJson.bytes(details).length > MOST_DETAILS_BYTES) {
            throw new IllegalArgumentException("an audit entry's details have at most 8 KiB");
        }
        details = details.deepCopy();
    }

    public AuditEntry(String action, String actor, String subject, String reason) {
        this(action, actor, subject, reason, Json.object());
    }

    /// What is hashed: the entry and its time, in the one encoding everybody can repeat.
    byte[] canonical(long ts) {
        var entry = Json.object();
        entry.put("action", action);
        entry.put("actor", actor);
        entry.put("subject", subject);
        entry.put("reason", reason);
        entry.set("details", details);
        entry.put("ts", ts);
        return CanonicalJson.bytes(entry);
    }
}
