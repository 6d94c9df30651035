package lanyard.governance.misdirection;

import java.time.InstantSource;
import java.util.Random;
import lanyard.messaging.patient.Patients;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.ReadMarks;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Database;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;
import lanyard.trust.console.Console;
import lanyard.trust.hold.Holds;
import lanyard.trust.identity.Identity;

/// What cases of misdirection stand on.
public record MisdirectionParts(Ground ground, Trust trust, Conversations conversations) {
    public record Ground(Database database, Writer writer, KeyStore keys, InstantSource clock, Random random) {}

    public record Trust(Identity identity, Audit audit, Console console, Holds holds) {}

    public record Conversations(Timeline timeline, ReadMarks marks, Rooms rooms, Patients patients) {}
}
