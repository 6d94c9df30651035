package lanyard.messaging.directory;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;

/// What the directory stands on.
///
/// @param shared the rooms that two people are both in
/// @param portrait a picture made small, without its metadata; refuses what is no picture
public record DirectoryParts(
        IdentityGround ground,
        Identity identity,
        BiFunction<UserId, UserId, List<RoomId>> shared,
        UnaryOperator<byte[]> portrait) {}
