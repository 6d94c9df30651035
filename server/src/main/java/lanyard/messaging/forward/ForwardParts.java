package lanyard.messaging.forward;

import lanyard.messaging.patient.Patients;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Database;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;
import lanyard.trust.identity.Identity;

/// What forwarding stands on.
public record ForwardParts(
        Database database,
        Writer writer,
        Timeline timeline,
        Rooms rooms,
        Patients patients,
        Identity identity,
        Audit audit) {}
