package lanyard.platform.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A trie of path segments. The *raw* path is split first and each segment decoded afterwards, because Matrix ids may
/// contain an encoded slash.
public final class RouteTable implements Routes {
    private static final String V3 = "/_matrix/client/v3/";
    private static final String R0 = "/_matrix/client/r0/";

    private final Node root = new Node();
    private final List<String> declared = new ArrayList<>();
    private final Map<String, RefusalPage> refusalPages = new TreeMap<>();

    /// What a path and a method lead to.
    sealed interface Found {
        record Endpoint(String route, Handler handler, Map<String, String> parameters) implements Found {}

        record WrongMethod(Set<String> allowed) implements Found {}

        record Nothing() implements Found {}
    }

    private record Target(String route, Handler handler, List<String> names) {}

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<String, Target> targets = new TreeMap<>();
        private @Nullable Node parameter;
        /// A state key may be empty, and its slash is sent all the same: the specification's
        /// `PUT …/state/{eventType}/{stateKey}`.
        private boolean mayBeEmpty;

        private Node child(String segment) {
            if (!isParameter(segment)) {
                return literals.computeIfAbsent(segment, _ -> new Node());
            }
            var node = parameter == null ? new Node() : parameter;
            node.mayBeEmpty |= segment.equals("{stateKey}");
            parameter = node;
            return node;
        }
    }

    @Override
    public RouteTable add(String route, Handler handler) {
        var space = route.indexOf(' ');
        if (space < 1 || !route.startsWith("/", space + 1)) {
            throw new IllegalArgumentException("A route is a method and a path, not: " + route);
        }
        var method = route.substring(0, space);
        var path = route.substring(space + 1);
        put(method, path, route, handler);
        if (path.startsWith(V3)) {
            put(method, R0 + path.substring(V3.length()), route, handler);
        }
        declared.add(route);
        return this;
    }

    @Override
    public RouteTable refusals(String path, RefusalPage page) {
        if (refusalPages.putIfAbsent(path, page) != null) {
            throw new IllegalStateException("Two pages show the refusals of " + path + ".");
        }
        return this;
    }

    Optional<RefusalPage> refusalPage(String path) {
        return refusalPages.entrySet().stream()
                .filter(one -> path.equals(one.getKey()) || path.startsWith(one.getKey() + "/"))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// Every route as it was declared, without the aliases.
    public List<String> routes() {
        return List.copyOf(declared);
    }

    private void put(String method, String path, String route, Handler handler) {
        var node = root;
        var names = new ArrayList<String>();
        for (var segment : path.substring(1).split("/", -1)) {
            node = node.child(segment);
            if (isParameter(segment)) {
                names.add(segment.substring(1, segment.length() - 1));
            }
        }
        if (node.targets.putIfAbsent(method, new Target(route, handler, List.copyOf(names))) != null) {
            throw new IllegalStateException("Two endpoints answer " + method + " " + path + ".");
        }
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    Found find(String method, String rawPath) {
        if (!rawPath.startsWith("/")) {
            return new Found.Nothing();
        }
        var search = new Search(method, rawPath);
        search.walk(root, 1);
        if (search.target != null) {
            return new Found.Endpoint(search.target.route(), search.target.handler(), decoded(search));
        }
        return search.otherMethods.isEmpty() ? new Found.Nothing() : new Found.WrongMethod(search.otherMethods);
    }

    private static Map<String, String> decoded(Search search) {
        var parameters = new LinkedHashMap<String, String>();
        var target = Objects.requireNonNull(search.target);
        for (var i = 0; i < target.names().size(); i++) {
            parameters.put(target.names().get(i), Percent.decode(search.captured.get(i)));
        }
        return parameters;
    }

    /// One walk down the trie: words before parameters, going back where a word leads nowhere.
    private static final class Search {
        private final String method;
        private final String path;
        private final List<String> captured = new ArrayList<>();
        private final Set<String> otherMethods = new TreeSet<>();
        private @Nullable Target target;

        private Search(String method, String path) {
            this.method = method;
            this.path = path;
        }

        private boolean walk(Node node, int from) {
            if (from > path.length()) {
                target = node.targets.get(method);
                otherMethods.addAll(node.targets.keySet());
                return target != null;
            }
            var slash = path.indexOf('/', from);
            var end = slash < 0 ? path.length() : slash;
            var segment = path.substring(from, end);
            var literal = node.literals.get(segment);
            if (literal != null && walk(literal, end + 1)) {
                return true;
            }
            return node.parameter != null && walkParameter(node.parameter, segment, end + 1);
        }

        private boolean walkParameter(Node parameter, String segment, int next) {
            if (segment.isEmpty() && !(parameter.mayBeEmpty && next > path.length())) {
                return false;
            }
            captured.add(segment);
            if (walk(parameter, next)) {
                return true;
            }
            captured.removeLast();
            return false;
        }
    }
}
