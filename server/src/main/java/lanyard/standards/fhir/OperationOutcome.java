package lanyard.standards.fhir;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How a FHIR server says what is wrong. What it says may name a patient, so it hides itself.
/// <https://hl7.org/fhir/R4/operationoutcome.html>
public record OperationOutcome(List<Issue> issue) implements Resource {
    public OperationOutcome {
        issue = List.copyOf(issue);
    }

    public record Issue(
            String severity, String code, @Nullable String words) {
        ObjectNode toJson() {
            return new Tree()
                    .put("severity", severity)
                    .put("code", code)
                    .put("diagnostics", words)
                    .build();
        }

        static Issue read(JsonNode from) {
            return new Issue(
                    Tree.text(from, "severity").orElse("error"),
                    Tree.text(from, "code").orElse("unknown"),
                    Tree.text(from.path("details"), "text")
                            .or(() -> Tree.text(from, "diagnostics"))
                            .orElse(null));
        }

        @Override
        public String toString() {
            return "Issue[" + severity + ", " + code + "]";
        }
    }

    public static Optional<OperationOutcome> read(JsonNode from) {
        if (!Tree.text(from, "resourceType").filter("OperationOutcome"::equals).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                new OperationOutcome(Tree.items(from, "issue").map(Issue::read).toList()));
    }

    @Override
    public ObjectNode toJson() {
        return Tree.resource("OperationOutcome")
                .list("issue", issue, Issue::toJson)
                .build();
    }

    /// The server's own words, one issue after another, without control characters and cut to `maximum` characters.
    public String words(int maximum) {
        var words = issue.stream()
                .map(i -> i.words() == null ? i.code() : i.words())
                .collect(Collectors.joining("; "))
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return words.length() <= maximum ? words : words.substring(0, maximum - 1) + "…";
    }
}
