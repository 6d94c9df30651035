package lanyard.traceability;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What the specification says a successful answer looks like, read from its OpenAPI files. They are no part of this
/// project: where they are not at hand, nothing is checked.
public final class SpecificationSchemas {
    /// Beside the project's directory, seen from `server`.
    private static final Path USUAL = Path.of("../../shared/matrix-spec/data/api/client-server");

    private static final String PROPERTY = "lanyard.matrix-spec";

    /// Where we answer otherwise on purpose.
    private static final Map<String, String> EXCEPTIONS =
            Map.of("getTurnServer", "without a relay the answer is empty, as clients expect of servers that have none");

    /// Which operations' answers each process of the tests has looked at, for `scripts/answers-checked`.
    private static final Path LISTS = Path.of("target/answers");

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Optional<SpecificationSchemas> ONLY = find().map(SpecificationSchemas::new);

    private record Template(String method, List<String> segments, String operationId, Schema schema) {
        boolean answers(String otherMethod, List<String> path) {
            if (!method.equals(otherMethod) || segments.size() != path.size()) {
                return false;
            }
            for (var i = 0; i < path.size(); i++) {
                if (!segments.get(i).startsWith("{") && !segments.get(i).equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }

        /// The same for the ledger's line of the operation, whatever the parameters are called there.
        String route() {
            return route(method, "/" + String.join("/", segments));
        }

        static String route(String method, String path) {
            return method + " " + path.replaceAll("\\{[^}]*}", "{}");
        }

        long literals() {
            return segments.stream().filter(segment -> !segment.startsWith("{")).count();
        }
    }

    private final Map<Path, JsonNode> files = new HashMap<>();
    private final List<Template> templates = new ArrayList<>();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Set<String> checked = ConcurrentHashMap.newKeySet();

    private SpecificationSchemas(Path directory) {
        try (var documents = Files.list(directory)) {
            documents.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> find() {
        return Stream.of(Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of), Optional.of(USUAL))
                .flatMap(Optional::stream)
                .filter(Files::isDirectory)
                .findFirst();
    }

    /// Empty where the specification is not at hand.
    static Optional<SpecificationSchemas> atHand() {
        return ONLY;
    }

    /// Throws when a successful answer of the route is not what the specification says. Whoever asks for some fields
    /// of events only gets no whole ones.
    public static void check(String method, String path, JsonNode answer) {
        if (path.contains("event_fields")) {
            return;
        }
        ONLY.ifPresent(schemas -> schemas.violation(method, path, answer).ifPresent(sentence -> {
            throw new AssertionError(sentence);
        }));
    }

    /// What is wrong with an answer; empty when nothing is, or the specification does not know the route.
    Optional<String> violation(String method, String path, JsonNode answer) {
        var segments = List.of(path.replaceFirst("\\?.*", "").substring(1).split("/", -1));
        return templates.stream()
                .filter(template -> template.answers(method, segments))
                .max((one, other) -> Long.compare(one.literals(), other.literals()))
                .filter(template -> !EXCEPTIONS.containsKey(template.operationId()))
                .flatMap(template -> {
                    if (checked.add(template.operationId())) {
                        list(template.route());
                    }
                    var errors = template.schema().validate(answer);
                    return errors.isEmpty()
                            ? Optional.empty()
                            : Optional.of("The answer of " + template.operationId()
                                    + " is not as the specification says: " + errors);
                });
    }

    int operations() {
        return templates.size();
    }

    /// Writes down which operations' answers a whole run of the tests must look at: those that clients need, are
    /// answered here, and have an answer that the specification describes.
    void listWanted(List<Operation> ledger) {
        var described = templates.stream()
                .filter(template -> !EXCEPTIONS.containsKey(template.operationId()))
                .map(Template::route)
                .toList();
        write(
                LISTS.resolve("wanted"),
                ledger.stream()
                        .filter(operation -> Set.of("A", "B").contains(operation.kind()) && !operation.isRefused())
                        .map(operation -> Template.route(operation.method(), operation.path()))
                        .filter(described::contains)
                        .sorted()
                        .toList());
    }

    private static void list(String route) {
        write(LISTS.resolve("of-" + ProcessHandle.current().pid()), List.of(route));
    }

    private static synchronized void write(Path file, List<String> lines) {
        try {
            Files.createDirectories(LISTS);
            Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Path file) {
        var document = load(file);
        var base = document.path("servers")
                .path(0)
                .path("variables")
                .path("basePath")
                .path("default")
                .asString("");
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    var response = operation.getValue().path("responses").path("200");
                    var schema = resolve(response, file, Set.of())
                            .path("content")
                            .path("application/json")
                            .path("schema");
                    if (schema.isObject()) {
                        templates.add(new Template(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT),
                                List.of((base + path.getKey()).substring(1).split("/", -1)),
                                operation.getValue().path("operationId").asString(""),
                                registry.getSchema(schema)));
                    }
                }));
    }

    private JsonNode load(Path file) {
        return files.computeIfAbsent(file.normalize(), known -> {
            try {
                return YAML.readTree(Files.readString(known));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// The same with every reference replaced by what it refers to; one that leads back to itself allows anything.
    private JsonNode resolve(JsonNode node, Path file, Set<String> within) {
        return switch (node) {
            case ObjectNode object when object.path("$ref").isString() -> refer(object, file, within);
            case ObjectNode object -> {
                var copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(entry -> {
                    if (!isProse(entry.getKey(), entry.getValue())) {
                        copy.set(entry.getKey(), resolve(entry.getValue(), file, within));
                    }
                });
                yield copy;
            }
            case ArrayNode array -> {
                var copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(value -> copy.add(resolve(value, file, within)));
                yield copy;
            }
            default -> node;
        };
    }

    /// Examples are not schemas, though they may look like one.
    private static boolean isProse(String key, JsonNode value) {
        return key.startsWith("x-")
                || key.equals("examples")
                || (key.equals("example") && !value.path("type").isString());
    }

    private JsonNode refer(ObjectNode object, Path file, Set<String> within) {
        var reference = object.path("$ref").asString();
        var hash = reference.indexOf('#');
        var named = hash < 0 ? reference : reference.substring(0, hash);
        var target = named.isEmpty() ? file : file.resolveSibling(named).normalize();
        var key = target + "#" + (hash < 0 ? "" : reference.substring(hash + 1));
        if (within.contains(key)) {
            return JsonNodeFactory.instance.objectNode();
        }
        var inside = new HashSet<>(within);
        inside.add(key);
        var found = hash < 0 ? load(target) : load(target).at(reference.substring(hash + 1));
        var resolved = resolve(found, target, inside);
        var beside = object.deepCopy();
        beside.remove("$ref");
        beside.remove("description");
        if (beside.isEmpty()) {
            return resolved;
        }
        var both = JsonNodeFactory.instance.objectNode();
        both.putArray("allOf").add(resolved).add(resolve(beside, file, within));
        return both;
    }
}
