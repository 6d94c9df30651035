package lanyard.messaging.room;

import java.util.List;
import lanyard.messaging.timeline.Timeline;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.handset.ReadableRoom;
import lanyard.trust.handset.ReadableRooms;

/// Which conversations a phone could show, for the report when it is lost: what for and with how many, never what was
/// said.
public final class RoomsOnPhones implements ReadableRooms {
    private final Rooms rooms;
    private final Timeline timeline;

    public RoomsOnPhones(Rooms rooms, Timeline timeline) {
        this.rooms = rooms;
        this.timeline = timeline;
    }

    @Override
    public List<RoomId> of(UserId user) {
        return timeline.memberships().joined(user).toList();
    }

    @Override
    public List<ReadableRoom> describe(List<RoomId> ids) {
        var known = rooms.byRoom(ids);
        return ids.stream()
                .flatMap(id -> timeline.findRoom(id).stream())
                .map(room -> {
                    var conversation = known.get(room.id());
                    return conversation == null
                            ? new ReadableRoom(
                                    room.id(), "", "", (int) room.joined().count())
                            : new ReadableRoom(
                                    room.id(),
                                    conversation.kind().word(),
                                    conversation.purpose(),
                                    rooms.people(room).size());
                })
                .toList();
    }
}
