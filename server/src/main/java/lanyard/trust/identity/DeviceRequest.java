package lanyard.trust.identity;

import java.util.Optional;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// What a client asks for when it logs in: a device of its own to come back to, a name for a new one,
/// whether it can renew its tokens, and which approved app it is when it is not ours.
public record DeviceRequest(
        Optional<DeviceId> id, Optional<String> displayName, boolean renewable, Optional<AppAccess> app) {
    public static final DeviceRequest ANY = new DeviceRequest(Optional.empty(), Optional.empty(), false);
    static final int LONGEST_NAME = 100;

    public DeviceRequest(Optional<DeviceId> id, Optional<String> displayName, boolean renewable) {
        this(id, displayName, renewable, Optional.empty());
    }

    public DeviceRequest {
        displayName.ifPresent(DeviceRequest::requireShort);
    }

    static void requireShort(String name) {
        if (name.length() > LONGEST_NAME) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "A device's name has up to " + LONGEST_NAME + " characters.");
        }
    }
}
