package lanyard.messaging.push;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The dot-separated path of an event's property.
/// <https://spec.matrix.org/v1.18/appendices/#dot-separated-property-paths>
record Property(String path, List<String> names) {
    static final String BODY = "content.body";

    static Property of(String path) {
        var names = new ArrayList<String>();
        var name = new StringBuilder();
        for (var i = 0; i < path.length(); i++) {
            var c = path.charAt(i);
            if (c == '.') {
                names.add(name.toString());
                name.setLength(0);
            } else if (c == '\\'
                    && i + 1 < path.length()
                    && (path.charAt(i + 1) == '.' || path.charAt(i + 1) == '\\')) {
                name.append(path.charAt(++i));
            } else {
                name.append(c);
            }
        }
        names.add(name.toString());
        return new Property(path, List.copyOf(names));
    }

    boolean isBody() {
        return path.equals(BODY);
    }

    /// A missing node when the event has no such property.
    JsonNode in(JsonNode event) {
        var node = event;
        for (var name : names) {
            node = node.path(name);
        }
        return node;
    }
}
