package lanyard.governance.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lanyard.messaging.media.Media;
import lanyard.messaging.media.StoredMedia;
import lanyard.messaging.room.RoomKind;
import lanyard.messaging.timeline.Expiring;
import lanyard.messaging.timeline.RoomRegister;
import lanyard.messaging.timeline.StoredEvent;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

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
        var said =
                listWaiting(tx, people, since).stream().map(AwaitedFiles::after).toList();
        return said.isEmpty() ? Set.of() : new HashSet<>(expiring.listSaid(tx, room.get(), said));
    }

    /// Whether one of these messages of the room may carry such a file. The writer asks, and everybody waits for it
    /// meanwhile: so no other message is looked at.
    boolean areCarried(Tx tx, RoomId id, List<StoredEvent> messages) {
        var first = messages.stream().mapToLong(StoredEvent::timestamp).min();
        if (first.isEmpty()
                || rooms.find(tx, id).filter(AwaitedFiles::isNotClinical).isPresent()) {
            return false;
        }
        var senders = messages.stream().map(StoredEvent::sender).collect(Collectors.toSet());
        var since = Instant.ofEpochMilli(first.getAsLong()).minus(CARRIED_WITHIN);
        return listWaiting(tx, senders, since).stream()
                .map(AwaitedFiles::after)
                .anyMatch(
                        said -> messages.stream().anyMatch(message -> said.has(message.sender(), message.timestamp())));
    }

    private List<StoredMedia> listWaiting(Tx tx, Collection<UserId> owners, Instant since) {
        return files.listUnreleased(tx, media.listSince(tx, owners, since));
    }

    private static Expiring.Said after(StoredMedia file) {
        return new Expiring.Said(
                file.owner(),
                file.uploadedAt().toEpochMilli(),
                file.uploadedAt().plus(CARRIED_WITHIN).toEpochMilli());
    }

    private static boolean isNotClinical(RoomRetentionStore.Known room) {
        return !room.kind().equals(RoomKind.CLINICAL.word());
    }
}
