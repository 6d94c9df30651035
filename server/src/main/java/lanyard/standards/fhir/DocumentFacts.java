package lanyard.standards.fhir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What matters of a document however a server arranges it: whose it is, who wrote and who vouches for it, whether it
/// stands, what it has to do with others, and its words. Read by the same code from what was sent and from what was
/// kept, so that the two can be compared.
/// It hides itself.
public record DocumentFacts(
        Optional<Identifier> identifier,
        Optional<String> status,
        Set<Relation> relations,
        Set<Identifier> patient,
        List<Set<Identifier>> author,
        List<Set<Identifier>> attester,
        Optional<String> text) {
    public DocumentFacts {
        relations = Set.copyOf(relations);
        patient = Set.copyOf(patient);
        author = List.copyOf(author);
        attester = List.copyOf(attester);
    }

    /// What it does to another document: replaces it, adds to it.
    public record Relation(String code, Identifier target) {}

    /// What a person would have to be told if `kept` is what became of this document; empty when it is the same.
    public List<String> differences(DocumentFacts kept) {
        var differences = new ArrayList<String>();
        if (!kept.identifier.equals(identifier)) {
            differences.add("another document");
        }
        if (!kept.status.equals(status)) {
            differences.add("another status");
        }
        if (!kept.relations.equals(relations)) {
            differences.add("another relation to earlier documents");
        }
        if (!isSamePatient(kept.patient)) {
            differences.add("another patient");
        }
        if (!areSamePeople(author, kept.author)) {
            differences.add("another author");
        }
        if (!areSamePeople(attester, kept.attester)) {
            differences.add("another person who decided");
        }
        if (text.isEmpty() || !kept.text.equals(text)) {
            differences.add("other words");
        }
        return differences;
    }

    /// A server may add identifiers of its own, but not a second number in a numbering that was sent.
    private boolean isSamePatient(Set<Identifier> kept) {
        var systems = patient.stream().map(Identifier::system).collect(Collectors.toSet());
        return !patient.isEmpty()
                && kept.stream()
                        .filter(id -> systems.contains(id.system()))
                        .collect(Collectors.toSet())
                        .equals(patient);
    }

    private static boolean areSamePeople(List<Set<Identifier>> sent, List<Set<Identifier>> kept) {
        if (sent.isEmpty() || sent.size() != kept.size()) {
            return false;
        }
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i).isEmpty() || !kept.get(i).containsAll(sent.get(i))) {
                return false;
            }
        }
        return true;
    }

    public static DocumentFacts of(JsonNode bundle) {
        var composition = Tree.items(bundle, "entry")
                .findFirst()
                .map(entry -> entry.path("resource"))
                .filter(resource -> Tree.text(resource, "resourceType").equals(Optional.of("Composition")))
                .orElse(null);
        return new DocumentFacts(
                Identifier.read(bundle.path("identifier")),
                Tree.text(composition, "status"),
                Tree.items(composition, "relatesTo")
                        .flatMap(DocumentFacts::relation)
                        .collect(Collectors.toSet()),
                composition == null ? Set.of() : identifiers(bundle, composition.path("subject")),
                Tree.items(composition, "author")
                        .map(author -> identifiers(bundle, author))
                        .toList(),
                Tree.items(composition, "attester")
                        .map(attester -> identifiers(bundle, attester.path("party")))
                        .toList(),
                words(composition));
    }

    private static Stream<Relation> relation(JsonNode from) {
        return Identifier.read(from.path("targetIdentifier")).stream()
                .map(target -> new Relation(Tree.text(from, "code").orElse(""), target));
    }

    /// All sections, in order; none may be unreadable.
    private static Optional<String> words(@Nullable JsonNode composition) {
        var sections = Tree.items(composition, "section")
                .map(section -> Tree.text(section.path("text"), "div").flatMap(Narrative::words))
                .toList();
        if (sections.isEmpty() || sections.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of(sections.stream().flatMap(Optional::stream).collect(Collectors.joining(" ")));
    }

    /// The identifiers of what is referred to, which must be in the same document.
    private static Set<Identifier> identifiers(JsonNode bundle, JsonNode reference) {
        var target = Tree.text(reference, "reference").orElse("");
        var found = new HashSet<Identifier>();
        Tree.items(bundle, "entry")
                .filter(entry -> isTarget(entry, target))
                .flatMap(entry -> Tree.items(entry.path("resource"), "identifier"))
                .flatMap(identifier -> Identifier.read(identifier).stream())
                .forEach(found::add);
        return found;
    }

    /// By full URL, or relative to it as servers rewrite it.
    /// <https://hl7.org/fhir/R4/bundle.html#references>
    private static boolean isTarget(JsonNode entry, String target) {
        var resource = entry.path("resource");
        var relative = Stream.of(Tree.text(resource, "resourceType"), Tree.text(resource, "id"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("/"));
        return !target.isEmpty()
                && (Tree.text(entry, "fullUrl").equals(Optional.of(target))
                        || (relative.contains("/") && relative.equals(target)));
    }

    @Override
    public String toString() {
        return "DocumentFacts[hidden]";
    }
}
