package lanyard.standards.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A document as lines that a person copies into something that takes no documents. Of our own documents only: one
/// paragraph is one line.
public final class DocumentText {
    private static final String PARAGRAPH_ENDS = "</p>";

    private DocumentText() {}

    /// Title, patient, each section under its heading, and who wrote it.
    public static String of(JsonNode bundle) {
        var composition = resource(bundle, "Composition");
        var patient = resource(bundle, "Patient");
        var lines = new ArrayList<String>();
        Tree.text(composition, "title").ifPresent(lines::add);
        Stream.concat(Tree.items(patient, "name").flatMap(name -> Tree.text(name, "text").stream()), born(patient))
                .forEach(lines::add);
        Tree.items(patient, "identifier")
                .flatMap(identifier -> Identifier.read(identifier).stream())
                .map(Identifier::value)
                .forEach(lines::add);
        Tree.items(composition, "section").forEach(section -> {
            lines.add("");
            Tree.text(section, "title").ifPresent(title -> lines.add(title + ":"));
            lines.addAll(paragraphs(section));
        });
        lines.add("");
        lines.addAll(paragraphs(composition));
        return String.join("\n", lines);
    }

    private static Stream<String> born(JsonNode patient) {
        return Tree.text(patient, "birthDate").map(date -> "Born " + date).stream();
    }

    private static List<String> paragraphs(JsonNode of) {
        var div = Tree.text(of.path("text"), "div").orElse("");
        var body = div.substring(div.indexOf('>') + 1);
        return Stream.of(body.split(PARAGRAPH_ENDS, -1))
                .filter(paragraph -> paragraph.startsWith("<p>"))
                .map(paragraph -> Narrative.words(
                        "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + paragraph + PARAGRAPH_ENDS + "</div>"))
                .flatMap(Optional::stream)
                .toList();
    }

    private static JsonNode resource(JsonNode bundle, String type) {
        return Tree.items(bundle, "entry")
                .map(entry -> entry.path("resource"))
                .filter(resource -> Tree.text(resource, "resourceType").equals(Optional.of(type)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a document has a " + type));
    }
}
