package lanyard.governance.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lanyard.governance.carerecord.TestRecord;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import tools.jackson.databind.node.ObjectNode;

/// Retention over a ward with a health record, for tests.
final class TestRetention {
    private TestRetention() {}

    static Retention over(TestRecord record) {
        try {
            return over(record, Files.createTempDirectory("lanyard-retention"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Retention over(TestRecord record, Path lists) {
        var ward = record.ward;
        return new Retention(
                new RetentionGround(ward.database, ward.writer, ward.audit, ward.clock, ward.random, lists),
                new Retention.Others(record.careRecord, record.holds, record.policies, ward.identity),
                new Retention.Conversations(
                        record.rooms.timeline, record.rooms.rooms, record.rooms.marks, record.patients));
    }

    static String retentionOf(RoomId room) {
        return "/_lanyard/v1/rooms/" + room.value() + "/retention";
    }

    static ObjectNode choice(String word, EventId... events) {
        var body = Json.object().put("choice", word);
        var list = body.putArray("event_ids");
        List.of(events).forEach(event -> list.add(event.value()));
        return body;
    }
}
