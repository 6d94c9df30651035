package lanyard.governance.custodian;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import lanyard.messaging.timeline.History;
import lanyard.messaging.timeline.RoomState;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Hashes;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import tools.jackson.databind.node.ObjectNode;

/// Takes from the database what a case needs: the room's events of the span, hidden ones too, and the custodian's mail
/// from those who wrote them. All of it is ciphertext still; the export leaves an audit entry with the file's hash
/// before the worker has the file.
final class CaseExport {
    private static final int MOST_EVENTS = 100_000;
    private static final int MOST_MAIL = 200_000;
    private static final int PAGE = 500;

    private final CustodianParts parts;
    private final Mailbox mailbox;
    private final CustodianStore store;

    CaseExport(CustodianParts parts, Mailbox mailbox, CustodianStore store) {
        this.parts = parts;
        this.mailbox = mailbox;
        this.store = store;
    }

    byte[] export(CaseOrder order, UserId custodian, byte[] signingKey) {
        var room = parts.timeline().getRoom(order.room());
        // A case does not reach into the future; months are compared as text, in which the year 10000 is out of order.
        var until = Math.min(order.toTs(), parts.ground().clock().millis());
        var scope =
                new CaseFile.Scope(order.caseId(), room.organization(), custodian, order.room(), order.fromTs(), until);
        var events = events(room, scope);
        var file = parts.ground().database().read(tx -> collect(tx, scope, events));
        var bytes = file.signed(signingKey);
        var details = Json.object()
                .put("case", order.caseId())
                .put("from_ts", order.fromTs())
                .put("to_ts", until)
                .put("events", events.size())
                .put("mail", file.mailbox().size())
                .put("sha256", HexFormat.of().formatHex(Hashes.sha256(bytes)));
        // Without why: the case keeps the words, and the audit outlives the case.
        var by = order.approval().by().value();
        var entry = new AuditEntry("custodian.case_exported", by, order.room().value(), "", details);
        parts.ground().writer().write(commit -> {
            parts.audit().record(commit, entry);
            return entry;
        });
        return bytes;
    }

    private List<ObjectNode> events(RoomState room, CaseFile.Scope scope) {
        var history = new History(parts.timeline());
        var events = new ArrayList<ObjectNode>();
        var from = 0L;
        while (from < room.seq()) {
            var page = history.originals(room, from, PAGE);
            for (var original : page) {
                from = original.seq();
                if (scope.covers(original.pdu().path("origin_server_ts").asLong(-1))) {
                    events.add(event(original, scope));
                }
            }
            if (events.size() > MOST_EVENTS) {
                throw new CustodianRefusal(
                        "The case covers more than " + MOST_EVENTS + " events: choose shorter spans.");
            }
            if (page.isEmpty()) {
                break;
            }
        }
        return events;
    }

    private static ObjectNode event(History.Original original, CaseFile.Scope scope) {
        var event = original.pdu().deepCopy();
        event.put("event_id", original.id().value());
        event.put("room_id", scope.room().value());
        original.redactedBy().ifPresent(redaction -> event.put("redacted_by", redaction.value()));
        return event;
    }

    private CaseFile collect(Tx tx, CaseFile.Scope scope, List<ObjectNode> events) {
        // A session made in the month before may still have been in use, and a key may be sent a little late.
        var first = monthOf(scope.fromTs()).minusMonths(1);
        var last = monthOf(scope.toTs());
        // Where a device was revoked, the next month's was in use before its time.
        var sealed = store.listSealed(tx, scope.organization(), first, last.plusMonths(CeremonyOrder.MONTHS));
        var months = new ArrayList<CaseFile.SealedMonth>();
        var senders = List.copyOf(senders(events));
        var mail = new ArrayList<CaseFile.Mail>();
        for (var month : sealed) {
            var wanted = new MailboxStore.Wanted(
                    scope.organization(), month.month(), senders, scope.toTs(), MOST_MAIL + 1 - mail.size());
            var found = mailbox.list(tx, wanted);
            if (!found.isEmpty() || !month.month().isAfter(last)) {
                months.add(month);
            }
            mail.addAll(found);
            if (mail.size() > MOST_MAIL) {
                throw new CustodianRefusal("The case needs more than " + MOST_MAIL + " keys: choose shorter spans.");
            }
        }
        return new CaseFile(scope, months, mail, events);
    }

    private static Set<UserId> senders(List<ObjectNode> events) {
        var senders = new HashSet<UserId>();
        events.stream()
                .filter(event -> event.path("type").asString("").equals("m.room.encrypted"))
                .forEach(event -> senders.add(new UserId(event.path("sender").asString(""))));
        return senders;
    }

    private static YearMonth monthOf(long ts) {
        return YearMonth.from(Instant.ofEpochMilli(ts).atOffset(ZoneOffset.UTC));
    }
}
