package lanyard.governance.custodian;

import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import lanyard.governance.custodian.CustodianStore.Device;
import lanyard.messaging.encryption.Encryption;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which of a custodian's devices clients are shown: the month's, or where that has been revoked the next one's.
final class Months {
    private static final Logger LOG = LoggerFactory.getLogger(Months.class);
    /// A ceremony takes three people's diaries.
    private static final int WARN_MONTHS = 2;

    /// A month's device as a page shows it.
    public record Shown(String month, String device, String state) {}

    private final CustodianParts parts;
    private final CustodianStore store;

    Months(CustodianParts parts, CustodianStore store) {
        this.parts = parts;
        this.store = store;
    }

    YearMonth now() {
        return YearMonth.from(parts.ground().clock().instant().atOffset(ZoneOffset.UTC));
    }

    private Optional<Device> wanted(List<Device> months) {
        return months.stream()
                .filter(device -> !device.revoked() && !device.month().month().isBefore(now()))
                .findFirst();
    }

    /// Lists the device that is wanted and takes the one before off the list, in one commit, so that clients never see
    /// none. Clients then share the keys of their conversations with the new one.
    void rotate(List<Device> months) {
        var warning = warning(months);
        if (!warning.isEmpty()) {
            LOG.warn("{}: {}", months.getFirst().organization(), warning);
        }
        wanted(months).ifPresent(device -> {
            var listed = listed(device.organization());
            if (!listed.equals(Optional.of(device.month().device()))) {
                parts.ground().writer().write(commit -> list(commit, device, listed, "the month has begun"));
            }
        });
    }

    private Optional<DeviceId> listed(String organization) {
        return parts.ground().database().read(tx -> store.findListed(tx, organization));
    }

    /// Empty while there are devices enough.
    String warning(List<Device> months) {
        var end = months.getLast().month().month();
        return end.isBefore(now().plusMonths(WARN_MONTHS))
                ? "The last device of the custodian is that of " + end + ": hold a key ceremony before it ends."
                : "";
    }

    List<Shown> shown(List<Device> months) {
        if (months.isEmpty()) {
            return List.of();
        }
        var listed = listed(months.getFirst().organization());
        return months.stream()
                .map(device -> new Shown(
                        device.month().month().toString(),
                        device.month().device().value(),
                        state(device, listed)))
                .toList();
    }

    private String state(Device device, Optional<DeviceId> listed) {
        if (device.revoked()) {
            return "Revoked";
        }
        if (listed.equals(Optional.of(device.month().device()))) {
            return "In use";
        }
        return device.month().month().isBefore(now()) ? "Over" : "Waiting";
    }

    /// Revokes the device in use. Errors: `M_FORBIDDEN` when no other is left to take its place.
    void revoke(List<Device> months, UserId by, String reason) {
        var revoked = wanted(months).orElseThrow(() -> Order.refused("There is no device in use to revoke."));
        var next = months.stream()
                .filter(device -> !device.revoked())
                .filter(device -> device.month().month().isAfter(revoked.month().month()))
                .findFirst()
                .orElseThrow(() -> Order.refused(
                        "There is no other device to take its place, and nobody could talk. Hold a ceremony first."));
        var details = Json.object().put("device_id", revoked.month().device().value());
        var entry = new AuditEntry("custodian.device_revoked", by.value(), revoked.organization(), reason, details);
        parts.ground().writer().write(commit -> {
            parts.audit().record(commit, entry);
            store.revoke(commit.tx(), revoked, parts.ground().clock().millis());
            return list(commit, next, Optional.of(revoked.month().device()), "the one before has been revoked");
        });
    }

    private DeviceId list(Commit commit, Device device, Optional<DeviceId> before, String reason) {
        var month = device.month();
        parts.encryption()
                .publish(
                        commit,
                        new Encryption.Published(
                                device.user(),
                                device.masterKey(),
                                device.selfSigningKey(),
                                month.device(),
                                month.deviceKeys(),
                                month.fallbackKeyId(),
                                month.fallbackKey()));
        before.ifPresent(old -> parts.encryption().withdraw(commit, device.user(), old));
        store.putListed(commit.tx(), device.organization(), month.device());
        var details = Json.object().put("device_id", month.device().value());
        var entry = new AuditEntry(
                "custodian.device_listed", device.user().value(), device.organization(), reason, details);
        parts.audit().record(commit, entry);
        return month.device();
    }
}
