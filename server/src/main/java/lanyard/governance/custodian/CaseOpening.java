package lanyard.governance.custodian;

import java.security.SecureRandom;
import java.util.ArrayList;
import lanyard.governance.custodian.CaseFile.SealedMonth;
import lanyard.platform.sealing.SealedDataException;
import tools.jackson.databind.node.ObjectNode;

/// Opens a case with two officers' shares, offline.
///
/// What could go wrong: more is read than the case is about, by fewer people than it takes, or a forged file makes the
/// officers open something else. The principles: a case file is signed and its scope is obeyed here, not where it was
/// made; keys of other rooms are dropped as they are met; what was opened lives in this process's memory and is closed
/// with it; nothing but events of the room and the span leaves.
final class CaseOpening {
    private final CaseFile file;
    private final TwoOfficers officers;
    private final SecureRandom random;

    CaseOpening(CaseFile file, TwoOfficers officers, SecureRandom random) {
        if (!file.scope().organization().equals(officers.one().holder().organization())) {
            throw new CustodianRefusal("These officers guard another organisation's custodian.");
        }
        this.file = file;
        this.officers = officers;
        this.random = random;
    }

    Disclosure open() {
        try (var keys = new RoomKeys(file.scope().room())) {
            var own = file.months().stream()
                    .filter(month -> month.ceremony().equals(officers.ceremony()))
                    .toList();
            if (own.isEmpty() && !file.months().isEmpty()) {
                throw new CustodianRefusal("These shares come from another ceremony than the devices of this case.");
            }
            own.forEach(month -> readMail(month, keys));
            return disclose(keys);
        }
    }

    private void readMail(SealedMonth month, RoomKeys keys) {
        try (var inbox = inbox(month)) {
            for (var mail : file.mailbox()) {
                if (mail.device().equals(month.device())) {
                    inbox.open(mail).ifPresent(payload -> keys.learn(mail.sender(), payload));
                }
            }
        }
    }

    private OlmInbox inbox(SealedMonth month) {
        try {
            var what = month.month().toString();
            var place = Ceremony.place(month.ceremony(), what);
            var account = Ceremony.openAccount(officers.key(what), month.sealed(), place, random);
            return new OlmInbox(file.scope().custodian(), account);
        } catch (SealedDataException e) {
            throw new CustodianRefusal("These two shares do not open the device of " + month.month()
                    + ": one of them is damaged or not of this ceremony.");
        }
    }

    private Disclosure disclose(RoomKeys keys) {
        var readable = new ArrayList<ObjectNode>();
        var unreadable = new ArrayList<String>();
        for (var event : file.events()) {
            if (!isInScope(event)) {
                continue;
            }
            if (!event.path("type").asString("").equals("m.room.encrypted")) {
                readable.add(event.deepCopy());
                continue;
            }
            keys.open(event)
                    .ifPresentOrElse(
                            payload -> readable.add(opened(event, payload)),
                            () -> unreadable.add(event.path("event_id").asString("")));
        }
        return new Disclosure(file.scope(), readable, unreadable, keys.count());
    }

    private boolean isInScope(ObjectNode event) {
        return file.scope().covers(event.path("origin_server_ts").asLong(-1))
                && event.path("room_id").asString("").equals(file.scope().room().value());
    }

    private static ObjectNode opened(ObjectNode event, ObjectNode payload) {
        var opened = event.deepCopy();
        opened.set("type", payload.path("type"));
        opened.set("content", payload.path("content"));
        return opened.put("was_encrypted", true);
    }
}
