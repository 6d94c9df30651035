package lanyard.standards.matrix;

/// A device: one Matrix session of a person. A phone is a handset, not a device.
/// <https://spec.matrix.org/v1.18/client-server-api/#relationship-between-access-tokens-and-devices>
public record DeviceId(String value) {
    public DeviceId {
        if (value.isEmpty() || value.length() > 255 || !Opaque.isPrintable(value)) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That is not a device id.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
