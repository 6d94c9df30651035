package lanyard.trust.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.QueryString;
import lanyard.trust.identity.Duty;
import tools.jackson.databind.node.ObjectNode;

/// Every page and form there is, and the page that a refused form stood on.
final class PageTable {
    /// @param route as `GET /console/cases/{id}`
    /// @param files whether files come along with what is typed
    record Registered(String route, Set<Duty> duties, StepUp stepUp, boolean files, ConsolePage page) {
        Registered {
            duties = Set.copyOf(duties);
        }

        String method() {
            return route.substring(0, route.indexOf(' '));
        }

        String path() {
            return route.substring(route.indexOf(' ') + 1);
        }
    }

    /// A page, and the request that would have shown it.
    record Found(Registered registered, Exchange exchange) {}

    private final List<Registered> all = new CopyOnWriteArrayList<>();

    void add(Registered registered) {
        all.add(registered);
    }

    List<Registered> list() {
        return List.copyOf(all);
    }

    /// `address` is a path with its query; words before parameters.
    Optional<Found> page(String address, Exchange original) {
        var question = address.indexOf('?');
        var path = question < 0 ? address : address.substring(0, question);
        var query = question < 0 ? "" : address.substring(question + 1);
        return all.stream()
                .filter(one -> one.method().equals("GET"))
                .sorted((a, b) -> Long.compare(parameters(a), parameters(b)))
                .flatMap(one -> match(one.path(), path).stream()
                        .map(values -> new Found(one, new Looked(original, path, values, query))))
                .findFirst();
    }

    private static long parameters(Registered one) {
        return one.path().chars().filter(letter -> letter == '{').count();
    }

    private static Optional<Map<String, String>> match(String pattern, String path) {
        var wanted = pattern.split("/", -1);
        var given = path.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        var values = new HashMap<String, String>();
        for (var i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                // A path's plus is a plus.
                var encoded = "v=" + given[i].replace("+", "%2B");
                values.put(
                        wanted[i].substring(1, wanted[i].length() - 1),
                        QueryString.parse(encoded).all("v").getFirst());
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /// A request for a page, made from the form that was sent from it.
    private static final class Looked implements Exchange {
        private final Exchange original;
        private final String path;
        private final Map<String, String> values;
        private final String rawQuery;
        private final QueryString query;

        private Looked(Exchange original, String path, Map<String, String> values, String rawQuery) {
            this.original = original;
            this.path = path;
            this.values = values;
            this.rawQuery = rawQuery;
            this.query = QueryString.parse(rawQuery);
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public String param(String name) {
            var value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("The page has no parameter " + name + ".");
            }
            return value;
        }

        @Override
        public Optional<String> query(String name) {
            return query.all(name).stream().findFirst();
        }

        @Override
        public List<String> queryAll(String name) {
            return new ArrayList<>(query.all(name));
        }

        @Override
        public String rawQuery() {
            return rawQuery;
        }

        @Override
        public Optional<String> header(String name) {
            return original.header(name);
        }

        @Override
        public Optional<String> cookie(String name) {
            return original.cookie(name);
        }

        @Override
        public String remoteAddress() {
            return original.remoteAddress();
        }

        @Override
        public String host() {
            return original.host();
        }

        @Override
        public void replyHeader(String name, String value) {
            original.replyHeader(name, value);
        }

        @Override
        public ObjectNode bodyUpTo(int maximumBytes) {
            throw new IllegalStateException("a page that is looked at has no body");
        }

        @Override
        public byte[] bytes(int maximumBytes) {
            throw new IllegalStateException("a page that is looked at has no body");
        }
    }
}
