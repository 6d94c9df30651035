package lanyard.trust.identity;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.DeviceId;

/// What a person sees of the section "Signs of trouble" of docs/api.md.
final class NewDeviceEndpoints {
    private static final String LIST = "/_lanyard/v1/me/new-devices";

    private final Identity identity;

    NewDeviceEndpoints(Identity identity) {
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("GET " + LIST, this::getNewDevices);
        routes.add("POST " + LIST + "/{deviceId}/mine", this::mine);
        routes.add("POST " + LIST + "/{deviceId}/not-mine", this::notMine);
    }

    private Reply getNewDevices(Exchange x) {
        var reply = Json.object();
        var list = reply.putArray("devices");
        identity.newDevices()
                .list(identity.caller(x))
                .forEach(row -> list.addObject()
                        .put("device_id", row.device().value())
                        .put("display_name", row.name())
                        .put("since_ts", row.since().toEpochMilli())
                        .put("other_app", row.otherApp()));
        return Reply.json(reply);
    }

    private Reply mine(Exchange x) {
        identity.newDevices().mine(identity.caller(x), device(x));
        return Reply.empty();
    }

    private Reply notMine(Exchange x) {
        identity.newDevices().notMine(identity.caller(x), device(x));
        return Reply.empty();
    }

    private static DeviceId device(Exchange x) {
        return new DeviceId(x.param("deviceId"));
    }
}
