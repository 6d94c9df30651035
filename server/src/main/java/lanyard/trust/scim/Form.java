package lanyard.trust.scim;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lanyard.platform.json.Json;
import lanyard.trust.identity.Employer;
import lanyard.trust.identity.NewPerson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/// A resource as it is kept: the attributes of the schema alone, in their own spelling and type.
final class Form {
    private static final int LONGEST = 200;
    private static final int MOST_VALUES = 20;
    static final int MOST_MEMBERS = 10_000;

    private Form() {}

    /// Errors: `invalidValue`.
    static ObjectNode clean(List<Schema.Attribute> known, ObjectNode input) {
        var clean = Json.object();
        for (var attribute : known.stream().filter(one -> !one.isWriteOnly()).toList()) {
            var from = attribute.urn().isEmpty() ? Optional.<JsonNode>of(input) : field(input, attribute.urn());
            from.flatMap(holder -> field(holder, attribute.name()))
                    .flatMap(value -> typed(attribute, value))
                    .ifPresent(value -> new AttributePath(attribute, null, null)
                            .holder(clean)
                            .set(attribute.name(), value));
        }
        return clean;
    }

    private static Optional<JsonNode> field(JsonNode holder, String name) {
        return holder.propertyStream()
                .filter(one -> Schema.same(one.getKey(), name))
                .map(Map.Entry::getValue)
                .filter(value -> !value.isNull())
                .findFirst();
    }

    private static Optional<JsonNode> typed(Schema.Attribute attribute, JsonNode value) {
        if (attribute.many()) {
            var most = attribute.name().equals("members") ? MOST_MEMBERS : MOST_VALUES;
            var all = value.isArray() ? value.valueStream().toList() : List.of(value);
            if (all.size() > most) {
                throw ScimRefusal.invalidValue(attribute.name() + " has up to " + most + " values.");
            }
            var list = Json.array();
            all.stream()
                    .map(one -> parts(attribute, one))
                    .filter(one -> !one.isEmpty())
                    .forEach(list::add);
            return list.isEmpty() ? Optional.empty() : Optional.of(list);
        }
        return switch (attribute.type()) {
            case "boolean" -> Optional.of(truth(attribute.name(), value));
            case "complex" -> Optional.<JsonNode>of(parts(attribute, value)).filter(one -> !one.isEmpty());
            case "dateTime" ->
                text(attribute.name(), value)
                        .map(text -> AttributePath.text(instant(text).toString()));
            default -> text(attribute.name(), value).map(AttributePath::text);
        };
    }

    private static ObjectNode parts(Schema.Attribute attribute, JsonNode value) {
        var clean = Json.object();
        var from = value.isObject() ? value : Json.object().set("value", value);
        for (var part : attribute.parts()) {
            var found = field(from, part);
            if (part.equals("primary")) {
                found.map(one -> truth(part, one)).ifPresent(one -> clean.set(part, one));
            } else {
                found.flatMap(one -> text(part, one)).ifPresent(one -> clean.put(part, one));
            }
        }
        return clean;
    }

    /// Entra says `"False"`.
    private static BooleanNode truth(String name, JsonNode value) {
        var word = value.asString("");
        if (!Schema.isOneOf(word, "true", "false")) {
            throw ScimRefusal.invalidValue(name + " is true or false.");
        }
        return BooleanNode.valueOf(Schema.same(word, "true"));
    }

    private static Optional<String> text(String name, JsonNode value) {
        if (value.isContainer() || value.asString("").length() > LONGEST) {
            throw ScimRefusal.invalidValue(name + " is a text of up to " + LONGEST + " characters.");
        }
        return Optional.of(value.asString("").strip()).filter(text -> !text.isEmpty());
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw ScimRefusal.invalidValue("endsAt is a time such as 2027-03-31T17:00:00Z.");
        }
    }

    /// Errors: `invalidValue` without one.
    static String userName(ObjectNode user) {
        return optional(user, "userName").orElseThrow(() -> ScimRefusal.invalidValue("userName is needed."));
    }

    static boolean isActive(ObjectNode user) {
        return user.path("active").asBoolean(true);
    }

    static Optional<Instant> endsAt(ObjectNode user) {
        return optional(user.path(Schema.STAFF), "endsAt").map(Instant::parse);
    }

    static String displayName(ObjectNode user) {
        var name = user.path("name");
        var both = Stream.of("givenName", "familyName")
                .flatMap(part -> optional(name, part).stream())
                .reduce((given, family) -> given + " " + family);
        return optional(user, "displayName")
                .or(() -> optional(name, "formatted"))
                .or(() -> both)
                .orElseGet(() -> userName(user));
    }

    /// Our own extension first, then what every directory has.
    static NewPerson.Post post(ObjectNode user) {
        var staff = user.path(Schema.STAFF);
        var role = optional(staff, "role").or(() -> optional(user, "title")).or(() -> firstRole(user));
        var ward = optional(staff, "ward").or(() -> optional(user.path(Schema.ENTERPRISE), "department"));
        return new NewPerson.Post(
                role.orElse(""),
                ward.orElse(""),
                optional(staff, "professionalBody").orElse(""),
                optional(staff, "registration").orElse(""),
                new Employer(
                        optional(staff, "employerOds").orElse(""),
                        optional(staff, "employer").orElse("")),
                optional(staff, "bleep").orElse(""));
    }

    /// Empty when the directory does not say.
    static String staffNumber(ObjectNode user) {
        return optional(user.path(Schema.ENTERPRISE), "employeeNumber").orElse("");
    }

    private static Optional<String> firstRole(ObjectNode user) {
        return user.path("roles")
                .valueStream()
                .flatMap(role -> optional(role, "display").or(() -> optional(role, "value")).stream())
                .findFirst();
    }

    static Optional<String> optional(JsonNode from, String field) {
        return Optional.of(from.path(field).asString("")).filter(text -> !text.isEmpty());
    }
}
