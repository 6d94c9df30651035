package lanyard.messaging.timeline;

import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;

/// Who reads: a person on one of their devices.
public record Reader(UserId user, DeviceId device) {
    boolean is(Origin origin) {
        return origin.user().equals(user) && origin.device().equals(device);
    }
}
