package lanyard.trust.handset;

import lanyard.standards.matrix.RoomId;

/// A conversation that a phone could show: what it was about, never what was said.
///
/// @param purpose empty when the conversation has ended since
public record ReadableRoom(RoomId room, String kind, String purpose, int members) {}
