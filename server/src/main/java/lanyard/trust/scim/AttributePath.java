package lanyard.trust.scim;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Where a value stands in a resource: `userName`, `name.givenName`, `emails[type eq "work"].value`, each perhaps with
/// its schema's name before it.
///
/// @param filter which of many values are meant; null for all
/// @param part the part of a complex value; null for the whole
record AttributePath(
        Schema.Attribute attribute,
        @Nullable Filter filter,
        @Nullable String part) {
    /// Empty for an attribute that is not kept. Errors: `invalidPath` for what is no path.
    static Optional<AttributePath> read(List<Schema.Attribute> known, String text) {
        if (text.length() > 1_000) {
            throw ScimRefusal.invalidPath("The path is too long.");
        }
        var urn = Schema.urnBefore(text).orElse("");
        var path = urn.isEmpty() ? text : text.substring(urn.length() + 1);
        var bracket = path.indexOf('[');
        if (bracket < 0) {
            var dot = path.indexOf('.');
            var name = dot < 0 ? path : path.substring(0, dot);
            return of(known, urn, name, Optional.empty(), dot < 0 ? "" : path.substring(dot + 1));
        }
        var end = path.lastIndexOf(']');
        if (end < bracket) {
            throw ScimRefusal.invalidPath("The path has a bracket that is not closed.");
        }
        var rest = path.substring(end + 1);
        if (!rest.isEmpty() && !rest.startsWith(".")) {
            throw ScimRefusal.invalidPath("After the bracket comes a dot and a part's name.");
        }
        var filter = new FilterReader(known, path.substring(bracket + 1, end), path.substring(0, bracket)).read();
        return of(known, urn, path.substring(0, bracket), Optional.of(filter), rest.isEmpty() ? "" : rest.substring(1));
    }

    private static Optional<AttributePath> of(
            List<Schema.Attribute> known, String urn, String name, Optional<Filter> filter, String part) {
        if (!name.matches("[A-Za-z$][A-Za-z0-9_$-]*") || !part.matches("([A-Za-z$][A-Za-z0-9_$-]*)?")) {
            throw ScimRefusal.invalidPath("An attribute's name has letters, digits, - and _ only.");
        }
        return Schema.find(known, urn, name).flatMap(attribute -> {
            if (part.isEmpty()) {
                return Optional.of(new AttributePath(attribute, filter.orElse(null), null));
            }
            return Schema.part(attribute, part)
                    .map(known1 -> new AttributePath(attribute, filter.orElse(null), known1));
        });
    }

    /// The values there, none where nothing is.
    Stream<JsonNode> values(ObjectNode resource) {
        JsonNode holder = attribute.urn().isEmpty() ? resource : resource.path(attribute.urn());
        var value = holder.path(attribute.name());
        var all = value.isArray() ? value.valueStream() : Stream.of(value);
        var wanted = filter;
        return all.filter(one -> !one.isMissingNode() && !one.isNull())
                .filter(one -> wanted == null || (one instanceof ObjectNode object && wanted.matches(object)))
                .map(one -> part == null ? simple(one) : one.path(part))
                .filter(one -> !one.isMissingNode() && !one.isNull());
    }

    /// Of a complex value that is compared as a whole, its `value` is meant.
    private static JsonNode simple(JsonNode one) {
        return one.isObject() && one.has("value") ? one.path("value") : one;
    }

    /// The object that holds the attribute, made where it is not there yet.
    ObjectNode holder(ObjectNode resource) {
        if (attribute.urn().isEmpty()) {
            return resource;
        }
        return resource.path(attribute.urn()) instanceof ObjectNode there ? there : resource.putObject(attribute.urn());
    }

    static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }
}
