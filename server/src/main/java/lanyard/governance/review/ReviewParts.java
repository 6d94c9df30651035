package lanyard.governance.review;

import java.security.SecureRandom;
import java.time.InstantSource;
import lanyard.governance.custodian.Unsealing;
import lanyard.governance.disclosure.Cases;
import lanyard.messaging.media.Media;
import lanyard.messaging.patient.Patients;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.ReadMarks;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.blob.Blobs;
import lanyard.platform.db.Database;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.stream.Writer;
import lanyard.trust.console.Console;
import lanyard.trust.identity.Identity;

/// What reviews stand on.
public record ReviewParts(Ground ground, Others others, Conversations conversations) {
    /// The technical part of it. `blobs` keeps files of cases, apart from what people sent.
    public record Ground(
            Database database, Writer writer, KeyStore keys, Blobs blobs, InstantSource clock, SecureRandom random) {}

    /// Who is asked, and where the pages stand.
    public record Others(Cases cases, Unsealing unsealing, Identity identity, Console console) {}

    /// Where messages come from, and what they stood in.
    public record Conversations(Timeline timeline, ReadMarks marks, Rooms rooms, Media media, Patients patients) {}
}
