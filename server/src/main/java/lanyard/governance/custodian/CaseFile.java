package lanyard.governance.custodian;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Ed25519;
import lanyard.standards.matrix.CanonicalJson;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UnpaddedBase64;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Everything an opening needs, for one case: its scope, the sealed monthly devices, their mail as ciphertext, and the
/// room's events. Signed by the server, with a key that the officers' shares name: who widens the scope of a case file
/// has a file that does not open. Nothing in it can be read without two officers.
record CaseFile(Scope scope, List<SealedMonth> months, List<Mail> mailbox, List<ObjectNode> events) {
    /// What the case is about: one room, from one time to another (both included, milliseconds since 1970).
    record Scope(String caseId, String organization, UserId custodian, RoomId room, long fromTs, long toTs) {
        boolean covers(long ts) {
            return fromTs <= ts && ts <= toTs;
        }
    }

    /// A month's device with its private account, sealed.
    record SealedMonth(String ceremony, YearMonth month, DeviceId device, ObjectNode deviceKeys, byte[] sealed) {}

    /// A message to one of the devices, as its sender sent it.
    record Mail(DeviceId device, UserId sender, long ts, ObjectNode content) {}

    private static final String FORMAT = "lanyard custodian case 1";
    private static final String SIGNATURE = "signature";

    CaseFile {
        months = List.copyOf(months);
        mailbox = List.copyOf(mailbox);
        events = List.copyOf(events);
    }

    byte[] signed(byte[] privateKey) {
        var json = toJson();
        json.put(SIGNATURE, UnpaddedBase64.encode(Ed25519.sign(privateKey, CanonicalJson.bytes(json))));
        return CanonicalJson.bytes(json);
    }

    /// Errors: [CustodianRefusal] when the file was not made by the server that `publicKey` belongs to, or was changed.
    static CaseFile read(byte[] file, byte[] publicKey) {
        var json = parse(file);
        var signature = json.remove(SIGNATURE);
        var valid = signature != null
                && UnpaddedBase64.decode(signature.stringValue(""))
                        .filter(bytes -> Ed25519.verify(publicKey, CanonicalJson.bytes(json), bytes))
                        .isPresent();
        if (!valid) {
            throw new CustodianRefusal("The case file was changed, or was not made by the server of these officers.");
        }
        return fromJson(json);
    }

    private static ObjectNode parse(byte[] file) {
        try {
            var json = Json.largeObject(file);
            if (json.path("format").asString("").equals(FORMAT)) {
                return json;
            }
        } catch (MatrixException e) {
            throw new CustodianRefusal("That file is not a case file, or is damaged.");
        }
        throw new CustodianRefusal("That file is not a case file.");
    }

    private ObjectNode toJson() {
        var json = Json.object()
                .put("format", FORMAT)
                .put("case", scope.caseId())
                .put("organization", scope.organization())
                .put("custodian", scope.custodian().value())
                .put("room_id", scope.room().value())
                .put("from_ts", scope.fromTs())
                .put("to_ts", scope.toTs());
        var all = json.putArray("months");
        for (var month : months) {
            var one = all.addObject()
                    .put("ceremony", month.ceremony())
                    .put("month", month.month().toString())
                    .put("device_id", month.device().value())
                    .put("sealed", UnpaddedBase64.encode(month.sealed()));
            one.set("device_keys", month.deviceKeys());
        }
        var mail = json.putArray("mailbox");
        for (var item : mailbox) {
            var one = mail.addObject()
                    .put("device_id", item.device().value())
                    .put("sender", item.sender().value())
                    .put("ts", item.ts());
            one.set("content", item.content());
        }
        var array = json.putArray("events");
        events.forEach(array::add);
        return json;
    }

    private static CaseFile fromJson(ObjectNode json) {
        var scope = new Scope(
                Json.text(json, "case"),
                Json.text(json, "organization"),
                new UserId(Json.text(json, "custodian")),
                new RoomId(Json.text(json, "room_id")),
                json.path("from_ts").asLong(),
                json.path("to_ts").asLong());
        var months = new ArrayList<SealedMonth>();
        objects(json, "months")
                .forEach(month -> months.add(new SealedMonth(
                        Json.text(month, "ceremony"),
                        YearMonth.parse(Json.text(month, "month")),
                        new DeviceId(Json.text(month, "device_id")),
                        Json.objectField(month, "device_keys"),
                        UnpaddedBase64.decode(Json.text(month, "sealed")).orElseThrow())));
        var mailbox = new ArrayList<Mail>();
        objects(json, "mailbox")
                .forEach(mail -> mailbox.add(new Mail(
                        new DeviceId(Json.text(mail, "device_id")),
                        new UserId(Json.text(mail, "sender")),
                        mail.path("ts").asLong(),
                        Json.objectField(mail, "content"))));
        return new CaseFile(scope, months, mailbox, objects(json, "events"));
    }

    private static List<ObjectNode> objects(ObjectNode json, String field) {
        var objects = new ArrayList<ObjectNode>();
        for (JsonNode node : json.path(field)) {
            objects.add((ObjectNode) node);
        }
        return objects;
    }
}
