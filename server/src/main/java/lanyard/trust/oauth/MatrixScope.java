package lanyard.trust.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.Scope;
import java.util.List;
import java.util.regex.Pattern;
import lanyard.standards.matrix.DeviceId;
import org.jspecify.annotations.Nullable;

/// What a client asks for: the whole client-server API, and a device it names. Other scopes are left out of what is
/// given. <https://spec.matrix.org/v1.18/client-server-api/#scope>
final class MatrixScope {
    private static final String API = "urn:matrix:client:api:*";
    private static final String DEVICE = "urn:matrix:client:device:";
    /// As clients spelt them before they were in the specification (MSC 2967).
    private static final String OLD = "urn:matrix:org.matrix.msc2967.client:";

    private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9._~-]{10,255}");

    private MatrixScope() {}

    /// The device asked for. Errors: `invalid_scope`.
    static DeviceId device(@Nullable Scope scope) {
        var asked = scope == null
                ? List.<String>of()
                : scope.toStringList().stream()
                        .map(one -> one.startsWith(OLD) ? "urn:matrix:client:" + one.substring(OLD.length()) : one)
                        .distinct()
                        .toList();
        var devices = asked.stream()
                .filter(one -> one.startsWith(DEVICE))
                .map(one -> one.substring(DEVICE.length()))
                .toList();
        if (!asked.contains(API)
                || devices.size() != 1
                || !DEVICE_ID.matcher(devices.getFirst()).matches()) {
            throw new OAuthRefusal(
                    OAuth2Error.INVALID_SCOPE,
                    "Ask for " + API + " and one " + DEVICE + "... of ten characters or more.");
        }
        return new DeviceId(devices.getFirst());
    }

    static String given(DeviceId device) {
        return API + " " + DEVICE + device.value();
    }
}
