package lanyard.messaging.room;

import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// Somebody's membership has become another, or was said again.
///
/// @param membership Matrix's word for what it is now
public record MemberChange(RoomId room, UserId by, UserId member, String membership, String reason) {}
