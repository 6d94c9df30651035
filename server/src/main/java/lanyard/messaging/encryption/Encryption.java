package lanyard.messaging.encryption;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import lanyard.messaging.timeline.Reader;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Public keys of devices and people, one-time keys, key backup and to-device messages. The server carries all of
/// it and can open none of it.
public final class Encryption implements Feature {
    private static final Duration CLAIMED_KEYS_STAY = Duration.ofDays(7);

    private final EncryptionParts parts;
    private final DeviceKeyStore deviceKeys = new DeviceKeyStore();
    private final CrossSigningStore crossSigning = new CrossSigningStore();
    private final DeviceLists lists;
    private final ToDevice toDevice;
    private final Keys keys;
    private final Cache<Reader, Counts> counts =
            Caffeine.newBuilder().maximumSize(100_000).build();

    public Encryption(EncryptionParts parts) {
        this.parts = parts;
        this.lists = new DeviceLists(parts);
        this.toDevice = new ToDevice(parts);
        this.keys = new Keys(parts, deviceKeys, crossSigning, lists, this::keysMoved);
        parts.identity().devices().whenRemoved((commit, gone) -> forget(commit, new Reader(gone.user(), gone.id())));
    }

    private record Counts(ObjectNode oneTime, ArrayNode unusedFallback) {}

    @Override
    public void routes(Routes routes) {
        new KeyEndpoints(parts, keys, lists).addTo(routes);
        new CrossSigningEndpoints(parts, keys).addTo(routes);
        new ToDeviceEndpoints(parts, toDevice, keys).addTo(routes);
        new BackupEndpoints(parts, new BackupStore()).addTo(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("to-device-transactions", Duration.ofHours(1), toDevice::forgetOldTransactions);
        jobs.every("to-device-orphans", Duration.ofHours(1), toDevice::forgetOrphans);
        jobs.every("claimed-one-time-keys", Duration.ofHours(1), this::forgetClaimedKeys);
    }

    /// By then nobody uploads one of them again.
    private void forgetClaimedKeys() {
        var before = parts.clock().instant().minus(CLAIMED_KEYS_STAY).toEpochMilli();
        parts.database().write(tx -> {
            deviceKeys.forgetClaimed(tx, before);
            return before;
        });
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Public keys of a person's devices, signatures between people, an encrypted backup of message keys.",
                "The public keys as JSON; the backup cannot be read by the organisation.",
                "With the device or the account; the backup on the person's word.");
    }

    public ToDevice toDevice() {
        return toDevice;
    }

    /// Sync's `device_lists`, computed in memory.
    public DeviceListNews deviceLists(UserId reader, SyncToken since) {
        var news = lists.since(reader, since);
        return new DeviceListNews(news.isEmpty(), news.json());
    }

    /// The same for a device that gives a place which this server no longer knows: whatever it missed is in it.
    public DeviceListNews deviceListsAnew(UserId reader) {
        var news = lists.anew(reader);
        return new DeviceListNews(news.isEmpty(), news.json());
    }

    /// What sync says of changed devices.
    public record DeviceListNews(boolean isEmpty, ObjectNode json) {}

    public ObjectNode oneTimeKeyCounts(UserId user, DeviceId device) {
        return counts(new Reader(user, device)).oneTime();
    }

    public ArrayNode unusedFallbackKeyTypes(UserId user, DeviceId device) {
        return counts(new Reader(user, device)).unusedFallback();
    }

    private Counts counts(Reader device) {
        return counts.get(
                device,
                key -> parts.database().read(tx -> {
                    var oneTime = Json.object().put("signed_curve25519", 0);
                    deviceKeys.countOneTimeKeys(tx, key).forEach(oneTime::put);
                    var fallback = Json.array();
                    deviceKeys.listUnusedFallback(tx, key).forEach(fallback::add);
                    return new Counts(oneTime, fallback);
                }));
    }

    private void keysMoved(Reader device) {
        counts.invalidate(device);
    }

    private void forget(Commit commit, Reader device) {
        deviceKeys.deleteDevice(commit.tx(), device);
        crossSigning.deleteOfDevice(commit.tx(), device);
        toDevice.forget(commit, device);
        lists.change(commit, device.user());
        commit.afterCommit(() -> counts.invalidate(device));
    }

    /// Publishes the keys of a person who never signs in: the records custodian. `fallback` is `algorithm:id` and its
    /// key.
    public void publish(Commit commit, Published published) {
        keys.publish(commit, published);
    }

    /// A device that was made and cross-signed in a ceremony.
    public record Published(
            UserId user,
            ObjectNode masterKey,
            ObjectNode selfSigningKey,
            DeviceId device,
            ObjectNode deviceKeys,
            String fallbackName,
            ObjectNode fallbackKey) {}

    /// Takes a published device off the list, e.g. last month's of the custodian.
    public void withdraw(Commit commit, UserId user, DeviceId device) {
        forget(commit, new Reader(user, device));
    }

    /// The devices for which a message to `device` (`*` for all) of the person is meant.
    List<DeviceId> devices(UserId user, String device) {
        return keys.devices(user, device);
    }
}
