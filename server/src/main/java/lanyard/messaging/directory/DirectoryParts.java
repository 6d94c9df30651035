package lanyard.messaging.directory;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;

/// What the directory stands on.
///
/// @param shared the rooms that two people are both in
/// @param beside who is in a room with somebody, nobody where they are not in it
/// @param portrait a picture made small, without its metadata; refuses what is no picture
public record DirectoryParts(
        IdentityGround ground,
        Identity identity,
        BiFunction<UserId, UserId, List<RoomId>> shared,
        BiFunction<UserId, RoomId, Set<UserId>> beside,
        UnaryOperator<byte[]> portrait) {}
