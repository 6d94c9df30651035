package lanyard.messaging.push;

import java.net.URI;
import java.util.List;

/// Whom this server may tell that something has come.
///
/// @param gateways addresses of gateways of other apps' phones, and no others
/// @param hosts hosts of the push services of browsers, as [WebPushHosts] reads them
/// @param publicUrl where a tap on a notification leads, and who push services may complain to
public record PushSettings(List<URI> gateways, List<String> hosts, URI publicUrl) {
    /// The push services of Chrome, Edge, Firefox and Safari.
    public static final List<String> USUAL_HOSTS = List.of(
            "fcm.googleapis.com",
            "updates.push.services.mozilla.com",
            "*.push.services.mozilla.com",
            "*.push.apple.com",
            "*.notify.windows.com");

    public PushSettings {
        gateways = List.copyOf(gateways);
        hosts = List.copyOf(hosts);
    }
}
