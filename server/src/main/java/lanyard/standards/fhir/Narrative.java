package lanyard.standards.fhir;

import java.io.StringReader;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import tools.jackson.databind.node.ObjectNode;

/// Words for a person to read, as the small XHTML that FHIR allows. What people wrote goes in as text only and comes
/// out as text only, so that nothing in it is ever markup. It hides itself.
/// <https://hl7.org/fhir/R4/narrative.html>
public record Narrative(Status status, String div) {
    private static final String XHTML = "http://www.w3.org/1999/xhtml";
    private static final Set<String> BLOCKS = Set.of("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6");

    private static final Set<String> ACTING = Set.of(
            "script",
            "object",
            "embed",
            "applet",
            "iframe",
            "frame",
            "frameset",
            "form",
            "base",
            "link",
            "meta",
            "style",
            "svg",
            "math");

    /// <https://hl7.org/fhir/R4/valueset-narrative-status.html>
    public enum Status {
        /// Made from the structured data of the resource alone.
        GENERATED("generated"),
        /// Says more than the structured data does.
        ADDITIONAL("additional");

        private final String code;

        Status(String code) {
            this.code = code;
        }
    }

    /// One paragraph per line of `text`. Text that XML cannot carry is refused by [#canCarry(String)] first.
    public static Narrative of(Status status, String text) {
        if (!canCarry(text) || text.isBlank()) {
            throw new IllegalArgumentException("a narrative carries some text, without control characters");
        }
        var paragraphs = text.lines()
                .filter(line -> !line.isBlank())
                .map(line -> "<p>" + escape(line.strip()) + "</p>")
                .collect(Collectors.joining());
        return new Narrative(status, "<div xmlns=\"" + XHTML + "\">" + paragraphs + "</div>");
    }

    /// The characters of XML 1.0, <https://www.w3.org/TR/xml/#charsets>; C1 controls and FHIR's own exclusions too.
    public static boolean canCarry(String text) {
        return text.codePoints()
                .allMatch(c -> c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || (c >= 0x20 && c < 0x7f)
                        || (c >= 0xa0 && c < 0xd800)
                        || (c >= 0xe000 && c < 0xfffe)
                        || c >= 0x10000);
    }

    public ObjectNode toJson() {
        return new Tree().put("status", status.code).put("div", div).build();
    }

    /// The words of an XHTML fragment with single spaces between them, or empty if it is not well-formed. Markup of
    /// another's making is read for its text only: no document type, no entity but XML's own five.
    static Optional<String> words(String xhtml) {
        try {
            var reader = factory().createXMLStreamReader(new StringReader(xhtml));
            return Optional.of(words(reader));
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }

    private static String words(XMLStreamReader reader) throws XMLStreamException {
        var words = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    words.append(reader.getText());
                case XMLStreamConstants.START_ELEMENT -> {
                    refuseWhatActs(reader);
                    if (BLOCKS.contains(reader.getLocalName())) {
                        words.append(' ');
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (BLOCKS.contains(reader.getLocalName())) {
                        words.append(' ');
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XMLStreamException("a narrative declares nothing");
                default -> {} // comments and instructions say nothing to a reader
            }
        }
        return words.toString().replaceAll("\\s+", " ").strip();
    }

    /// <https://hl7.org/fhir/R4/narrative.html#security>: a narrative says something and does nothing.
    private static void refuseWhatActs(XMLStreamReader reader) throws XMLStreamException {
        if (ACTING.contains(reader.getLocalName().toLowerCase(Locale.ROOT))) {
            throw new XMLStreamException("a narrative does nothing");
        }
        for (var i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).toLowerCase(Locale.ROOT).startsWith("on")) {
                throw new XMLStreamException("a narrative does nothing");
            }
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return "Narrative[hidden]";
    }
}
