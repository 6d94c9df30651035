package lanyard.trust.scim;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Handler;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.node.ObjectNode;

/// <https://www.rfc-editor.org/rfc/rfc7644#section-3>
final class ScimEndpoints {
    static final String BASE = "/scim/v2";
    private static final int LARGEST_BODY = 1_024 * 1_024;
    static final int MOST_IN_A_PAGE = 200;
    private static final int USUAL_PAGE = 100;

    private final ScimTokens tokens;
    private final ScimUsers users;
    private final ScimGroups groups;
    private final ScimParts parts;

    ScimEndpoints(ScimTokens tokens, ScimUsers users, ScimGroups groups, ScimParts parts) {
        this.tokens = tokens;
        this.users = users;
        this.groups = groups;
        this.parts = parts;
    }

    private interface Work {
        Reply of(Exchange x, Sender sender);
    }

    void addTo(Routes routes) {
        routes.add("GET " + BASE + "/ServiceProviderConfig", in((x, sender) -> scim(200, Discovery.config(parts))));
        routes.add("GET " + BASE + "/Schemas", in((x, sender) -> scim(200, Discovery.schemas(parts))));
        routes.add("GET " + BASE + "/Schemas/{id}", in(this::getSchema));
        routes.add("GET " + BASE + "/ResourceTypes", in((x, sender) -> scim(200, Discovery.types(parts))));
        routes.add("GET " + BASE + "/Users", in(this::listUsers));
        routes.add("POST " + BASE + "/Users", in(this::createUser));
        routes.add("GET " + BASE + "/Users/{id}", in(this::getUser));
        routes.add("PUT " + BASE + "/Users/{id}", in(this::replaceUser));
        routes.add("PATCH " + BASE + "/Users/{id}", in(this::patchUser));
        routes.add("DELETE " + BASE + "/Users/{id}", in(this::deleteUser));
        routes.add("GET " + BASE + "/Groups", in(this::listGroups));
        routes.add("POST " + BASE + "/Groups", in(this::createGroup));
        routes.add("GET " + BASE + "/Groups/{id}", in(this::getGroup));
        routes.add("PUT " + BASE + "/Groups/{id}", in(this::replaceGroup));
        routes.add("PATCH " + BASE + "/Groups/{id}", in(this::patchGroup));
        routes.add("DELETE " + BASE + "/Groups/{id}", in(this::deleteGroup));
    }

    private Handler in(Work work) {
        return x -> {
            try {
                return work.of(x, tokens.sender(x));
            } catch (ScimRefusal refusal) {
                return refusal.reply();
            } catch (MatrixException refusal) {
                return inScim(refusal);
            }
        };
    }

    private Reply getSchema(Exchange x, Sender sender) {
        return Discovery.schema(parts, x.param("id"))
                .map(schema -> scim(200, schema))
                .orElseThrow(ScimRefusal::notFound);
    }

    private static Reply inScim(MatrixException refusal) {
        var reply = ScimRefusal.reply(
                refusal.status(),
                refusal.status() == 400 ? "invalidSyntax" : "",
                refusal.sentence(),
                refusal.code().name());
        var wait = refusal.fields().get("retry_after_ms");
        return wait == null ? reply : reply.header("Retry-After", Long.toString(Math.ceilDiv(wait.asLong(0), 1_000)));
    }

    private static Reply scim(int status, ObjectNode body) {
        return Reply.json(status, body).header("Content-Type", Schema.MEDIA_TYPE);
    }

    private static Reply gone() {
        return new Reply(204, java.util.Map.of(), new byte[0]);
    }

    private static Optional<String> ifMatch(Exchange x) {
        return x.header("If-Match");
    }

    private Reply listUsers(Exchange x, Sender sender) {
        var page = users.list(sender, filter(x, Schema.USERS), from(x), count(x));
        return list(x, page.total(), faces(page.some()));
    }

    private Reply createUser(Exchange x, Sender sender) {
        var user = users.create(sender, x.bodyUpTo(LARGEST_BODY));
        return one(x, 201, face(user), user.stamp());
    }

    private Reply getUser(Exchange x, Sender sender) {
        var user = users.get(sender, x.param("id"));
        return one(x, 200, face(user), user.stamp());
    }

    private Reply replaceUser(Exchange x, Sender sender) {
        var body = x.bodyUpTo(LARGEST_BODY);
        var user = users.change(sender, x.param("id"), ifMatch(x), before -> body);
        return one(x, 200, face(user), user.stamp());
    }

    private Reply patchUser(Exchange x, Sender sender) {
        var body = x.bodyUpTo(LARGEST_BODY);
        var user = users.change(
                sender,
                x.param("id"),
                ifMatch(x),
                before -> SaidPhoto.patched(before, marked -> Patch.apply(Schema.USERS, marked, body)));
        return one(x, 200, face(user), user.stamp());
    }

    private Reply deleteUser(Exchange x, Sender sender) {
        users.delete(sender, x.param("id"), ifMatch(x));
        return gone();
    }

    private Reply listGroups(Exchange x, Sender sender) {
        var page = groups.list(sender, filter(x, Schema.GROUPS), from(x), count(x));
        return list(x, page.total(), page.some().stream().map(this::face).toList());
    }

    private Reply createGroup(Exchange x, Sender sender) {
        var group = groups.create(sender, x.bodyUpTo(LARGEST_BODY));
        return one(x, 201, face(group), group.stamp());
    }

    private Reply getGroup(Exchange x, Sender sender) {
        var group = groups.get(sender, x.param("id"));
        return one(x, 200, face(group), group.stamp());
    }

    private Reply replaceGroup(Exchange x, Sender sender) {
        var body = x.bodyUpTo(LARGEST_BODY);
        var group = groups.change(sender, x.param("id"), ifMatch(x), before -> body);
        return one(x, 200, face(group), group.stamp());
    }

    private Reply patchGroup(Exchange x, Sender sender) {
        var body = x.bodyUpTo(LARGEST_BODY);
        var group =
                groups.change(sender, x.param("id"), ifMatch(x), before -> Patch.apply(Schema.GROUPS, before, body));
        return one(x, 200, face(group), group.stamp());
    }

    private Reply deleteGroup(Exchange x, Sender sender) {
        groups.delete(sender, x.param("id"), ifMatch(x));
        return gone();
    }

    private static Optional<Filter> filter(Exchange x, List<Schema.Attribute> known) {
        return x.query("filter").filter(text -> !text.isBlank()).map(text -> new FilterReader(known, text, "").read());
    }

    /// Counted from one, as SCIM does.
    private static int from(Exchange x) {
        return Math.max(1, number(x, "startIndex", 1)) - 1;
    }

    private static int count(Exchange x) {
        return Math.clamp(number(x, "count", USUAL_PAGE), 0, MOST_IN_A_PAGE);
    }

    private static int number(Exchange x, String name, int usual) {
        var text = x.query(name).orElse("");
        if (text.isEmpty()) {
            return usual;
        }
        if (!text.matches("-?[0-9]{1,9}")) {
            throw ScimRefusal.invalidValue(name + " is a number.");
        }
        return Integer.parseInt(text);
    }

    private Reply list(Exchange x, int total, List<ObjectNode> resources) {
        var body = Json.object();
        body.putArray("schemas").add(Schema.LIST);
        body.put("totalResults", total).put("startIndex", from(x) + 1).put("itemsPerPage", resources.size());
        var list = body.putArray("Resources");
        resources.forEach(resource -> list.add(chosen(x, resource)));
        return scim(200, body);
    }

    private static Reply one(Exchange x, int status, ObjectNode resource, ScimUser.Stamp stamp) {
        if (x.method().equals("GET")
                && x.header("If-None-Match").filter(stamp.tag()::equals).isPresent()) {
            return new Reply(304, java.util.Map.of("ETag", stamp.tag()), new byte[0]);
        }
        var location = resource.path("meta").path("location").asString("");
        return scim(status, chosen(x, resource)).header("ETag", stamp.tag()).header("Location", location);
    }

    /// <https://www.rfc-editor.org/rfc/rfc7644#section-3.9>
    private static ObjectNode chosen(Exchange x, ObjectNode resource) {
        var always = Set.of("schemas", "id", "meta");
        var wanted = names(x, "attributes");
        var unwanted = names(x, "excludedAttributes");
        var fields = resource.propertyStream().map(java.util.Map.Entry::getKey).toList();
        for (var field : fields) {
            var asked = wanted.isEmpty() || wanted.stream().anyMatch(name -> isOf(name, field));
            var refused = unwanted.stream().anyMatch(name -> Schema.same(name, field));
            if (!always.contains(field) && (!asked || refused)) {
                resource.remove(field);
            }
        }
        return resource;
    }

    private static boolean isOf(String name, String field) {
        return Schema.same(name, field)
                || name.regionMatches(true, 0, field + ".", 0, field.length() + 1)
                || name.regionMatches(true, 0, field + ":", 0, field.length() + 1);
    }

    private static List<String> names(Exchange x, String parameter) {
        return x.query(parameter).stream()
                .flatMap(text -> Stream.of(text.split(",", 100)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private ObjectNode face(ScimUser user) {
        return faces(List.of(user)).getFirst();
    }

    /// As they are now: an account may have ended without the directory.
    private List<ObjectNode> faces(List<ScimUser> some) {
        var ended = parts.identity()
                .leavers()
                .listEnded(some.stream().map(ScimUser::user).toList());
        var memberships = groups.of(some.stream().map(ScimUser::id).toList()).stream()
                .collect(Collectors.groupingBy(ScimGroupStore.Membership::user));
        return some.stream()
                .map(user -> {
                    var face = user.resource().deepCopy().put("id", user.id());
                    face.put("active", !ended.contains(user.user()));
                    var schemas = face.putArray("schemas").add(Schema.USER);
                    Stream.of(Schema.ENTERPRISE, Schema.STAFF).filter(face::has).forEach(schemas::add);
                    var list = Json.array();
                    memberships
                            .getOrDefault(user.id(), List.of())
                            .forEach(one ->
                                    list.addObject().put("value", one.group()).put("display", one.displayName()));
                    if (!list.isEmpty()) {
                        face.set("groups", list);
                    }
                    face.set("meta", user.stamp().meta("User", at("/Users/" + user.id())));
                    return face;
                })
                .toList();
    }

    private ObjectNode face(ScimGroup group) {
        var face = group.resource().put("id", group.id());
        face.putArray("schemas").add(Schema.GROUP);
        face.set("meta", group.stamp().meta("Group", at("/Groups/" + group.id())));
        return face;
    }

    private String at(String path) {
        return parts.at(BASE + path).toString();
    }
}
