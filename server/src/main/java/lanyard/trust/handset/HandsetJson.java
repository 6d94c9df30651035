package lanyard.trust.handset;

import java.time.Instant;
import java.util.List;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// A phone as docs/api.md shows it, in each place that lists phones.
final class HandsetJson {
    private HandsetJson() {}

    static ObjectNode list(List<LostPhones.Known> phones) {
        var reply = Json.object();
        var list = reply.putArray("handsets");
        phones.forEach(phone -> list.add(of(phone)));
        return reply;
    }

    static ObjectNode of(LostPhones.Known phone) {
        var handset = phone.handset();
        var json = Json.object()
                .put("handset_id", handset.id())
                .put("name", handset.name())
                .put("platform", handset.platform())
                .put("owner", handset.owner().word())
                .put("enrolled_ts", handset.enrolledAt().toEpochMilli())
                .put("first_seen_ts", handset.enrolledAt().toEpochMilli())
                .put("last_seen_ts", handset.lastSeenAt().toEpochMilli())
                .put("policy_version", handset.policyVersion())
                .put("state", phone.state());
        handset.offlineUntil().ifPresent(end -> json.put("offline_until_ts", end.toEpochMilli()));
        var facts = json.putArray("facts");
        stated(handset).forEach(fact -> facts.add(fact(fact)));
        phone.facts().forEach(fact -> facts.add(fact(fact)));
        phone.evidence().ifPresent(it -> json.set("evidence", evidence(it)));
        return json;
    }

    /// What the app and its person said when it was enrolled.
    private static List<Fact> stated(Handset handset) {
        var said = Fact.Provenance.SELF_REPORTED;
        return List.of(
                new Fact("platform", handset.platform(), said, handset.enrolledAt()),
                new Fact("owner", handset.owner().word(), said, handset.enrolledAt()));
    }

    private static ObjectNode fact(Fact fact) {
        return Json.object()
                .put("fact", fact.name())
                .put("value", fact.value())
                .put("provenance", fact.provenance().word())
                .put("at_ts", fact.at().toEpochMilli());
    }

    static ObjectNode evidence(Evidence evidence) {
        return Json.object()
                .put("kind", evidence.kind().word())
                .put("ts", evidence.since().toEpochMilli());
    }

    /// What was readable, of whom and from when to when; never what was said.
    static ObjectNode readable(Loss loss, List<ReadableRoom> rooms, Instant now) {
        var until = loss.readableUntil();
        var json = Json.object()
                .put("from_ts", loss.lastOpenedAt().toEpochMilli())
                .put("until_ts", until.toEpochMilli())
                .put("offline", until.isAfter(loss.accessStoppedAt().orElse(loss.reportedAt())))
                .put("over", !until.isAfter(now));
        var list = json.putArray("rooms");
        rooms.forEach(room -> list.addObject()
                .put("room_id", room.room().value())
                .put("kind", room.kind())
                .put("purpose", room.purpose())
                .put("members", room.members()));
        return json;
    }
}
