package lanyard.governance.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lanyard.governance.carerecord.TestRecord;
import lanyard.governance.custodian.Custodian;
import lanyard.governance.custodian.CustodianParts;
import lanyard.governance.custodian.Forgetting;
import lanyard.messaging.encryption.Encryption;
import lanyard.messaging.encryption.EncryptionParts;
import lanyard.messaging.media.Media;
import lanyard.messaging.media.MediaParts;
import lanyard.messaging.media.MediaSettings;
import lanyard.platform.blob.Blobs;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.platform.notify.Wakes;
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
                new Retention.Others(
                        record.careRecord, record.holds, record.policies, ward.identity, forgetting(record)),
                conversations(record, lists));
    }

    private static Retention.Conversations conversations(TestRecord record, Path lists) {
        return new Retention.Conversations(
                record.rooms.timeline, record.rooms.rooms, record.rooms.marks, record.patients, media(record, lists));
    }

    static Keeping keeping(TestRecord record, Path lists) {
        var conversations = conversations(record, lists);
        var files = new FileKeeping(record.holds, new Schedule(record.policies), conversations);
        return new Keeping(
                record.holds,
                record.patients,
                record.careRecord,
                new AwaitedFiles(conversations.timeline(), conversations.media(), files));
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

    static Media media(TestRecord record, Path directory) {
        return media(record, directory, true);
    }

    /// @param limited whether a person may upload so many a minute only
    static Media media(TestRecord record, Path directory, boolean limited) {
        var ward = record.ward;
        return new Media(new MediaParts(
                ward.database,
                ward.writer,
                Blobs.in(directory.resolve("media"), ward.keys),
                ward.identity,
                ward.audit,
                new MediaParts.Clockwork(ward.clock, ward.random, new MediaSettings(400_000, 1_000_000), limited)));
    }

    /// Puts a file on the server that serves [Media]. Its media id.
    static String uploaded(TestHttp media, String token) {
        var answer = media.send(HttpRequest.newBuilder(media.address("/_matrix/media/v3/upload"))
                .POST(BodyPublishers.ofByteArray(new byte[] {1, 2, 3}))
                .header("Content-Type", "application/octet-stream")
                .header("Authorization", "Bearer " + token)
                .build());
        var uri = Json.text(answer.json(), "content_uri");
        return uri.substring(uri.lastIndexOf('/') + 1);
    }

    private static Forgetting forgetting(TestRecord record) {
        var ward = record.ward;
        var encryption = new Encryption(new EncryptionParts(
                ward.database, ward.writer, record.rooms.timeline, ward.identity, new Wakes(), ward.clock));
        var parts = new CustodianParts(
                new CustodianParts.Ground(ward.database, ward.writer, ward.keys, ward.clock, ward.random),
                ward.audit,
                record.rooms.timeline,
                encryption);
        return new Custodian(parts, Optional.empty()).forgetting();
    }
}
