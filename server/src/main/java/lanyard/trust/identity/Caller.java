package lanyard.trust.identity;

import java.util.Optional;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;

/// The person and device a request's access token stands for, and the organisation (its ODS code) they belong to.
///
/// @param app the approved app it signed in with through OAuth; empty for our own
/// @param handset the phone it is, once that is enrolled
public record Caller(
        UserId user, DeviceId device, String organization, Optional<AppAccess> app, Optional<String> handset) {
    public Caller(UserId user, DeviceId device, String organization) {
        this(user, device, organization, Optional.empty(), Optional.empty());
    }

    /// Whether clinical rooms are there for this device at all.
    public boolean seesClinicalRooms() {
        return app.isEmpty() || app.get().clinical();
    }
}
