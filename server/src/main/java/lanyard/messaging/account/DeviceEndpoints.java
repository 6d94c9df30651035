package lanyard.messaging.account;

import java.util.ArrayList;
import java.util.List;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Device;
import lanyard.trust.identity.RemovedDevice;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#device-management>
final class DeviceEndpoints {
    private static final String DEVICES = "/_matrix/client/v3/devices";

    private final AccountParts parts;

    DeviceEndpoints(AccountParts parts) {
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("GET " + DEVICES, this::getDevices);
        routes.add("GET " + DEVICES + "/{deviceId}", this::getDevice);
        routes.add("PUT " + DEVICES + "/{deviceId}", this::updateDevice);
        routes.add("DELETE " + DEVICES + "/{deviceId}", this::deleteDevice);
        routes.add("POST /_matrix/client/v3/delete_devices", this::deleteDevices);
    }

    private Reply getDevices(Exchange x) {
        var caller = parts.identity().caller(x);
        var reply = Json.object();
        var devices = reply.putArray("devices");
        parts.identity().devices().list(caller.user()).forEach(device -> devices.add(face(device)));
        return Reply.json(reply);
    }

    private Reply getDevice(Exchange x) {
        var caller = parts.identity().caller(x);
        return Reply.json(parts.identity()
                .devices()
                .find(caller.user(), new DeviceId(x.param("deviceId")))
                .map(DeviceEndpoints::face)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "You have no such device.")));
    }

    private static ObjectNode face(Device device) {
        return Json.object()
                .put("device_id", device.id().value())
                .put("display_name", device.displayName())
                .put("last_seen_ts", device.lastSeenAt().toEpochMilli());
    }

    private Reply updateDevice(Exchange x) {
        var caller = parts.identity().caller(x);
        var device = new DeviceId(x.param("deviceId"));
        var name = Json.optionalText(x.body(), "display_name");
        if (name.isPresent()) {
            parts.writer().write(commit -> {
                parts.identity().devices().rename(commit, caller.user(), device, name.get());
                return device;
            });
        }
        return Reply.empty();
    }

    private Reply deleteDevice(Exchange x) {
        return delete(x, x.body(), List.of(new DeviceId(x.param("deviceId"))));
    }

    private Reply deleteDevices(Exchange x) {
        var body = x.body();
        var devices = new ArrayList<DeviceId>();
        for (var device : Json.optionalArray(body, "devices").orElseGet(Json::array)) {
            if (!device.isString()) {
                throw new MatrixException(ErrorCode.M_BAD_JSON, "devices must be a list of device ids.");
            }
            devices.add(new DeviceId(device.stringValue()));
        }
        return delete(x, body, devices);
    }

    private Reply delete(Exchange x, ObjectNode body, List<DeviceId> devices) {
        Caller caller = parts.identity().caller(x);
        parts.identity().interactiveAuth().requireOwnApp(caller);
        var challenge = parts.identity().interactiveAuth().challenge(caller, x, body);
        if (challenge.isPresent()) {
            return challenge.get();
        }
        parts.writer().write(commit -> {
            parts.identity().devices().remove(commit, caller.user(), devices, RemovedDevice.Why.DELETED);
            return devices;
        });
        return Reply.empty();
    }
}
