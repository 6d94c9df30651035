package lanyard.governance.disclosure;

import lanyard.standards.matrix.RoomId;

/// A time in a room: milliseconds since 1970, both included.
public record RoomSpan(RoomId room, long fromTs, long toTs) {}
