package lanyard.messaging.membership;

import static lanyard.messaging.membership.TestMembership.one;
import static lanyard.messaging.membership.TestMembership.team;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.identity.Employer;
import lanyard.trust.identity.NewPerson.Post;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MembersTest {
    private final TestMembership ground = new TestMembership();
    private UserId owner;
    private UserId nurse;
    private UserId second;
    private UserId other;
    private UserId visitor;
    private RoomId room;

    @BeforeAll
    void start() {
        owner = ground.person("rhian", "Rhian Lloyd", "Registrar", "Maple");
        nurse = ground.person("sian", "Siân Evans", "Nurse", "Maple");
        second = ground.person("grace", "Grace Mensah", "Nurse", "Maple");
        other = ground.person("tom", "Tom Fletcher", "Therapist", "Oak");
        var elsewhere = new Post("Paramedic", "", "", "").of(new Employer("RYC", "An ambulance service"));
        visitor = ground.person("val", "Val Visitor", elsewhere);
        room = fresh(nurse);
    }

    @AfterAll
    void stop() {
        ground.close();
    }

    private RoomId fresh(UserId... members) {
        room = ground.rooms.room("clinical", owner, members);
        return room;
    }

    @Test
    @Rule("G27")
    void everybodySeesWhoAddedWhomWhenAndWhy() {
        fresh(nurse);
        assertThat(ground.post(owner, room, "members", one(other, "Leads the discharge"))
                        .status())
                .isEqualTo(200);
        var member = ground.member(nurse, room, other);
        assertThat(member.path("added_by").asString("")).isEqualTo(owner.value());
        assertThat(member.path("reason").asString("")).isEqualTo("Leads the discharge");
        assertThat(member.path("by").asString("")).isEqualTo("one");
        assertThat(member.path("reads_from_ts").asLong()).isEqualTo(ground.ward.clock.millis());
        assertThat(ground.member(nurse, room, owner).path("owner").asBoolean()).isTrue();
        assertThat(ground.members(nurse, room)).containsExactly(owner.value(), nurse.value(), other.value());
        assertThat(ground.get(second, room, "members").status()).isEqualTo(403);
    }

    @Test
    @Rule("G27")
    void nobodyIsAddedWithoutAReasonByAMemberWithoutThatDutyOrFromAPastedList() {
        fresh(nurse);
        assertThat(ground.post(owner, room, "members", one(other, " ")).errcode())
                .isEqualTo("M_INVALID_PARAM");
        assertThat(ground.post(nurse, room, "members", one(other, "covers")).errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(ground.post(second, room, "members", one(other, "covers")).errcode())
                .isEqualTo("M_FORBIDDEN");
        var pasted = one(other, "covers");
        pasted.putArray("user_ids").add(second.value());
        assertThat(ground.post(owner, room, "members", pasted).errcode()).isEqualTo("M_INVALID_PARAM");
        var mixed = team(other, second);
        assertThat(ground.post(owner, room, "members", mixed).errcode()).isEqualTo("M_INVALID_PARAM");
        var rota = one(other, "covers").put("by", "rota");
        assertThat(ground.post(owner, room, "members", rota).errcode()).isEqualTo("M_INVALID_PARAM");
        var stranger = one(new UserId("@nobody:ward.test"), "covers");
        assertThat(ground.post(owner, room, "members", stranger).errcode()).isEqualTo("M_FORBIDDEN");
        var many = IntStream.range(0, 31)
                .mapToObj(n -> ground.person("many" + n, "Many " + n, "Nurse", "Elm"))
                .toArray(UserId[]::new);
        assertThat(ground.post(owner, room, "members", team(many)).errcode()).isEqualTo("M_INVALID_PARAM");
        assertThat(ground.members(owner, room)).hasSize(2);
    }

    @Test
    @Rule("G27")
    void aWardsTeamIsSuggestedAndWhoMovesToAnotherWardLeaves() {
        fresh(nurse);
        var suggested = ground.get(owner, room, "suggestions").json();
        assertThat(suggested.path("ward").asString("")).isEqualTo("Maple");
        assertThat(suggested
                        .path("people")
                        .valueStream()
                        .map(one -> one.path("user_id").asString("")))
                .contains(second.value())
                .doesNotContain(owner.value(), nurse.value(), other.value(), visitor.value());
        var away = ground.person("jo", "Jo Mover", "Nurse", "Maple");
        assertThat(ground.post(owner, room, "members", team(second, away)).status())
                .isEqualTo(200);
        assertThat(ground.member(owner, room, away).path("by").asString("")).isEqualTo("ward");
        ground.membership.takeOut();
        assertThat(ground.members(owner, room)).contains(away.value());
        ground.moves(away, "Jo Mover", "Oak");
        ground.membership.takeOut();
        assertThat(ground.members(owner, room)).contains(second.value()).doesNotContain(away.value());
        assertThat(ground.rooms.state(room, "m.room.member", away.value()).getLast())
                .contains("They came with the team of Maple");
    }

    @Test
    @Rule("G27")
    void somebodyOfAnotherEmployerNeedsASponsorAndAnEndAndGoesWhenItComes() {
        fresh(nurse);
        var now = ground.ward.clock.millis();
        var plain = one(visitor, "Brings patients");
        assertThat(ground.post(owner, room, "members", plain).errcode()).isEqualTo("M_MISSING_PARAM");
        var late = one(visitor, "Brings patients")
                .put("sponsor_user_id", nurse.value())
                .put("until_ts", now + Duration.ofDays(91).toMillis());
        assertThat(ground.post(owner, room, "members", late).errcode()).isEqualTo("M_INVALID_PARAM");
        var past = late.deepCopy().put("until_ts", now - 1);
        assertThat(ground.post(owner, room, "members", past).errcode()).isEqualTo("M_INVALID_PARAM");
        var unknown = late.deepCopy().put("until_ts", now + 60_000).put("sponsor_user_id", other.value());
        assertThat(ground.post(owner, room, "members", unknown).errcode()).isEqualTo("M_INVALID_PARAM");
        var fit = late.deepCopy().put("until_ts", now + 60_000);
        assertThat(ground.post(owner, room, "members", fit).status()).isEqualTo(200);
        assertThat(ground.member(nurse, room, visitor).path("sponsor_user_id").asString(""))
                .isEqualTo(nurse.value());
        ground.ward.clock.pass(Duration.ofSeconds(61));
        ground.membership.takeOut();
        assertThat(ground.members(owner, room)).doesNotContain(visitor.value());
        assertThat(ground.say(visitor, room).status()).isEqualTo(403);
    }

    @Test
    @Rule("G27")
    void anAppThatKnowsNothingOfTheRuleIsHeldToIt() {
        fresh(nurse);
        var invite = Json.object().put("user_id", visitor.value());
        var refused = ground.matrix(owner, room, "invite", invite);
        assertThat(refused.errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(refused.text()).contains("another employer");
        var made = Json.object();
        made.putArray("invite").add(visitor.value());
        assertThat(ground.http
                        .post("/_matrix/client/v3/createRoom", ground.rooms.token(owner), made)
                        .errcode())
                .isEqualTo("M_FORBIDDEN");
        var started =
                Json.object().put("kind", "clinical").put("purpose", "Bed 4").put("request_id", "with-visitor");
        started.putArray("member_user_ids").add(visitor.value());
        assertThat(ground.http
                        .post("/_lanyard/v1/conversations", ground.rooms.token(owner), started)
                        .errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(ground.matrix(owner, room, "invite", one(other, "asked in")).status())
                .isEqualTo(200);
        assertThat(ground.matrix(other, room, "join", Json.object()).status()).isEqualTo(200);
        var member = ground.member(nurse, room, other);
        assertThat(member.path("added_by").asString("")).isEqualTo(owner.value());
        assertThat(member.path("reason").asString("")).isEqualTo("asked in");
        assertThat(ground.matrix(owner, room, "kick", one(other, "done")).status())
                .isEqualTo(200);
        assertThat(ground.members(nurse, room)).doesNotContain(other.value());
    }

    @Test
    @Rule("G28")
    void anOwnerHandsOverAndWhoeverLeavesAsOwnerHasASuccessor() {
        fresh(nurse, second, other);
        var deputy = Json.object().put("owner_user_id", owner.value()).put("deputy_user_id", second.value());
        assertThat(ground.put(nurse, room, "owner", deputy).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(ground.put(owner, room, "owner", deputy).status()).isEqualTo(200);
        var unfit = Json.object().put("owner_user_id", visitor.value());
        assertThat(ground.put(owner, room, "owner", unfit).errcode()).isEqualTo("M_INVALID_PARAM");
        assertThat(ground.said(room, "deputy")).isEqualTo(second.value());
        ground.matrix(owner, room, "leave", Json.object());
        assertThat(ground.said(room, "owner")).isEqualTo(second.value());
        assertThat(ground.mentioned(room)).contains("m.mentions").doesNotContain(owner.value());
        assertThat(ground.post(second, room, "members", one(owner, "is back")).status())
                .isEqualTo(200);
        ground.matrix(second, room, "leave", Json.object());
        assertThat(ground.said(room, "owner")).isEqualTo(nurse.value());
        Stream.of(nurse, other, owner).forEach(one -> ground.matrix(one, room, "leave", Json.object()));
        assertThat(ground.said(room, "owner")).isEqualTo(owner.value());
    }

    @Test
    @Rule("G28")
    void whoeverLeavesTheOrganisationLeavesTheirConversationsToASuccessor() {
        fresh(nurse, second);
        var gone = ground.person("lee", "Lee Leaver", "Registrar", "Maple");
        assertThat(ground.post(owner, room, "members", one(gone, "covers")).status())
                .isEqualTo(200);
        var toThem = Json.object().put("owner_user_id", gone.value());
        assertThat(ground.put(owner, room, "owner", toThem).status()).isEqualTo(200);
        ground.leaves(gone);
        assertThat(ground.members(nurse, room)).doesNotContain(gone.value());
        assertThat(ground.said(room, "owner")).isEqualTo(owner.value());
        assertThat(ground.post(owner, room, "members", one(other, "covers")).status())
                .isEqualTo(200);
    }
}
