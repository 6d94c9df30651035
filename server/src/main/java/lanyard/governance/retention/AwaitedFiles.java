package lanyard.governance.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import lanyard.messaging.media.Media;
import lanyard.messaging.room.RoomKind;
import lanyard.messaging.timeline.Expiring;
import lanyard.messaging.timeline.RoomRegister;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;

/// Messages that may carry a file which the health record does not have and no clinician has let go.
///
/// What could go wrong, for ever: the only picture of a wound stays, as it must, and the message goes that has the key
/// to it. The server cannot see which message carries which file. The principle: in a clinical conversation, what the
/// owner of such a file said there within the hour after they put it on the server stays as long as the file waits. A
/// message that took longer to leave is not found this way; no app of ours sends one (it uploads just before).
final class AwaitedFiles {
    static final Duration CARRIED_WITHIN = Duration.ofHours(1);

    private final Timeline timeline;
    private final Media media;
    private final FileKeeping files;
    private final Expiring expiring;
    private final RoomRetentionStore rooms = new RoomRetentionStore();

    AwaitedFiles(Timeline timeline, Media media, FileKeeping files) {
        this.timeline = timeline;
        this.media = media;
        this.files = files;
        this.expiring = new Expiring(timeline);
    }

    /// Of the room, as it is left: a fixed number of statements, however many files there are.
    Set<EventId> listMessages(Tx tx, RoomId id) {
        var known = rooms.find(tx, id);
        var room = timeline.findRoom(id);
        if (room.isEmpty() || known.filter(AwaitedFiles::isNotClinical).isPresent()) {
            return Set.of();
        }
        var people = new RoomRegister(timeline).listPeopleEver(tx, Set.of(id));
        var since = known.map(RoomRetentionStore.Known::oldest)
                .map(oldest -> oldest.minus(CARRIED_WITHIN))
                .orElse(Instant.EPOCH);
        var waiting = files.listUnreleased(tx, media.listSince(tx, people, since));
        var said = waiting.stream()
                .map(file -> new Expiring.Said(
                        file.owner(),
                        file.uploadedAt().toEpochMilli(),
                        file.uploadedAt().plus(CARRIED_WITHIN).toEpochMilli()))
                .toList();
        return said.isEmpty() ? Set.of() : new HashSet<>(expiring.listSaid(tx, room.get(), said));
    }

    private static boolean isNotClinical(RoomRetentionStore.Known room) {
        return !room.kind().equals(RoomKind.CLINICAL.word());
    }
}
