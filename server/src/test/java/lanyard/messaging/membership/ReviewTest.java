package lanyard.messaging.membership;

import static lanyard.messaging.membership.TestMembership.one;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

/// The clock moves, and what a conversation allows moves with it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReviewTest {
    private final TestMembership ground = new TestMembership();
    private UserId owner;
    private UserId nurse;
    private UserId other;
    private UserId lead;
    private int reviews;

    @BeforeAll
    void start() {
        owner = ground.person("rhian", "Rhian Lloyd", "Registrar", "Maple");
        nurse = ground.person("sian", "Siân Evans", "Nurse", "Maple");
        other = ground.person("tom", "Tom Fletcher", "Therapist", "Oak");
        lead = ground.person("grace", "Grace Mensah", "Ward manager", "Maple");
    }

    @AfterAll
    void stop() {
        ground.close();
    }

    private void after(int days) {
        ground.ward.clock.pass(Duration.ofDays(days));
        ground.membership.tick();
    }

    private ObjectNode answer(List<UserId> keep, List<UserId> remove) {
        var body = Json.object().put("request_id", "review" + ++reviews);
        keep.stream().map(UserId::value).forEach(body.putArray("keep")::add);
        remove.stream().map(UserId::value).forEach(body.putArray("remove")::add);
        return body;
    }

    private String reviewed(UserId user, RoomId room, String field) {
        return ground.get(user, room, "review").json().path(field).asString("");
    }

    private boolean isTold(UserId user) {
        return ground.account
                .accountData()
                .find(user, "", ReviewClock.ACCOUNT_DATA)
                .isPresent();
    }

    @Test
    @Rule("G28")
    void aReviewThatNobodyDoesLimitsTheConversationAndThenArchivesIt() {
        var room = ground.rooms.room("clinical", owner, nurse, other);
        after(24);
        assertThat(reviewed(owner, room, "standing")).isEqualTo("current");
        after(2);
        assertThat(reviewed(owner, room, "standing")).isEqualTo("reminded");
        assertThat(ground.mentioned(room)).contains(owner.value()).contains("m.mentions");
        assertThat(isTold(owner)).isTrue();
        assertThat(ground.get(lead, room, "review").status()).isEqualTo(403);
        after(3);
        assertThat(reviewed(lead, room, "standing")).isEqualTo("due");
        assertThat(isTold(lead)).isTrue();
        assertThat(ground.say(nurse, room).status()).isEqualTo(200);
        after(8);
        assertThat(ground.said(room, "posting")).isEqualTo("urgent_only");
        var refused = ground.say(nurse, room);
        assertThat(refused.errcode()).isEqualTo("ORG_LANYARD_REVIEW_DUE");
        assertThat(refused.text()).contains("Rhian Lloyd").contains("review");
        ground.announced.add(nurse);
        assertThat(ground.say(nurse, room).status()).isEqualTo(200);
        ground.awaited.add(room);
        after(30);
        assertThat(ground.said(room, "posting")).isEqualTo("urgent_only");
        ground.awaited.clear();
        after(1);
        assertThat(ground.said(room, "posting")).isEqualTo("archived");
        assertThat(ground.say(nurse, room).errcode()).isEqualTo("ORG_LANYARD_REVIEW_DUE");
        ground.announced.clear();
        var invite = Json.object().put("user_id", lead.value());
        assertThat(ground.matrix(owner, room, "invite", invite).errcode()).isEqualTo("ORG_LANYARD_REVIEW_DUE");
        assertThat(ground.post(owner, room, "members", one(lead, "leads")).errcode())
                .isEqualTo("ORG_LANYARD_REVIEW_DUE");
        assertThat(ground.post(owner, room, "review", answer(List.of(owner, nurse), List.of(other)))
                        .status())
                .isEqualTo(200);
        assertThat(ground.said(room, "posting")).isEqualTo("open");
        assertThat(ground.say(nurse, room).status()).isEqualTo(200);
        assertThat(ground.say(other, room).status()).isEqualTo(403);
    }

    @Test
    @Rule("G28")
    void aReviewNamesEverybodyAndIsRecorded() {
        var room = ground.rooms.room("operational", owner, nurse, other);
        var keepAll = answer(List.of(owner, nurse, other), List.of());
        assertThat(ground.post(nurse, room, "review", keepAll).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(ground.post(lead, room, "review", keepAll).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(ground.post(owner, room, "review", answer(List.of(owner, nurse), List.of()))
                        .errcode())
                .isEqualTo("M_BAD_STATE");
        assertThat(ground.post(owner, room, "review", answer(List.of(nurse, other), List.of(owner)))
                        .errcode())
                .isEqualTo("M_INVALID_PARAM");
        var twice = answer(List.of(owner, nurse, other), List.of(other));
        assertThat(ground.post(owner, room, "review", twice).errcode()).isEqualTo("M_INVALID_PARAM");
        assertThat(ground.members(owner, room)).hasSize(3);
        var done = answer(List.of(owner, nurse), List.of(other));
        assertThat(ground.post(owner, room, "review", done).status()).isEqualTo(200);
        assertThat(ground.post(owner, room, "review", done).status()).isEqualTo(200);
        var review = ground.get(nurse, room, "review").json();
        assertThat(review.path("last").path("kept").asInt()).isEqualTo(2);
        assertThat(review.path("last").path("removed").asInt()).isEqualTo(1);
        assertThat(review.path("may_review").asBoolean()).isFalse();
        assertThat(review.path("due_ts").asLong() - ground.ward.clock.millis())
                .isEqualTo(Duration.ofDays(90).toMillis());
        assertThat(ground.members(owner, room)).doesNotContain(other.value());
        assertThat(ground.get(other, room, "review").status()).isEqualTo(403);
    }

    @Test
    @Rule("G28")
    void whatIsClosedOrEmptyIsNobodysToReview() {
        var closed = ground.rooms.room("clinical", owner, nurse);
        var empty = ground.rooms.room("clinical", owner, nurse);
        block(closed, true);
        ground.matrix(nurse, empty, "leave", Json.object());
        ground.matrix(owner, empty, "leave", Json.object());
        after(29);
        for (var room : List.of(closed, empty)) {
            assertThat(reviewed(owner, room, "standing")).isEqualTo("current");
            assertThat(ground.mentioned(room)).doesNotContain("m.mentions");
        }
        block(closed, false);
        after(1);
        assertThat(reviewed(owner, closed, "standing")).isEqualTo("reminded");
    }

    private void block(RoomId room, boolean block) {
        ground.ward.writer.write(commit -> {
            ground.rooms.rooms.closing().block(commit, room, lead, block);
            return room;
        });
    }

    @Test
    @Rule("G28")
    void nobodyLosesAConversationUnwarnedBecauseNothingRan() {
        var room = ground.rooms.room("clinical", owner, nurse);
        ground.ward.clock.pass(Duration.ofDays(200));
        for (var step : List.of("reminded", "reminded")) {
            ground.membership.tick();
            assertThat(reviewed(owner, room, "standing")).isEqualTo(step);
        }
        after(3);
        assertThat(reviewed(owner, room, "standing")).isEqualTo("due");
        after(6);
        assertThat(reviewed(owner, room, "standing")).isEqualTo("due");
        assertThat(ground.http
                        .get("/_lanyard/v1/reviews", ground.rooms.token(lead))
                        .text())
                .contains(room.value())
                .contains("ward_lead");
        after(1);
        assertThat(reviewed(owner, room, "standing")).isEqualTo("urgent_only");
        after(20);
        assertThat(reviewed(owner, room, "standing")).isEqualTo("urgent_only");
        after(1);
        assertThat(reviewed(owner, room, "standing")).isEqualTo("archived");
    }
}
