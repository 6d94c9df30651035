package lanyard.trust.identity;

import java.util.Optional;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;

/// A device that is no more, and the phone it was on.
public record RemovedDevice(UserId user, DeviceId id, Optional<String> handset, Why why) {
    /// The word is the audit entry's action.
    public enum Why {
        SIGNED_OUT("device.signed_out"),
        SIGNED_OUT_EVERYWHERE("device.signed_out_everywhere"),
        DELETED("device.deleted"),
        WIPED("device.removed_by_wipe"),
        DISOWNED("device.disowned"),
        TOKEN_USED_TWICE("device.token_used_twice"),
        APP_WITHDRAWN("device.app_withdrawn"),
        LEFT("device.left_with_person");

        private final String action;

        Why(String action) {
            this.action = action;
        }

        String action() {
            return action;
        }
    }
}
