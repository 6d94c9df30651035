package lanyard.governance.custodian;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// What everybody may know of a custodian: one cross-signed identity and a device for each month, of which clients are
/// shown only the present one.
public record CustodianPublic(UserId user, ObjectNode masterKey, ObjectNode selfSigningKey, List<MonthDevice> months) {
    /// One month's device, its keys and its signed fallback key, e.g. `signed_curve25519:AAAAAA`.
    public record MonthDevice(
            YearMonth month, DeviceId device, ObjectNode deviceKeys, String fallbackKeyId, ObjectNode fallbackKey) {}

    public CustodianPublic {
        months = List.copyOf(months);
    }

    public Optional<MonthDevice> find(YearMonth month) {
        return months.stream().filter(device -> device.month().equals(month)).findFirst();
    }
}
