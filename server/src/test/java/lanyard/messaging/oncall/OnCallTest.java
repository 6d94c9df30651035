package lanyard.messaging.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import lanyard.Behind;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.traceability.Hazard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Who is on call, and who is there.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnCallTest {
    private static final String ROLES = "/_lanyard/v1/on-call/roles";
    private static final String AVAILABILITY = "/_lanyard/v1/me/availability";

    /// A Monday.
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T09:00:00Z"));

    private TestServer server;
    private Person keeper;
    private Person registrar;
    private Person consultant;
    private int number;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of());
        keeper = server.signIn("carys.bevan");
        registrar = server.signIn("rhian.lloyd");
        consultant = server.signIn("mohammed.khan");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String role() {
        var answer = server.post(keeper, ROLES, Json.object().put("name", "On call " + number++));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.text("role_id");
    }

    private JsonNode role(String id) {
        for (var role : server.get(registrar, ROLES).body().path("roles")) {
            if (role.path("role_id").asString("").equals(id)) {
                return role;
            }
        }
        return Json.object();
    }

    private long in(int hours) {
        return clock.instant().plus(Duration.ofHours(hours)).toEpochMilli();
    }

    private Answer plan(Person who, String role, int from, int until, ObjectNode... shifts) {
        var body = Json.object().put("from_ts", in(from)).put("until_ts", in(until));
        var list = body.putArray("shifts");
        for (var shift : shifts) {
            list.add(shift);
        }
        return server.put(who, ROLES + "/" + role + "/shifts", body);
    }

    private ObjectNode shift(Person who, int from, int until) {
        return Json.object().put("user_id", who.id()).put("from_ts", in(from)).put("until_ts", in(until));
    }

    private String holders(String role) {
        return role(role).path("holders").toString();
    }

    private Answer take(Person who, String role, int hours) {
        return server.post(who, ROLES + "/" + role + "/take", Json.object().put("until_ts", in(hours)));
    }

    private Answer handOver(Person who, String role, Person to) {
        return server.post(who, ROLES + "/" + role + "/hand-over", Json.object().put("to_user_id", to.id()));
    }

    @Test
    void whoKeepsTheRotaSaysWhichRolesThereAreAndNobodyElse() {
        var next = role();
        var wanted = Json.object().put("name", "Surgical registrar").put("escalates_to", next);
        assertThat(server.post(registrar, ROLES, wanted).status()).isEqualTo(403);
        var id = server.post(keeper, ROLES, wanted).text("role_id");
        assertThat(server.post(keeper, ROLES, Json.object().put("name", "surgical REGISTRAR"))
                        .status())
                .as("a name that is taken")
                .isEqualTo(400);
        assertThat(server.post(keeper, ROLES, Json.object().put("name", "  ")).status())
                .isEqualTo(400);
        assertThat(server.post(keeper, ROLES, Json.object().put("name", "x").put("lead_user_id", "@no:one.example"))
                        .status())
                .isEqualTo(400);
        var circle = Json.object().put("name", "Circle").put("escalates_to", id);
        assertThat(server.put(keeper, ROLES + "/" + next, circle).text("error")).contains("circle");
        assertThat(server.put(registrar, ROLES + "/" + id, wanted).status()).isEqualTo(403);
        var renamed =
                Json.object().put("name", "Surgeon").put("ward", "Oak Ward").put("lead_user_id", keeper.id());
        assertThat(server.put(keeper, ROLES + "/" + id, renamed).status()).isEqualTo(200);
        assertThat(role(id).toString())
                .contains("Surgeon", "Oak Ward", keeper.id())
                .doesNotContain("escalates_to");
        assertThat(server.call("DELETE", ROLES + "/" + id, registrar, null).status())
                .isEqualTo(403);
        assertThat(server.call("DELETE", ROLES + "/" + id, keeper, null).status())
                .isEqualTo(200);
        assertThat(role(id)).isEmpty();
        assertThat(server.put(keeper, ROLES + "/" + id, renamed).status()).isEqualTo(404);
        assertThat(audited("on_call.role_added")).isPositive();
        assertThat(audited("on_call.role_ended")).isPositive();
    }

    private int audited(String action) {
        return Behind.audited(server, action);
    }

    @Test
    @Hazard("H17")
    void aRoleThatIsOrWillBeEmptyIsWarnedOf() {
        var id = role();
        assertThat(role(id).path("warning").asString()).isEqualTo("empty_now");
        assertThat(plan(registrar, id, 0, 24, shift(registrar, 0, 24)).status()).isEqualTo(403);
        assertThat(plan(keeper, id, 0, 24, shift(registrar, 0, 8), shift(consultant, 10, 24))
                        .status())
                .isEqualTo(200);
        assertThat(role(id).path("warning").asString()).isEqualTo("empty_soon");
        assertThat(role(id).path("empty_from_ts").asLong()).isEqualTo(in(8));
        plan(keeper, id, 8, 10, shift(consultant, 8, 10));
        assertThat(role(id).has("warning")).isFalse();
        assertThat(holders(id)).contains(registrar.id()).doesNotContain(consultant.id());
        assertThat(role(id).path("next")).hasSize(2);
        plan(keeper, id, 2, 4);
        assertThat(role(id).path("empty_from_ts").asLong())
                .as("cut out of the middle")
                .isEqualTo(in(2));
        assertThat(role(id).path("next")).as("the rest of the shift is kept").hasSize(3);
        assertThat(plan(keeper, id, 0, 4, shift(registrar, 0, 5)).status())
                .as("beyond the plan")
                .isEqualTo(400);
        assertThat(plan(keeper, id, 4, 0).status()).isEqualTo(400);
        assertThat(plan(keeper, "none", 0, 4).status()).isEqualTo(404);
        var stranger = new Person("@eve:elsewhere.example", "", "");
        assertThat(plan(keeper, id, 0, 4, shift(stranger, 0, 4)).status()).isEqualTo(400);
    }

    @Test
    @Hazard("H17")
    void aHolderWhoHasNeverSignedInIsSaidToBeOutOfReach() {
        var id = role();
        var porter = new Person("@lukasz.wojcik:lanyard.localhost", "", "");
        plan(keeper, id, 0, 8, shift(porter, 0, 8), shift(registrar, 0, 8));
        for (var holder : role(id).path("holders")) {
            assertThat(holder.path("reachable").asBoolean())
                    .isEqualTo(holder.path("user_id").asString().equals(registrar.id()));
        }
        assertThat(role(id).path("holders")).hasSize(2);
    }

    @Test
    void aColleagueTakesARoleBesideItsHolderAndHandsItOver() {
        var id = role();
        var since = server.sync(consultant, null).text("next_batch");
        assertThat(take(registrar, id, 30).status()).as("longer than a day").isEqualTo(400);
        assertThat(take(registrar, "none", 8).status()).isEqualTo(404);
        assertThat(take(registrar, id, 8).status()).isEqualTo(200);
        assertThat(take(registrar, id, 8).status()).as("again").isEqualTo(200);
        assertThat(role(id).path("holders")).hasSize(1);
        assertThat(take(consultant, id, 4).status()).isEqualTo(200);
        assertThat(role(id).path("holders")).as("nobody's is taken away").hasSize(2);
        clock.move(Duration.ofHours(5));
        assertThat(holders(id)).contains(registrar.id()).doesNotContain(consultant.id());
        assertThat(handOver(consultant, id, registrar).status())
                .as("not theirs")
                .isEqualTo(403);
        var porter = new Person("@lukasz.wojcik:lanyard.localhost", "", "");
        assertThat(handOver(registrar, id, porter).text("errcode")).isEqualTo("ORG_LANYARD_NOT_REACHABLE");
        assertThat(handOver(registrar, id, registrar).status()).isEqualTo(400);
        assertThat(handOver(registrar, id, consultant).status()).isEqualTo(200);
        assertThat(handOver(registrar, id, consultant).status()).as("again").isEqualTo(200);
        assertThat(holders(id)).contains(consultant.id(), "" + in(3)).doesNotContain(registrar.id());
        assertThat(server.sync(consultant, since).body().path("account_data").toString())
                .contains(OnCall.NEWS);
        assertThat(audited("on_call.handed_over")).isPositive();
        assertThat(audited("on_call.taken")).isPositive();
    }

    @Test
    @Hazard("H17")
    void whoHasLeftHoldsNothing() {
        var id = role();
        plan(keeper, id, 0, 20, shift(new Person("@priya.nair:lanyard.localhost", "", ""), 0, 20));
        assertThat(role(id).has("warning")).isFalse();
        server.leave("@priya.nair:lanyard.localhost");
        assertThat(role(id).path("warning").asString()).isEqualTo("empty_now");
    }

    private JsonNode say(ObjectNode body) {
        var answer = server.put(consultant, AVAILABILITY, body);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void peopleSayWhetherTheyAreThereAndTheirHoursSayItForThem() {
        clock.move(Duration.between(clock.instant(), Instant.parse("2026-11-30T09:00:00Z")));
        assertThat(server.get(consultant, AVAILABILITY).text("state")).isEqualTo("unknown");
        var body = Json.object().put("state", "unknown");
        body.putArray("hours")
                .addObject()
                .put("day", "mon")
                .put("from", "08:00")
                .put("until", "17:00");
        assertThat(say(body).path("state").asString()).isEqualTo("on_duty");
        assertThat(say(body).path("until_ts").asLong()).isEqualTo(in(8));
        say(body.deepCopy().put("state", "busy").put("until_ts", in(1)));
        assertThat(server.get(consultant, AVAILABILITY).text("state")).isEqualTo("busy");
        clock.move(Duration.ofHours(2));
        assertThat(server.get(consultant, AVAILABILITY).text("state"))
                .as("it was until then")
                .isEqualTo("on_duty");
        clock.move(Duration.ofHours(7));
        var off = server.get(consultant, AVAILABILITY).body();
        assertThat(off.path("state").asString()).isEqualTo("off");
        assertThat(off.path("until_ts").asLong()).as("until next Monday").isEqualTo(in(6 * 24 + 14));
        var id = role();
        take(consultant, id, 4);
        assertThat(server.get(consultant, AVAILABILITY).body().toString())
                .as("on call is on duty")
                .contains("\"state\":\"on_duty\"", id);
        server.restart();
        assertThat(server.get(consultant, AVAILABILITY).body().path("hours")).hasSize(1);
    }

    @Test
    void whatIsNotSenseIsRefused() {
        assertThat(server.get(registrar, AVAILABILITY).status()).isEqualTo(200);
        var off = Json.object().put("state", "off");
        for (var wrong : new ObjectNode[] {
            Json.object().put("state", "asleep"),
            off.deepCopy().put("until_ts", in(-1)),
            covered(off, "user_id", "@no:one.example"),
            covered(off, "user_id", registrar.id()),
            hours(off, "someday", "08:00"),
            hours(off, "mon", "8 o'clock")
        }) {
            assertThat(server.put(registrar, AVAILABILITY, wrong).status())
                    .as("%s", wrong)
                    .isEqualTo(400);
        }
        assertThat(server.put(registrar, AVAILABILITY, covered(off, "role_id", "none"))
                        .status())
                .isEqualTo(404);
        assertThat(server.call("GET", AVAILABILITY, null, null).status()).isEqualTo(401);
        assertThat(server.call("GET", ROLES, null, null).status()).isEqualTo(401);
    }

    private static ObjectNode covered(ObjectNode body, String field, String id) {
        var copy = body.deepCopy();
        copy.putObject("covered_by").put(field, id);
        return copy;
    }

    private static ObjectNode hours(ObjectNode body, String day, String from) {
        var copy = body.deepCopy();
        copy.putArray("hours").addObject().put("day", day).put("from", from).put("until", "17:00");
        return copy;
    }
}
