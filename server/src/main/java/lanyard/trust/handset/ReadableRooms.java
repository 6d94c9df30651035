package lanyard.trust.handset;

import java.util.List;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// The messaging layer's answer to what a phone could show.
public interface ReadableRooms {
    /// Until messaging is there.
    ReadableRooms NONE = new ReadableRooms() {
        @Override
        public List<RoomId> of(UserId user) {
            return List.of();
        }

        @Override
        public List<ReadableRoom> describe(List<RoomId> rooms) {
            return List.of();
        }
    };

    /// Asked within a deed: it looks at memory only.
    List<RoomId> of(UserId user);

    List<ReadableRoom> describe(List<RoomId> rooms);
}
