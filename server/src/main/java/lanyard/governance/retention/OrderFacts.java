package lanyard.governance.retention;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.RoomId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An order as the list outside the database has it.
final class OrderFacts {
    static final String KIND = "order";

    private OrderFacts() {}

    static GoneList.Facts of(Order order) {
        var said = Json.object()
                .put("organization", order.organization())
                .put("room_id", order.room().value())
                .put("up_to_ts", order.upTo().toEpochMilli())
                .put("policy_version", order.policyVersion())
                .put("marked_ts", order.marked().toEpochMilli())
                .put("destroy_from_ts", order.destroyFrom().toEpochMilli())
                .put("state", order.state().word())
                .put("at_seq", order.atSeq())
                .put("events", order.events())
                .put("lines_sha256", HexFormat.of().formatHex(order.chain()))
                .put("kept_held", order.keptHeld())
                .put("kept_awaited", order.keptAwaited());
        Optional.ofNullable(order.firstTs()).ifPresent(ts -> said.put("first_ts", ts));
        Optional.ofNullable(order.lastTs()).ifPresent(ts -> said.put("last_ts", ts));
        Optional.ofNullable(order.endedTs()).ifPresent(ts -> said.put("ended_ts", ts));
        Optional.ofNullable(order.endedBy()).ifPresent(by -> said.put("ended_by", by));
        Optional.ofNullable(order.reason()).ifPresent(reason -> said.put("reason", reason));
        return new GoneList.Facts(KIND, order.id(), said);
    }

    static Order order(GoneList.Facts facts) {
        var said = facts.said();
        return new Order(
                facts.id(),
                said.path("organization").stringValue(),
                new RoomId(said.path("room_id").stringValue()),
                Instant.ofEpochMilli(said.path("up_to_ts").longValue()),
                said.path("policy_version").intValue(),
                Instant.ofEpochMilli(said.path("marked_ts").longValue()),
                Instant.ofEpochMilli(said.path("destroy_from_ts").longValue()),
                Order.State.valueOf(said.path("state").stringValue().toUpperCase(Locale.ROOT)),
                said.path("at_seq").longValue(),
                said.path("events").longValue(),
                number(said, "first_ts"),
                number(said, "last_ts"),
                HexFormat.of().parseHex(said.path("lines_sha256").stringValue()),
                said.path("kept_held").longValue(),
                said.path("kept_awaited").longValue(),
                word(said, "ended_by"),
                number(said, "ended_ts"),
                word(said, "reason"));
    }

    private static @Nullable Long number(ObjectNode said, String name) {
        return said.has(name) ? (Long) said.path(name).longValue() : null;
    }

    private static @Nullable String word(ObjectNode said, String name) {
        return said.has(name) ? said.path(name).stringValue() : null;
    }
}
