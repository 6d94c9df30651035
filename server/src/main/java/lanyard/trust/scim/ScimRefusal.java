package lanyard.trust.scim;

import lanyard.platform.http.Reply;
import lanyard.platform.json.Json;

/// A refusal in SCIM's own form. <https://www.rfc-editor.org/rfc/rfc7644#section-3.12>
final class ScimRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    /// `type` is SCIM's word for what is wrong, or empty where it has none.
    ScimRefusal(int status, String type, String sentence) {
        // A refusal is an answer, not a fault: no stack trace is collected.
        super(sentence, null, false, false);
        this.status = status;
        this.type = type;
    }

    static ScimRefusal invalidValue(String sentence) {
        return new ScimRefusal(400, "invalidValue", sentence);
    }

    static ScimRefusal invalidPath(String sentence) {
        return new ScimRefusal(400, "invalidPath", sentence);
    }

    static ScimRefusal invalidFilter() {
        return new ScimRefusal(400, "invalidFilter", "The filter cannot be read. Say for example userName eq \"ann\".");
    }

    static ScimRefusal notFound() {
        return new ScimRefusal(404, "", "There is no such resource here.");
    }

    int status() {
        return status;
    }

    Reply reply() {
        return reply(status, type, String.valueOf(getMessage()), "");
    }

    /// `errcode` says it in Matrix's word too, as on every other route here.
    static Reply reply(int status, String type, String sentence, String errcode) {
        var body = Json.object();
        body.putArray("schemas").add(Schema.ERROR);
        body.put("status", Integer.toString(status)).put("detail", sentence);
        if (!type.isEmpty()) {
            body.put("scimType", type);
        }
        if (!errcode.isEmpty()) {
            body.put("errcode", errcode);
        }
        return Reply.json(status, body).header("Content-Type", Schema.MEDIA_TYPE);
    }
}
