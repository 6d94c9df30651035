package lanyard.trust.identity;

import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;

/// A device that has just signed in. The token is in clear here and nowhere else.
public record NewSession(UserId user, DeviceId device, String accessToken) {
    @Override
    public String toString() {
        return "NewSession[" + user + ", " + device + ", hidden]";
    }
}
