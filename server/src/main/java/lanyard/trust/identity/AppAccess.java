package lanyard.trust.identity;

/// The other app a device signed in with.
///
/// @param client the app's OAuth client id
/// @param clinical whether the organisation has approved the app for clinical rooms
public record AppAccess(String client, boolean clinical) {}
