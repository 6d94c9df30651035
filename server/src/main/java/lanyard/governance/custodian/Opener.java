package lanyard.governance.custodian;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lanyard.governance.custodian.CaseFile.SealedMonth;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Hashes;
import lanyard.platform.sealing.SealedDataException;
import lanyard.standards.matrix.RoomId;
import tools.jackson.databind.node.ObjectNode;

/// Opens the case files of one case, one after another, with two officers' shares of each ceremony that made their
/// devices. Mail that several files hold is opened once, since a message of Olm opens once.
final class Opener implements AutoCloseable {
    private final Map<String, TwoOfficers> officers = new HashMap<>();
    private final Map<RoomId, RoomKeys> keys = new HashMap<>();
    private final SecureRandom random;
    private final Map<String, OlmInbox> inboxes = new HashMap<>();
    private final Set<String> readMail = new HashSet<>();
    private final Set<String> readEvents = new HashSet<>();

    /// Keys of other rooms than `rooms` are dropped as they are met.
    Opener(List<TwoOfficers> officers, Set<RoomId> rooms, SecureRandom random) {
        officers.forEach(two -> this.officers.put(two.ceremony(), two));
        rooms.forEach(room -> keys.put(room, new RoomKeys(room)));
        this.random = random;
    }

    /// The key that case files are signed with, as the officers' shares say.
    byte[] caseKey() {
        var all = officers.values().stream().map(two -> two.one().caseKey()).toList();
        if (all.isEmpty() || !all.stream().allMatch(key -> MessageDigest.isEqual(key, all.getFirst()))) {
            throw new CustodianRefusal("These shares do not name the same server.");
        }
        return all.getFirst();
    }

    /// Both officers of a ceremony. Errors: [CustodianRefusal] when they have no shares of it.
    TwoOfficers officersOf(String ceremony) {
        var two = officers.get(ceremony);
        if (two == null) {
            throw new CustodianRefusal("These shares are of another ceremony.");
        }
        return two;
    }

    Disclosure open(CaseFile file) {
        for (var two : officers.values()) {
            if (!file.scope().organization().equals(two.one().holder().organization())) {
                throw new CustodianRefusal("These officers guard another organisation's custodian.");
            }
        }
        var roomKeys = keys.get(file.scope().room());
        if (roomKeys == null) {
            throw new CustodianRefusal("That file is of a room that the case does not cover.");
        }
        var own = file.months().stream()
                .filter(month -> officers.containsKey(month.ceremony()))
                .toList();
        if (own.isEmpty() && !file.months().isEmpty()) {
            throw new CustodianRefusal("These shares come from another ceremony than the devices of this case.");
        }
        own.forEach(month -> readMail(file, month));
        return disclose(file, roomKeys);
    }

    private void readMail(CaseFile file, SealedMonth month) {
        var inbox = inboxes.computeIfAbsent(month.device().value(), _ -> inbox(file, month));
        for (var mail : file.mailbox()) {
            if (mail.device().equals(month.device()) && readMail.add(fingerprint(mail))) {
                inbox.open(mail)
                        .ifPresent(payload -> keys.values().forEach(room -> room.learn(mail.sender(), payload)));
            }
        }
    }

    private static String fingerprint(CaseFile.Mail mail) {
        return mail.sender() + " " + HexFormat.of().formatHex(Hashes.sha256(Json.bytes(mail.content())));
    }

    private OlmInbox inbox(CaseFile file, SealedMonth month) {
        try {
            var what = month.month().toString();
            var place = Ceremony.place(month.ceremony(), what);
            var two = java.util.Objects.requireNonNull(officers.get(month.ceremony()));
            var account = Ceremony.openAccount(two.key(what), month.sealed(), place, random);
            return new OlmInbox(file.scope().custodian(), account);
        } catch (SealedDataException e) {
            throw new CustodianRefusal("These two shares do not open the device of " + month.month()
                    + ": one of them is damaged or not of this ceremony.");
        }
    }

    private Disclosure disclose(CaseFile file, RoomKeys roomKeys) {
        var readable = new ArrayList<ObjectNode>();
        var unreadable = new ArrayList<String>();
        for (var event : file.events()) {
            if (!isInScope(file, event) || isRead(event)) {
                continue;
            }
            if (!event.path("type").asString("").equals("m.room.encrypted")) {
                readable.add(event.deepCopy());
                continue;
            }
            roomKeys.open(event)
                    .ifPresentOrElse(
                            payload -> readable.add(opened(event, payload)),
                            () -> unreadable.add(event.path("event_id").asString("")));
        }
        return new Disclosure(file.scope(), readable, unreadable, roomKeys.count());
    }

    /// Two spans of one room may overlap.
    private boolean isRead(ObjectNode event) {
        return !readEvents.add(event.path("event_id").asString(""));
    }

    private static boolean isInScope(CaseFile file, ObjectNode event) {
        return file.scope().covers(event.path("origin_server_ts").asLong(-1))
                && event.path("room_id").asString("").equals(file.scope().room().value());
    }

    private static ObjectNode opened(ObjectNode event, ObjectNode payload) {
        var opened = event.deepCopy();
        opened.set("type", payload.path("type"));
        opened.set("content", payload.path("content"));
        return opened.put("was_encrypted", true);
    }

    /// What opened the case is not needed once it is open.
    @Override
    public void close() {
        inboxes.values().forEach(OlmInbox::close);
        inboxes.clear();
        keys.values().forEach(RoomKeys::close);
        keys.clear();
        officers.clear();
    }
}
