package lanyard.governance.disclosure;

import java.util.Map;
import lanyard.standards.matrix.EventId;

/// One message as it is put to a health professional.
///
/// @param covers its events, edits as well, each with the hash of what `text` shows of it
public record Shown(String text, Map<EventId, String> covers) {
    public Shown {
        covers = Map.copyOf(covers);
    }

    @Override
    public String toString() {
        return "Shown[hidden]";
    }
}
