package lanyard.messaging.admin;

import java.security.SecureRandom;
import java.time.InstantSource;
import lanyard.messaging.media.Media;
import lanyard.messaging.report.Reports;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Database;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;
import lanyard.trust.identity.Identity;

/// What administration stands on.
///
/// @param registrationSecret shared with a test suite that registers people; empty for none, and always outside
///     conformance mode
public record AdminParts(Ground ground, Shown shown, String registrationSecret) {
    public record Ground(Database database, Writer writer, Audit audit, InstantSource clock, SecureRandom random) {}

    /// What is administered.
    public record Shown(Timeline timeline, Rooms rooms, Identity identity, Media media, Reports reports) {}

    Database database() {
        return ground.database();
    }

    Writer writer() {
        return ground.writer();
    }

    Audit audit() {
        return ground.audit();
    }

    InstantSource clock() {
        return ground.clock();
    }

    SecureRandom random() {
        return ground.random();
    }

    Timeline timeline() {
        return shown.timeline();
    }

    Rooms rooms() {
        return shown.rooms();
    }

    Identity identity() {
        return shown.identity();
    }

    Media media() {
        return shown.media();
    }

    Reports reports() {
        return shown.reports();
    }

    @Override
    public String toString() {
        return "AdminParts[hidden]";
    }
}
