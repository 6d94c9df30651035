package lanyard.governance.custodian;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import lanyard.governance.custodian.WithheldStore.Flag;
import lanyard.messaging.encryption.ToDevice;
import lanyard.messaging.timeline.Draft;
import lanyard.messaging.timeline.Reader;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Hashes;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// Finds clients that keep what they send from the custodian, flags the room, and where policy says so refuses what
/// they send.
///
/// What can be seen: a client that says so, as honest ones do (`m.room_key.withheld`); and a device that speaks and has
/// never sent the custodian anything. What cannot: whether the mail that a device does send holds the right keys; that
/// shows when a case is opened, as events that stay closed.
/// <https://spec.matrix.org/v1.18/client-server-api/#mroom_keywithheld>
final class Withheld {
    static final String TYPE = "m.room_key.withheld";
    private static final String NO_MAIL = "no_mail";
    private static final int MOST_SPOKEN = 50_000;
    private static final int LONGEST_CODE = 64;

    /// A flag as a page shows it.
    public record Shown(String user, String device, String room, String why, Instant since, String mended) {}

    private record Spoken(String organization, Reader reader, RoomId room) {}

    private final CustodianParts parts;
    private final WithheldStore store = new WithheldStore();
    private final MailboxStore mailbox = new MailboxStore();
    private final Map<Reader, Set<String>> flagged = new ConcurrentHashMap<>();
    private final Set<Spoken> spoken = ConcurrentHashMap.newKeySet();
    private final Set<Reader> heardOf = ConcurrentHashMap.newKeySet();

    Withheld(CustodianParts parts) {
        this.parts = parts;
        parts.ground().database().read(store::list).stream()
                .filter(kept -> kept.mendedTs().isEmpty())
                .forEach(kept -> remember(kept.flag()));
    }

    private void remember(Flag flag) {
        flagged.computeIfAbsent(new Reader(flag.user(), flag.device()), _ -> ConcurrentHashMap.newKeySet())
                .add(flag.room());
    }

    /// A client has told the custodian that it will not get a key.
    void said(Commit commit, String organization, ToDevice.Message message) {
        var content = message.event().path("content");
        var room = content.path("room_id").asString("");
        var code = content.path("code").asString("");
        var known = room.isEmpty() || isTheirs(organization, message.sender().user(), room);
        if (known && code.matches("[A-Za-z0-9._-]{1," + LONGEST_CODE + "}")) {
            var sender = message.sender();
            flag(commit, new Flag(organization, sender.user(), sender.device(), room, code));
        }
    }

    private boolean isTheirs(String organization, UserId user, String room) {
        return RoomId.isValid(room)
                && parts.timeline()
                        .findRoom(new RoomId(room))
                        .filter(found -> found.organization().equals(organization) && found.isJoined(user))
                        .isPresent();
    }

    /// Mail has come from the device: it shares keys, or shares them again.
    void heard(Commit commit, Reader sender) {
        commit.afterCommit(() -> heardOf.add(sender));
        var rooms = flagged.get(sender);
        if (rooms != null) {
            rooms.stream()
                    .filter(RoomId::isValid)
                    .forEach(room -> mark(commit, sender, new RoomId(room), Json.object()));
            store.mend(
                    commit.tx(),
                    sender.user(),
                    sender.device(),
                    parts.ground().clock().millis());
            commit.afterCommit(() -> flagged.remove(sender));
        }
    }

    private void flag(Commit commit, Flag flag) {
        if (!store.put(commit.tx(), flag, parts.ground().clock().millis())) {
            return;
        }
        var details = Json.object().put("device_id", flag.device().value()).put("code", flag.code());
        var entry = new AuditEntry(
                "custodian.key_withheld", flag.user().value(), flag.room(), "found by the server", details);
        parts.audit().record(commit, entry);
        commit.afterCommit(() -> remember(flag));
        if (!flag.room().isEmpty()) {
            var content = Json.object()
                    .put("user_id", flag.user().value())
                    .put("device_id", flag.device().value())
                    .put("code", flag.code());
            mark(commit, new Reader(flag.user(), flag.device()), new RoomId(flag.room()), content);
        }
    }

    /// In the room, where its members see it: `org.lanyard.withheld`; without content once it is mended. A room from
    /// which the organisation has gone is left as it is.
    private void mark(Commit commit, Reader reader, RoomId room, ObjectNode content) {
        var service = UserId.of("lanyard", reader.user().server());
        if (!parts.timeline()
                .findRoom(room)
                .filter(found -> found.isJoined(service))
                .isPresent()) {
            return;
        }
        var device = reader.user() + " " + reader.device();
        var key = java.util.HexFormat.of()
                .formatHex(Hashes.sha256(device.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .substring(0, 16);
        var draft = Draft.state(room, service, new StateKey("org.lanyard.withheld", key), content);
        parts.timeline().append(commit, draft);
    }

    /// Before a message is taken. Errors: `M_FORBIDDEN` where the organisation refuses what cannot be disclosed.
    void check(Caller caller, RoomId room, String type, Predicate<String> refuses) {
        if (!type.equals("m.room.encrypted")) {
            return;
        }
        var reader = new Reader(caller.user(), caller.device());
        if (!heardOf.contains(reader) && spoken.size() < MOST_SPOKEN) {
            spoken.add(new Spoken(caller.organization(), reader, room));
        }
        var rooms = flagged.getOrDefault(reader, Set.of());
        if ((rooms.contains(room.value()) || rooms.contains("")) && refuses.test(caller.organization())) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "Your app keeps the keys of what you write from the records custodian, so it cannot be sent here. "
                            + "Let your app share keys with it, or use Lanyard.");
        }
    }

    /// Flags devices that have spoken and never sent the custodian anything.
    void findSilent(Predicate<String> hasCustodian) {
        var some = List.copyOf(spoken);
        for (var one : some) {
            spoken.remove(one);
            var reader = one.reader();
            var hasMail = !hasCustodian.test(one.organization())
                    || heardOf.contains(reader)
                    || parts.ground().database().read(tx -> mailbox.hasFrom(tx, one.organization(), reader));
            if (hasMail) {
                heardOf.add(reader);
            } else {
                var flag = new Flag(
                        one.organization(),
                        reader.user(),
                        reader.device(),
                        one.room().value(),
                        NO_MAIL);
                parts.ground().writer().write(commit -> {
                    flag(commit, flag);
                    return flag;
                });
            }
        }
    }

    List<Shown> list(String organization) {
        return parts.ground().database().read(store::list).stream()
                .filter(kept -> kept.flag().organization().equals(organization))
                .map(kept -> new Shown(
                        kept.flag().user().value(),
                        kept.flag().device().value(),
                        kept.flag().room(),
                        kept.flag().code().equals(NO_MAIL)
                                ? "has spoken and sent no keys"
                                : "says " + kept.flag().code(),
                        Instant.ofEpochMilli(kept.firstTs()),
                        kept.mendedTs()
                                .map(ts -> Instant.ofEpochMilli(ts).toString())
                                .orElse("")))
                .toList();
    }
}
