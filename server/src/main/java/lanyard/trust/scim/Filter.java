package lanyard.trust.scim;

import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which resources are meant. <https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2>
sealed interface Filter {
    boolean matches(ObjectNode resource);

    record And(Filter left, Filter right) implements Filter {
        @Override
        public boolean matches(ObjectNode resource) {
            return left.matches(resource) && right.matches(resource);
        }
    }

    record Or(Filter left, Filter right) implements Filter {
        @Override
        public boolean matches(ObjectNode resource) {
            return left.matches(resource) || right.matches(resource);
        }
    }

    record Not(Filter inner) implements Filter {
        @Override
        public boolean matches(ObjectNode resource) {
            return !inner.matches(resource);
        }
    }

    /// An attribute that is not kept has no value.
    record Present(Optional<AttributePath> path) implements Filter {
        @Override
        public boolean matches(ObjectNode resource) {
            return path.stream().flatMap(one -> one.values(resource)).findAny().isPresent();
        }
    }

    /// Text is compared without regard to case, but for ids, which are exact.
    record Comparison(Optional<AttributePath> path, String operator, JsonNode value) implements Filter {
        @Override
        public boolean matches(ObjectNode resource) {
            if (operator.equals("ne")) {
                return path.stream()
                        .flatMap(one -> one.values(resource))
                        .noneMatch(actual -> holds("eq", fold(actual), fold(value)));
            }
            return path.stream()
                    .flatMap(one -> one.values(resource))
                    .anyMatch(actual -> holds(operator, fold(actual), fold(value)));
        }

        private String fold(JsonNode node) {
            var exact = path.filter(one -> Schema.isOneOf(one.attribute().name(), "id", "externalid"))
                    .isPresent();
            return exact ? node.asString("") : node.asString("").toLowerCase(Locale.ROOT);
        }

        private static boolean holds(String operator, String actual, String wanted) {
            return switch (operator) {
                case "eq" -> actual.equals(wanted);
                case "co" -> actual.contains(wanted);
                case "sw" -> actual.startsWith(wanted);
                case "ew" -> actual.endsWith(wanted);
                case "gt" -> actual.compareTo(wanted) > 0;
                case "ge" -> actual.compareTo(wanted) >= 0;
                case "lt" -> actual.compareTo(wanted) < 0;
                default -> actual.compareTo(wanted) <= 0;
            };
        }

        /// `userName eq "ann"` alone is answered by an index.
        Optional<String> equalTo(String attribute) {
            return operator.equals("eq")
                            && path.filter(one -> one.attribute().urn().isEmpty()
                                            && one.attribute().name().equals(attribute))
                                    .isPresent()
                    ? Optional.of(value.asString(""))
                    : Optional.empty();
        }
    }
}
