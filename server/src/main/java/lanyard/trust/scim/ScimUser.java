package lanyard.trust.scim;

import java.time.Instant;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// Somebody as the directory says they are.
record ScimUser(String id, String organization, UserId user, ObjectNode resource, Stamp stamp) {
    /// How often and when it was changed.
    record Stamp(long version, Instant created, Instant changed) {
        static Stamp first(Instant now) {
            return new Stamp(1, now, now);
        }

        Stamp next(Instant now) {
            return new Stamp(version + 1, created, now);
        }

        String tag() {
            return "W/\"" + version + "\"";
        }

        ObjectNode meta(String type, String location) {
            return lanyard.platform.json.Json.object()
                    .put("resourceType", type)
                    .put("created", created.toString())
                    .put("lastModified", changed.toString())
                    .put("location", location)
                    .put("version", tag());
        }
    }

    ScimUser with(ObjectNode fresh, Instant now) {
        return new ScimUser(id, organization, user, fresh, stamp.next(now));
    }
}
