package lanyard.trust.scim;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// A group as the directory says it is: kept and listed, and nothing follows from it yet.
record ScimGroup(
        String id,
        String organization,
        String displayName,
        Optional<String> externalId,
        List<String> members,
        ScimUser.Stamp stamp) {

    ScimGroup {
        members = List.copyOf(members);
    }

    static ScimGroup of(String id, String organization, ObjectNode clean, ScimUser.Stamp stamp) {
        var name = Form.optional(clean, "displayName")
                .orElseThrow(() -> ScimRefusal.invalidValue("displayName is needed."));
        var members = clean.path("members")
                .valueStream()
                .map(member -> member.path("value").asString(""))
                .distinct()
                .toList();
        return new ScimGroup(id, organization, name, Form.optional(clean, "externalId"), members, stamp);
    }

    ScimGroup with(ObjectNode clean, Instant now) {
        return of(id, organization, clean, stamp.next(now));
    }

    ObjectNode resource() {
        var resource = Json.object().put("displayName", displayName);
        externalId.ifPresent(external -> resource.put("externalId", external));
        var list = resource.putArray("members");
        members.forEach(member -> list.addObject().put("value", member));
        return resource;
    }
}
