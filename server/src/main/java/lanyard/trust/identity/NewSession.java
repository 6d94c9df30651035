package lanyard.trust.identity;

import java.time.Duration;
import java.util.Optional;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;

/// A device that has just signed in. The tokens are in clear here and nowhere else.
///
/// @param renewal for a client that asked for tokens that end
public record NewSession(UserId user, DeviceId device, String accessToken, Optional<Renewal> renewal) {
    /// How the access token, which ends after `lifetime`, is renewed.
    public record Renewal(String refreshToken, Duration lifetime) {
        @Override
        public String toString() {
            return "Renewal[hidden]";
        }
    }

    @Override
    public String toString() {
        return "NewSession[" + user + ", " + device + ", hidden]";
    }
}
