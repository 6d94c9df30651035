package lanyard.trust.policy;

/// What may go with a message in one kind of room besides pictures. Both are encrypted: the app holds to it, and the
/// server cannot see what other apps send.
///
/// @param voiceNotes what is spoken is found by nobody's search, and no nudge hears a name in it
/// @param files a document is a copy of something that belongs elsewhere, often of somebody's record
public record Enclosures(boolean voiceNotes, boolean files) {
    /// Documents of patients belong in the record, and where nobody is to be named nobody can be heard being named.
    static Enclosures standard(String kind) {
        return switch (kind) {
            case "clinical" -> new Enclosures(true, false);
            case "operational" -> new Enclosures(true, true);
            default -> new Enclosures(false, false);
        };
    }
}
