package lanyard.governance.retention;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lanyard.messaging.media.StoredMedia;
import lanyard.messaging.patient.Patients;
import lanyard.messaging.room.RoomKind;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.RoomRegister;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.hold.Holds;

/// Why a file must stay, whoever would destroy it: asked in the transaction that destroys.
///
/// What could go wrong, for ever: the only picture of a wound goes because a sentence about it is in the record; or a
/// file goes that a held conversation shows. The server cannot see what a file shows, nor where. The principles: a file
/// of somebody who ever was in a clinical conversation goes only once the record has the file itself or a clinician
/// has said why it is not needed there; a file stays while a hold covers its owner, or any room they ever were in, at
/// the time it was sent.
final class FileKeeping {
    private final Holds holds;
    private final Schedule schedule;
    private final Timeline timeline;
    private final Rooms rooms;
    private final Patients patients;
    private final FileStore store = new FileStore();

    FileKeeping(Holds holds, Schedule schedule, Retention.Conversations conversations) {
        this.holds = holds;
        this.schedule = schedule;
        this.timeline = conversations.timeline();
        this.rooms = conversations.rooms();
        this.patients = conversations.patients();
    }

    /// Why it stays, and the sentence for who wanted it gone.
    enum Why {
        YOUNG("Retention has not run out for this file: it goes by itself when it has. Until then it can be put in"
                + " quarantine, where nobody sees it."),
        HELD("There is a hold on its owner or a conversation they were in: this file must be kept until that is"
                + " lifted."),
        NOT_DUE("This file is not marked, or its disposal can still be called off: it goes by itself when that time is"
                + " over. Until then it can be put in quarantine, where nobody sees it."),
        NOT_RECORDED("The health record does not have this file, and no clinician has said why it is not needed there:"
                + " it must be kept. It can be put in quarantine, where nobody sees it.");

        private final String sentence;

        Why(String sentence) {
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }
    }

    /// Until the transaction ends, no hold is placed. Empty when nothing keeps the file.
    Optional<Why> ask(Tx tx, StoredMedia file, Instant now) {
        holds.keepOut(tx);
        if (!file.uploadedAt().isBefore(runsOut(file.organization(), now))) {
            return Optional.of(Why.YOUNG);
        }
        if (holds.standing(tx, patients.doomed(tx, file.owner())).covers(file.uploadedAt())) {
            return Optional.of(Why.HELD);
        }
        return needsRelease(tx, file) ? Optional.of(Why.NOT_RECORDED) : Optional.empty();
    }

    /// What was uploaded before may go.
    Instant runsOut(String organization, Instant now) {
        return now.minus(schedule.keepFiles(organization));
    }

    /// A room of unknown kind is clinical (ADR 19).
    private boolean needsRelease(Tx tx, StoredMedia file) {
        var ever = new RoomRegister(timeline).listEver(tx, file.owner());
        var known = rooms.byRoom(tx, ever);
        return store.findRelease(tx, file.id())
                        .filter(release ->
                                counts(release, file.owner(), user -> new RoomRegister(timeline).listEver(tx, user)))
                        .isEmpty()
                && ever.stream()
                        .anyMatch(room ->
                                !known.containsKey(room) || known.get(room).kind() == RoomKind.CLINICAL);
    }

    /// Those of the files whose going nobody has agreed to, whatever conversations their owners were in.
    List<StoredMedia> listUnreleased(Tx tx, List<StoredMedia> files) {
        if (files.isEmpty()) {
            return files;
        }
        var releases =
                store.listReleases(tx, files.stream().map(StoredMedia::id).toList());
        Map<UserId, List<RoomId>> ever = new HashMap<>();
        return files.stream()
                .filter(file -> !releases.containsKey(file.id())
                        || !counts(
                                releases.get(file.id()),
                                file.owner(),
                                user -> ever.computeIfAbsent(
                                        user, one -> new RoomRegister(timeline).listEver(tx, one))))
                .toList();
    }

    /// What the record has is a copy that somebody put there: the word of who never was in a conversation with the
    /// file's owner, and so cannot have seen it, counts for nothing.
    private static boolean counts(FileStore.Release release, UserId owner, Function<UserId, List<RoomId>> everIn) {
        return !release.how().equals(FileStore.IN_RECORD)
                || everIn.apply(release.by()).stream().anyMatch(everIn.apply(owner)::contains);
    }
}
