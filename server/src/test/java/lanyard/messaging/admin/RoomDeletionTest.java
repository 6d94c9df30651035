package lanyard.messaging.admin;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Ending a room and destroying files, and what keeps them from it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomDeletionTest {
    private static final String ADMIN = "/_synapse/admin/";

    private TestServer server;
    private Person boss;
    private Person ann;
    private Person bob;

    @BeforeAll
    void start() {
        server = TestServer.conformance();
        boss = server.register("boss");
        ann = server.register("ann");
        bob = server.register("bob");
        server.appoint(boss);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Answer delete(String room, boolean block, boolean purge) {
        var wish = Json.object().put("block", block).put("purge", purge);
        return server.call("DELETE", ADMIN + "v2/rooms/" + segment(room), boss, wish);
    }

    private Answer finished(String id) throws InterruptedException {
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end) {
            var status = server.get(boss, ADMIN + "v2/rooms/delete_status/" + id);
            if (!status.text("status").equals("shutting_down")
                    && !status.text("status").equals("purging")) {
                return status;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the deletion did not end");
    }

    private long left(String room) {
        return server.database()
                .read(tx -> tx.query("""
                                select count(*) from event join room using (room_nid)
                                where room_id = :room and state_key is null and pruned_ts is null
                                """).bind("room", room).mapTo(Long.class).one());
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void everybodyLeavesNobodyComesBackAndWhatWasSaidStaysThoughAPurgeWasAskedFor() throws InterruptedException {
        var room = server.room(ann, bob);
        for (var i = 0; i < 60; i++) {
            server.send(ann, room, "t" + i, "said " + i);
        }
        var since = server.sync(bob, null).text("next_batch");
        var was = left(room);
        var started = delete(room, true, true);
        assertThat(started.text("org.lanyard.kept")).startsWith("Nothing is purged.");
        var done = finished(started.text("delete_id"));
        assertThat(done.text("status")).as(done.body().toString()).isEqualTo("complete");
        assertThat(done.body().path("shutdown_room").path("kicked_users").toString())
                .contains(ann.id(), bob.id());
        assertThat(done.text("org.lanyard.kept")).isEqualTo(started.text("org.lanyard.kept"));
        assertThat(left(room)).isEqualTo(was).isGreaterThanOrEqualTo(60);
        assertThat(server.sync(bob, since).body().path("rooms").path("leave").has(room))
                .isTrue();
        var disposed = server.database()
                .read(tx -> tx.query("select count(*) from disposal where room_id = :room")
                        .bind("room", room)
                        .mapTo(Long.class)
                        .one());
        assertThat(disposed).isZero();
        var refused = server.post(ann, "/_matrix/client/v3/join/" + segment(room), Json.object());
        assertThat(refused.text("errcode")).isEqualTo("M_FORBIDDEN");
        assertThat(server.get(boss, ADMIN + "v1/rooms/" + segment(room) + "/block")
                        .body())
                .isEqualTo(Json.object().put("block", true));
        assertThat(server.get(boss, ADMIN + "v2/rooms/" + segment(room) + "/delete_status")
                        .body()
                        .path("results")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void withoutPurgeWhatWasSaidStays() throws InterruptedException {
        var room = server.room(ann, bob);
        server.send(ann, room, "one", "said");
        var done = finished(delete(room, false, false).text("delete_id"));
        assertThat(done.text("status")).isEqualTo("complete");
        assertThat(done.body().has("org.lanyard.kept")).isFalse();
        assertThat(left(room)).isPositive();
        assertThat(server.get(boss, ADMIN + "v1/rooms/" + segment(room) + "/members")
                        .body()
                        .path("total")
                        .asInt(-1))
                .isZero();
    }

    @Test
    void aHeldRoomIsNotEndedAndKeepsEverybody() throws InterruptedException {
        var room = server.room(ann, bob);
        server.send(ann, room, "one", "said");
        var lift = server.hold(room);
        var refused = delete(room, true, true);
        assertThat(refused.text("errcode")).isEqualTo("M_FORBIDDEN");
        assertThat(refused.text("error")).contains("hold");
        assertThat(left(room)).isPositive();
        assertThat(server.get(boss, ADMIN + "v1/rooms/" + segment(room) + "/block")
                        .body())
                .isEqualTo(Json.object().put("block", false));
        assertThat(server.send(ann, room, "two", "still here").status()).isEqualTo(200);
        lift.run();
        assertThat(finished(delete(room, false, true).text("delete_id")).text("status"))
                .isEqualTo("complete");
    }

    @Test
    void aRoomWithADecisionThatIsNotFinishedIsNotEnded() throws InterruptedException {
        var room = server.room(ann, bob);
        decision(room, "waiting");
        var refused = delete(room, true, true);
        assertThat(refused.text("errcode")).isEqualTo("M_FORBIDDEN");
        assertThat(refused.text("error")).contains("decision");
        decision(room, "disposed");
        assertThat(finished(delete(room, false, true).text("delete_id")).text("status"))
                .isEqualTo("complete");
    }

    private void decision(String room, String status) {
        server.database()
                .write(tx ->
                        tx.update("""
                                insert into decision (id, request_id, room_id, organization, patient_id, author, decider,
                                    decided_ts, written_ts, summary_event_id, sink, status, document, next_attempt_ts)
                                values ('8c5c9b48-6c0a-4c5f-9f53-000000000001', 'r', :room, 'X26', 'p', '@a:x', '@a:x', 1,
                                    1, '$s', 'folder', :status, '', 9999999999999)
                                on conflict (id) do update set status = excluded.status
                                """).bind("room", room).bind("status", status).execute());
    }

    private Answer destroyed(String method, String target) {
        return server.call(method, target, boss, Json.object());
    }

    private String download(String file) {
        return server.get(ann, "/_matrix/client/v1/media/download/" + file).text("errcode");
    }

    private void age(String file) {
        server.database().write(tx -> tx.update("""
                                update media set uploaded_at = uploaded_at - interval '9 years' where media_id = :id
                                """).bind("id", idOf(file)).execute());
    }

    @Test
    @Rule("G15")
    @Rule("G16")
    @Hazard("H06")
    void noAdministratorDestroysAFileBeforeItsTimeOrOneThatAHoldOrTheRecordNeeds() {
        var room = server.room(bob);
        var file = upload(bob);
        var young = destroyed("DELETE", ADMIN + "v1/media/" + file);
        assertThat(young.text("errcode")).isEqualTo("M_FORBIDDEN");
        assertThat(young.text("error")).contains("Retention has not run out", "quarantine");
        age(file);
        var everything = ADMIN + "v1/media/delete?before_ts=9999999999999&size_gt=2";
        var targets = Map.of(
                ADMIN + "v1/media/" + file,
                "DELETE",
                everything,
                "POST",
                ADMIN + "v1/users/" + segment(bob.id()) + "/media",
                "DELETE");
        targets.forEach((target, method) -> {
            var unrecorded = destroyed(method, target);
            assertThat(unrecorded.text("errcode")).as(target).isEqualTo("M_FORBIDDEN");
            assertThat(unrecorded.text("error")).as(target).contains("health record does not have this file");
            var lift = server.hold(room);
            assertThat(destroyed(method, target).text("error")).as(target).contains("There is a hold");
            lift.run();
        });
        assertThat(download(file)).isNotEqualTo("M_NOT_FOUND");
        assertThat(server.post(boss, ADMIN + "v1/media/quarantine/" + file, Json.object())
                        .status())
                .isEqualTo(200);
        assertThat(download(file)).isEqualTo("M_NOT_FOUND");
    }

    @Test
    void whatMayGoOfManyFilesGoesAndTheAnswerSaysWhyTheOthersStay() {
        var dan = server.register("dan");
        var due = upload(dan);
        var young = upload(dan);
        age(due);
        assertThat(destroyed("DELETE", ADMIN + "v1/media/" + due).text("error")).contains("can still be called off");
        server.expire();
        server.database()
                .write(tx ->
                        tx.update("update file_order set destroy_from_ts = 0").execute());
        var answer = destroyed("DELETE", ADMIN + "v1/users/" + segment(dan.id()) + "/media");
        assertThat(download(due)).isEqualTo("M_NOT_FOUND");
        assertThat(download(young)).isNotEqualTo("M_NOT_FOUND");
        assertThat(answer.body().path("total").asInt()).isOne();
        assertThat(answer.body().path("deleted_media").toString()).isEqualTo("[\"" + idOf(due) + "\"]");
        assertThat(answer.body().path("org.lanyard.kept").path(idOf(young)).asString(""))
                .startsWith("Retention has not run out");
    }

    private static String idOf(String file) {
        return file.substring(file.indexOf('/') + 1);
    }

    @Test
    void aRoomsFilesAreFound() {
        var room = server.room(ann);
        var file = upload(ann);
        var image = Json.object().put("msgtype", "m.image").put("body", "x").put("url", "mxc://" + file);
        server.put(ann, "/_matrix/client/v3/rooms/" + segment(room) + "/send/m.room.message/img", image);
        var local =
                server.get(boss, ADMIN + "v1/room/" + segment(room) + "/media").body();
        assertThat(local.path("local").toString()).isEqualTo("[\"mxc://" + file + "\"]");
    }

    private String upload(Person person) {
        return server.raw("POST", "/_matrix/media/v3/upload", person, new byte[] {(byte) 123, 32, (byte) 125})
                .text("content_uri")
                .substring("mxc://".length());
    }
}
