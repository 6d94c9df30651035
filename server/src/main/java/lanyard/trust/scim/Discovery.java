package lanyard.trust.scim;

import java.util.List;
import java.util.Optional;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a directory may ask of us. <https://www.rfc-editor.org/rfc/rfc7644#section-4>
final class Discovery {
    private static final String CONFIG = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
    private static final String TYPE = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
    private static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema";

    private Discovery() {}

    static ObjectNode config(ScimParts parts) {
        var config = Json.object();
        config.putArray("schemas").add(CONFIG);
        config.putObject("patch").put("supported", true);
        config.putObject("bulk").put("supported", false).put("maxOperations", 0).put("maxPayloadSize", 0);
        config.putObject("filter").put("supported", true).put("maxResults", ScimEndpoints.MOST_IN_A_PAGE);
        config.putObject("changePassword").put("supported", false);
        config.putObject("sort").put("supported", false);
        config.putObject("etag").put("supported", true);
        config.putArray("authenticationSchemes")
                .addObject()
                .put("type", "oauthbearertoken")
                .put("name", "Bearer token")
                .put("description", "A token that an administrator of the organisation has made.");
        meta(parts, config, "ServiceProviderConfig", "/ServiceProviderConfig");
        return config;
    }

    static ObjectNode types(ScimParts parts) {
        var user = type(parts, "User", "/Users", Schema.USER);
        var extensions = user.putArray("schemaExtensions");
        extensions.addObject().put("schema", Schema.ENTERPRISE).put("required", false);
        extensions.addObject().put("schema", Schema.STAFF).put("required", false);
        return list(List.of(user, type(parts, "Group", "/Groups", Schema.GROUP)));
    }

    private static ObjectNode type(ScimParts parts, String name, String path, String schema) {
        var type = Json.object()
                .put("id", name)
                .put("name", name)
                .put("endpoint", path)
                .put("schema", schema);
        type.putArray("schemas").add(TYPE);
        meta(parts, type, "ResourceType", "/ResourceTypes/" + name);
        return type;
    }

    static ObjectNode schemas(ScimParts parts) {
        return list(List.of(Schema.USER, Schema.GROUP, Schema.ENTERPRISE, Schema.STAFF).stream()
                .flatMap(urn -> schema(parts, urn).stream())
                .toList());
    }

    static Optional<ObjectNode> schema(ScimParts parts, String urn) {
        return Schema.findUrn(urn).map(known -> {
            var all = known.equals(Schema.GROUP) ? Schema.GROUPS : Schema.USERS;
            var holder = known.equals(Schema.USER) || known.equals(Schema.GROUP) ? "" : known;
            var schema = Json.object().put("id", known).put("name", name(known));
            schema.putArray("schemas").add(SCHEMA);
            var attributes = schema.putArray("attributes");
            all.stream()
                    .filter(attribute -> attribute.urn().equals(holder))
                    .forEach(attribute -> describe(attributes, attribute));
            meta(parts, schema, "Schema", "/Schemas/" + known);
            return schema;
        });
    }

    private static String name(String urn) {
        return switch (urn) {
            case Schema.ENTERPRISE -> "Enterprise user";
            case Schema.STAFF -> "Staff";
            case Schema.GROUP -> "Group";
            default -> "User";
        };
    }

    private static void describe(ArrayNode list, Schema.Attribute attribute) {
        var one = attribute(list, attribute.name(), attribute.type())
                .put("multiValued", attribute.many())
                .put("required", attribute.name().equals("userName"))
                .put("uniqueness", attribute.name().equals("userName") ? "server" : "none");
        if (attribute.isWriteOnly()) {
            one.put("mutability", "writeOnly").put("returned", "never");
        }
        if (!attribute.parts().isEmpty()) {
            var parts = one.putArray("subAttributes");
            attribute
                    .parts()
                    .forEach(part -> attribute(parts, part, part.equals("primary") ? "boolean" : "string")
                            .put("multiValued", false)
                            .put("required", false)
                            .put("uniqueness", "none"));
        }
    }

    private static ObjectNode attribute(ArrayNode list, String name, String type) {
        return list.addObject()
                .put("name", name)
                .put("type", type)
                .put("caseExact", name.equals("externalId"))
                .put("mutability", "readWrite")
                .put("returned", "default");
    }

    private static void meta(ScimParts parts, ObjectNode of, String type, String path) {
        of.putObject("meta")
                .put("resourceType", type)
                .put("location", parts.at(ScimEndpoints.BASE + path).toString());
    }

    private static ObjectNode list(List<ObjectNode> resources) {
        var list = Json.object();
        list.putArray("schemas").add(Schema.LIST);
        list.put("totalResults", resources.size()).put("startIndex", 1).put("itemsPerPage", resources.size());
        list.putArray("Resources").addAll(resources);
        return list;
    }
}
