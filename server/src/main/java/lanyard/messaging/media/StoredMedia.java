package lanyard.messaging.media;

import java.time.Instant;
import lanyard.standards.matrix.UserId;

/// One file. Its name and type are sealed with the file's own key.
///
/// @param note the sealed name and type
/// @param gone destroyed, or kept but shown to nobody
public record StoredMedia(
        String id, UserId owner, String organization, long bytes, byte[] note, Instant uploadedAt, boolean gone) {}
