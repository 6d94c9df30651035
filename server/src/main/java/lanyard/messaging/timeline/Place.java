package lanyard.messaging.timeline;

/// A place in a room: how many events, and how many of those that count as unread, there are up to it.
public record Place(long seq, long notices) {
    public static final Place START = new Place(0, 0);

    public Place later(Place other) {
        return other.seq > seq ? other : this;
    }
}
