package lanyard.trust.identity;

import java.util.Optional;

/// The other app a device signed in with.
///
/// @param client the app's OAuth client id
/// @param clinical whether the organisation has approved the app for clinical rooms
/// @param key the thumbprint of the key that the device's tokens are bound to; empty where they are good by themselves
public record AppAccess(String client, boolean clinical, Optional<String> key) {
    public AppAccess(String client, boolean clinical) {
        this(client, clinical, Optional.empty());
    }

    /// Whether somebody who has proved to hold `shown`, or nothing, may renew what is this app's.
    boolean isHeldBy(Optional<String> shown) {
        return key.isEmpty() || key.equals(shown);
    }
}
