package lanyard.trust.scim;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.JsonNode;

/// Reads a filter, by the grammar of RFC 7644, figure 1. Own, because the kept library that has one brings a second
/// JSON library with it for a page of grammar.
///
/// What could go wrong: a filter that is dear to read or to ask. So it is short, not deep, and no pattern is in it.
final class FilterReader {
    private static final int LONGEST = 2_000;
    private static final int DEEPEST = 20;
    private static final String OPERATORS = "eq|ne|co|sw|ew|gt|ge|lt|le";

    private final List<Schema.Attribute> known;
    private final String text;
    /// The attribute whose values are chosen between, where the filter stands in brackets; empty elsewhere.
    private final String of;

    private int at;
    private int depth;

    FilterReader(List<Schema.Attribute> known, String text, String of) {
        this.known = known;
        this.text = text;
        this.of = of;
    }

    /// Errors: `invalidFilter`.
    Filter read() {
        if (text.length() > LONGEST) {
            throw ScimRefusal.invalidFilter();
        }
        var filter = or();
        skip();
        if (at < text.length()) {
            throw ScimRefusal.invalidFilter();
        }
        return filter;
    }

    private Filter or() {
        if (++depth > DEEPEST) {
            throw ScimRefusal.invalidFilter();
        }
        var left = and();
        while (word("or")) {
            left = new Filter.Or(left, and());
        }
        depth--;
        return left;
    }

    private Filter and() {
        var left = one();
        while (word("and")) {
            left = new Filter.And(left, one());
        }
        return left;
    }

    private Filter one() {
        skip();
        if (symbol('(')) {
            return bracketed();
        }
        var start = at;
        if (word("not")) {
            if (symbol('(')) {
                return new Filter.Not(bracketed());
            }
            at = start;
        }
        var path = path();
        if (word("pr")) {
            return new Filter.Present(path);
        }
        var operator = next().toLowerCase(Locale.ROOT);
        if (!operator.matches(OPERATORS)) {
            // emails[type eq "work"] alone: there is such a value.
            if (operator.isEmpty() && path.filter(p -> p.filter() != null).isPresent()) {
                return new Filter.Present(path);
            }
            throw ScimRefusal.invalidFilter();
        }
        return new Filter.Comparison(path, operator, value());
    }

    private Filter bracketed() {
        var inner = or();
        if (!symbol(')')) {
            throw ScimRefusal.invalidFilter();
        }
        return inner;
    }

    private Optional<AttributePath> path() {
        skip();
        var start = at;
        var inBrackets = false;
        var quoted = false;
        while (at < text.length()) {
            var c = text.charAt(at);
            if (c == '"' && at > start && text.charAt(at - 1) != '\\') {
                quoted = !quoted;
            } else if (!quoted && (c == '[' || c == ']')) {
                inBrackets = c == '[';
            } else if (!inBrackets && (c == ' ' || c == ')')) {
                break;
            }
            at++;
        }
        var path = text.substring(start, at);
        if (path.isEmpty()) {
            throw ScimRefusal.invalidFilter();
        }
        try {
            return of.isEmpty() ? AttributePath.read(all(), path) : part(path);
        } catch (ScimRefusal refusal) {
            throw ScimRefusal.invalidFilter();
        }
    }

    private List<Schema.Attribute> all() {
        return java.util.stream.Stream.concat(known.stream(), Schema.READ_ONLY.stream())
                .toList();
    }

    /// Within brackets, names are of the parts of each value.
    private Optional<AttributePath> part(String name) {
        return Schema.find(known, "", of)
                .flatMap(attribute -> Schema.part(attribute, name))
                .map(part -> new AttributePath(
                        new Schema.Attribute("", part, "string", false, java.util.Set.of()), null, null));
    }

    private JsonNode value() {
        skip();
        var start = at;
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            at++;
        } else {
            next();
        }
        if (at > text.length()) {
            throw ScimRefusal.invalidFilter();
        }
        return json(text.substring(start, at).strip());
    }

    private static JsonNode json(String literal) {
        var plain = literal.startsWith("\"") ? literal : literal.toLowerCase(Locale.ROOT);
        if (!plain.startsWith("\"") && !plain.matches("true|false|null|-?[0-9]{1,15}")) {
            throw ScimRefusal.invalidFilter();
        }
        try {
            var wrapped = ("{\"v\":" + plain + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
            return Json.object(wrapped).path("v");
        } catch (MatrixException e) {
            throw ScimRefusal.invalidFilter();
        }
    }

    private void skip() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    /// Passes the word if it is next; what follows a word is a blank, a bracket or the end.
    private boolean word(String word) {
        skip();
        var end = at + word.length();
        var there = text.regionMatches(true, at, word, 0, word.length())
                && (end == text.length() || " (".indexOf(text.charAt(end)) >= 0 || text.charAt(end) == ')');
        if (there) {
            at = end;
        }
        return there;
    }

    private String next() {
        skip();
        var start = at;
        while (at < text.length() && " ()".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean symbol(char symbol) {
        skip();
        if (at < text.length() && text.charAt(at) == symbol) {
            at++;
            return true;
        }
        return false;
    }
}
