package lanyard.trust.identity;

/// What somebody may do here, apart from their work.
///
/// @param administrator may lock and suspend colleagues
/// @param locked can do nothing but sign out
/// @param suspended can read, but say nothing
public record Standing(boolean administrator, boolean locked, boolean suspended) {}
