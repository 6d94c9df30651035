package lanyard.trust.scim;

import java.util.List;
import java.util.Locale;
import lanyard.platform.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes to a resource, in the shapes that directories really send: Entra's capital letters, paths and text for
/// truth values; Okta's objects without a path. <https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2>
final class Patch {
    private static final int MOST = 1_000;

    private final List<Schema.Attribute> known;
    private final ObjectNode resource;

    private Patch(List<Schema.Attribute> known, ObjectNode resource) {
        this.known = known;
        this.resource = resource;
    }

    /// The resource as it is after `body`. Errors: `invalidSyntax`, `invalidPath`, `invalidValue`, `noTarget`.
    static ObjectNode apply(List<Schema.Attribute> known, ObjectNode before, ObjectNode body) {
        var patch = new Patch(known, before.deepCopy());
        if (!(get(body, "Operations") instanceof ArrayNode operations) || operations.size() > MOST) {
            throw new ScimRefusal(400, "invalidSyntax", "A patch has up to " + MOST + " Operations.");
        }
        operations.forEach(patch::one);
        return patch.resource;
    }

    /// Field names of the message, whichever way they are spelt.
    private static @Nullable JsonNode get(JsonNode object, String name) {
        return object.propertyStream()
                .filter(field -> Schema.same(field.getKey(), name))
                .map(java.util.Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private void one(JsonNode operation) {
        var op = get(operation, "op");
        var path = get(operation, "path");
        var value = get(operation, "value");
        var word = op == null ? "" : op.asString("").toLowerCase(Locale.ROOT);
        if (!Schema.isOneOf(word, "add", "replace", "remove")) {
            throw new ScimRefusal(400, "invalidSyntax", "An operation is add, replace or remove.");
        }
        if (path != null && !path.isNull() && !path.asString("").isEmpty()) {
            at(word, path.asString(""), value);
        } else if (word.equals("remove")) {
            throw new ScimRefusal(400, "noTarget", "Say what to remove.");
        } else if (value instanceof ObjectNode object) {
            object.propertyStream().forEach(field -> each(word, field.getKey(), field.getValue()));
        } else {
            throw ScimRefusal.invalidValue("Without a path the value is an object.");
        }
    }

    /// A field of an object without a path: an attribute, a path, or a whole extension.
    private void each(String word, String name, JsonNode value) {
        var urn = Schema.findUrn(name);
        if (urn.isPresent() && value instanceof ObjectNode extension) {
            extension.propertyStream().forEach(field -> at(word, urn.get() + ":" + field.getKey(), field.getValue()));
        } else if (!Schema.isOneOf(name, "schemas", "id", "meta")) {
            at(word, name, value);
        }
    }

    private void at(String word, String text, @Nullable JsonNode value) {
        var path = AttributePath.read(known, text);
        if (path.isEmpty()) {
            return;
        }
        if (word.equals("remove") || value == null || value.isNull()) {
            remove(path.get(), value);
        } else if (path.get().attribute().many()) {
            changeMany(path.get(), word, value);
        } else {
            changeOne(path.get(), value);
        }
    }

    private void changeOne(AttributePath path, JsonNode value) {
        var holder = path.holder(resource);
        var name = path.attribute().name();
        if (path.part() != null) {
            var inner = holder.path(name) instanceof ObjectNode there ? there : holder.putObject(name);
            inner.set(path.part(), value);
        } else if (value instanceof ObjectNode more && holder.path(name) instanceof ObjectNode there) {
            there.setAll(more);
        } else {
            holder.set(name, value);
        }
    }

    private void changeMany(AttributePath path, String word, JsonNode value) {
        var holder = path.holder(resource);
        var name = path.attribute().name();
        var filter = path.filter();
        if (filter == null && path.part() == null) {
            var list =
                    word.equals("add") && holder.path(name) instanceof ArrayNode there ? there : holder.putArray(name);
            elements(value).forEach(one -> add(list, one));
            return;
        }
        var list = holder.path(name) instanceof ArrayNode there ? there : holder.putArray(name);
        var chosen = list.valueStream()
                .filter(one -> one instanceof ObjectNode object && (filter == null || filter.matches(object)))
                .map(ObjectNode.class::cast)
                .toList();
        if (chosen.isEmpty()) {
            chosen = List.of(fresh(list, filter));
        }
        for (var one : chosen) {
            if (path.part() != null) {
                one.set(path.part(), value);
            } else if (value instanceof ObjectNode object) {
                one.setAll(object);
            }
        }
    }

    /// Entra changes `emails[type eq "work"].value` of somebody who has none yet: then there is one, of that type.
    private static ObjectNode fresh(ArrayNode list, @Nullable Filter filter) {
        var one = list.addObject();
        if (filter instanceof Filter.Comparison comparison
                && comparison.operator().equals("eq")
                && comparison.path().isPresent()) {
            one.set(comparison.path().get().attribute().name(), comparison.value());
        }
        return one;
    }

    private static List<JsonNode> elements(JsonNode value) {
        return value.isArray() ? value.valueStream().toList() : List.of(value);
    }

    private static void add(ArrayNode list, JsonNode one) {
        var object = one.isObject() ? one : Json.object().set("value", one);
        var same = list.valueStream().anyMatch(there -> there.path("value").equals(object.path("value")));
        if (!same) {
            list.add(object);
        }
    }

    private void remove(AttributePath path, @Nullable JsonNode value) {
        var holder = path.holder(resource);
        var name = path.attribute().name();
        if (!path.attribute().many()) {
            if (path.part() != null && holder.path(name) instanceof ObjectNode inner) {
                inner.remove(path.part());
            } else if (path.part() == null) {
                holder.remove(name);
            }
            return;
        }
        if (!(holder.path(name) instanceof ArrayNode list)) {
            return;
        }
        var filter = path.filter();
        var named = value == null || value.isNull()
                ? List.<String>of()
                : elements(value).stream()
                        .map(one -> one.isObject() ? one.path("value").asString("") : one.asString(""))
                        .toList();
        var left = Json.array();
        for (var one : list) {
            var meant = (filter == null || (one instanceof ObjectNode object && filter.matches(object)))
                    && (named.isEmpty() || named.contains(one.path("value").asString("")));
            if (!meant) {
                left.add(one);
            } else if (path.part() != null && one instanceof ObjectNode object) {
                object.remove(path.part());
                left.add(object);
            }
        }
        holder.set(name, left);
    }
}
