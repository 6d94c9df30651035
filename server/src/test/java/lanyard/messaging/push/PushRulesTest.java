package lanyard.messaging.push;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#push-rules-api>
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PushRulesTest {
    private static final String ALL = "/_matrix/client/v3/pushrules/";
    private static final String GLOBAL = ALL + "global/";
    private static final List<String> PREDEFINED = List.of(
            ".m.rule.master",
            ".m.rule.suppress_notices",
            ".m.rule.invite_for_me",
            ".m.rule.member_event",
            ".m.rule.is_user_mention",
            ".m.rule.is_room_mention",
            ".m.rule.tombstone",
            ".m.rule.reaction",
            ".m.rule.room.server_acl",
            ".m.rule.suppress_edits");

    private final TestServer server = TestServer.conformance();
    private Person ann = new Person("", "", "");

    @BeforeEach
    void somebodyNew(TestInfo info) {
        ann = server.register("ann" + Math.floorMod(info.getDisplayName().hashCode(), 1_000_000));
    }

    @AfterAll
    void close() {
        server.close();
    }

    static ObjectNode json(String text) {
        return Json.object(text.getBytes(StandardCharsets.UTF_8));
    }

    private Answer put(String rule, String body) {
        return server.put(ann, GLOBAL + rule, json(body));
    }

    private List<String> ids(String kind) {
        return server.get(ann, GLOBAL)
                .body()
                .path(kind)
                .valueStream()
                .map(rule -> rule.path("rule_id").asString())
                .toList();
    }

    @Test
    void thePredefinedRulesStandInTheSpecificationsOrder() {
        assertThat(ids("override")).isEqualTo(PREDEFINED);
        assertThat(ids("underride"))
                .containsExactly(
                        ".m.rule.call",
                        ".m.rule.encrypted_room_one_to_one",
                        ".m.rule.room_one_to_one",
                        ".m.rule.message",
                        ".m.rule.encrypted");
        assertThat(ids("content")).isEmpty();
        assertThat(server.get(ann, ALL).body().path("global").toString()).contains(ann.id());
        assertThat(server.call("GET", ALL, null, null).text("errcode")).isEqualTo("M_MISSING_TOKEN");
    }

    @Test
    void aRuleOfOnesOwnIsMadeChangedAndRemoved() {
        assertThat(put("content/cake", "{\"pattern\":\"cake*lie\",\"actions\":[\"notify\",\"dont_notify\"]}")
                        .status())
                .isEqualTo(200);
        var rule = server.get(ann, GLOBAL + "content/cake").body();
        assertThat(rule)
                .isEqualTo(json("{\"rule_id\":\"cake\",\"default\":false,\"enabled\":true,\"actions\":[\"notify\"],"
                        + "\"pattern\":\"cake*lie\"}"));
        assertThat(put("content/cake/enabled", "{\"enabled\":false}").status()).isEqualTo(200);
        assertThat(server.get(ann, GLOBAL + "content/cake/enabled").body()).isEqualTo(json("{\"enabled\":false}"));
        assertThat(put("content/cake/actions", "{\"actions\":[]}").status()).isEqualTo(200);
        assertThat(server.get(ann, GLOBAL + "content/cake/actions").body()).isEqualTo(json("{\"actions\":[]}"));
        assertThat(server.call("DELETE", GLOBAL + "content/cake", ann, null).status())
                .isEqualTo(200);
        for (var path : List.of("content/cake", "content/cake/enabled", "content/cake/actions", "nonsense/cake")) {
            assertThat(server.get(ann, GLOBAL + path).text("errcode")).isEqualTo("M_NOT_FOUND");
        }
        assertThat(server.call("DELETE", GLOBAL + "content/cake", ann, null).text("errcode"))
                .isEqualTo("M_NOT_FOUND");
        assertThat(put("content/cake/enabled", "{\"enabled\":true}").text("errcode"))
                .isEqualTo("M_NOT_FOUND");
        assertThat(put("content/cake/actions", "{\"actions\":[]}").text("errcode"))
                .isEqualTo("M_NOT_FOUND");
    }

    @Test
    void rulesAreOrderedBelowTheMasterAndAboveTheOthers() {
        var rule = "{\"conditions\":[],\"actions\":[]}";
        put("override/one", rule);
        put("override/two", rule);
        assertThat(ids("override").subList(0, 4))
                .containsExactly(".m.rule.master", "two", "one", ".m.rule.suppress_notices");
        put("override/three?after=two", rule);
        put("override/four?before=two", rule);
        assertThat(ids("override").subList(1, 5)).containsExactly("four", "two", "three", "one");
        put("override/four?after=one&before=three", rule);
        assertThat(ids("override").subList(1, 5)).containsExactly("two", "four", "three", "one");
        put("override/one", rule);
        assertThat(ids("override").subList(1, 5)).containsExactly("two", "four", "three", "one");
        for (var place : List.of("before=.m.rule.master", "after=nobody", "after=five")) {
            var refused = put("override/five?" + place, rule);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("errcode")).isEqualTo("M_UNKNOWN");
        }
    }

    @Test
    void thePredefinedRulesAreSwitchedOffNotRemoved() {
        assertThat(put("override/.m.rule.master/enabled", "{\"enabled\":true}").status())
                .isEqualTo(200);
        assertThat(server.get(ann, GLOBAL + "override/.m.rule.master").body().path("enabled"))
                .isEqualTo(json("{\"v\":true}").get("v"));
        assertThat(put("underride/.m.rule.message/actions", "{\"actions\":[]}").status())
                .isEqualTo(200);
        assertThat(server.call("DELETE", GLOBAL + "override/.m.rule.master", ann, null)
                        .text("errcode"))
                .isEqualTo("M_INVALID_PARAM");
        assertThat(put("override/.mine", "{\"actions\":[]}").text("errcode")).isEqualTo("M_INVALID_PARAM");
        assertThat(ids("override")).isEqualTo(PREDEFINED);
    }

    @Test
    void whatIsNoRuleIsRefused() {
        for (var id : List.of("a%2Fb", "a%5Cb", segment("x".repeat(256)))) {
            assertThat(put("override/" + id, "{\"actions\":[]}").text("errcode"))
                    .isEqualTo("M_INVALID_PARAM");
        }
        assertThat(put("override/a", "{}").text("errcode")).isEqualTo("M_BAD_JSON");
        assertThat(put("override/a", "{\"actions\":[1]}").text("errcode")).isEqualTo("M_BAD_JSON");
        assertThat(put("override/a", "{\"actions\":[],\"conditions\":[{}]}").text("errcode"))
                .isEqualTo("M_BAD_JSON");
        assertThat(put("content/a", "{\"actions\":[]}").text("errcode")).isEqualTo("M_BAD_JSON");
        assertThat(put("room/nonsense", "{\"actions\":[]}").status()).isEqualTo(400);
        assertThat(put("sender/nonsense", "{\"actions\":[]}").status()).isEqualTo(400);
        assertThat(put("nonsense/a", "{\"actions\":[]}").text("errcode")).isEqualTo("M_NOT_FOUND");
        assertThat(put("override/a", "{\"actions\":[],\"x\":\"" + "y".repeat(5_000) + "\"}")
                        .text("errcode"))
                .isEqualTo("M_TOO_LARGE");
        assertThat(put("override/.m.rule.master/enabled", "{}").text("errcode")).isEqualTo("M_BAD_JSON");
    }

    @Test
    void aChangeComesWithTheNextSync() {
        var first = server.sync(ann, null);
        assertThat(pushRules(first)).contains(".m.rule.master").doesNotContain("mine");
        put("override/mine", "{\"actions\":[]}");
        var second = server.sync(ann, first.text("next_batch"));
        assertThat(pushRules(second)).contains("mine", ".m.rule.master");
        assertThat(pushRules(server.sync(ann, second.text("next_batch") + "&timeout=0")))
                .isEmpty();
        assertThat(server.get(ann, "/_matrix/client/v3/user/" + segment(ann.id()) + "/account_data/m.push_rules")
                        .body()
                        .toString())
                .contains("mine");
    }

    private static String pushRules(Answer sync) {
        return sync.body()
                .path("account_data")
                .path("events")
                .valueStream()
                .filter(event -> event.path("type").asString().equals("m.push_rules"))
                .map(Object::toString)
                .findFirst()
                .orElse("");
    }

    @Test
    void noPusherIsPromisedWhileNothingIsSent() {
        var pusher = json(
                "{\"kind\":\"http\",\"app_id\":\"a\",\"pushkey\":\"k\",\"app_display_name\":\"A\","
                        + "\"device_display_name\":\"D\",\"lang\":\"en\",\"data\":{\"url\":\"https://x/_matrix/push/v1/notify\"}}");
        assertThat(server.post(ann, "/_matrix/client/v3/pushers/set", pusher).text("errcode"))
                .isEqualTo("M_FORBIDDEN");
        assertThat(server.post(
                                ann,
                                "/_matrix/client/v3/pushers/set",
                                json("{\"kind\":null,\"app_id\":\"a\",\"pushkey\":\"k\"}"))
                        .status())
                .isEqualTo(200);
        assertThat(server.post(ann, "/_matrix/client/v3/pushers/set", json("{\"kind\":null}"))
                        .text("errcode"))
                .isEqualTo("M_MISSING_PARAM");
        assertThat(server.get(ann, "/_matrix/client/v3/pushers").body()).isEqualTo(json("{\"pushers\":[]}"));
    }
}
