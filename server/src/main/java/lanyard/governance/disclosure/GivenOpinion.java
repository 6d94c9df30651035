package lanyard.governance.disclosure;

import java.util.Map;
import lanyard.standards.matrix.EventId;

/// An opinion that is in a case, and which messages it is about.
///
/// @param by who entered it: its professional themselves, or whoever had it on paper
/// @param own whether its professional gave it themselves
/// @param covers each event that was put to the professional, with the hash of what they were shown of it; empty for an
/// opinion that was given before this was kept, which covers nothing
public record GivenOpinion(Opinion opinion, String by, boolean own, Map<EventId, String> covers) {
    public GivenOpinion {
        covers = Map.copyOf(covers);
    }
}
