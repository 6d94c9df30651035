package lanyard.messaging.room;

import java.time.InstantSource;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Database;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.People;

/// What rooms stand on. `conformance`: rooms are created as the caller, without the organisation's own members.
public record RoomParts(
        Database database,
        Writer writer,
        Timeline timeline,
        People people,
        Identity identity,
        Audit audit,
        InstantSource clock,
        boolean conformance) {}
