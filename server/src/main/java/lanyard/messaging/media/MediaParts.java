package lanyard.messaging.media;

import java.security.SecureRandom;
import java.time.InstantSource;
import lanyard.platform.blob.Blobs;
import lanyard.platform.db.Database;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;
import lanyard.trust.identity.Identity;

/// What media stand on.
public record MediaParts(
        Database database, Writer writer, Blobs blobs, Identity identity, Audit audit, Clockwork clockwork) {
    /// What is asked for rather than looked up; `limited` is false in conformance mode only.
    public record Clockwork(InstantSource clock, SecureRandom random, MediaSettings settings, boolean limited) {}
}
