package lanyard.abuse;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Tokens that are old, cut, forged, of the future, of somebody else or of another kind (row R22 of
/// docs/reliability.md): refused, or what the caller may see anyway; never another's, never a fault.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensTest {
    private static final String V3 = "/_matrix/client/v3/";
    private static final String SLIDING = "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync";
    private static final String SECRET = "only-alice-and-bob";
    private static final int LEAST = 1_000;
    private static final Set<Integer> ANSWERS = Set.of(200, 400, 401, 403, 404);

    private final Random random = new Random(22);
    private TestServer server;
    private Person alice;
    private Person bob;
    private Person mallory;
    private String theirs;
    private String shared;
    private List<String> own;
    private List<String> foreign;

    @BeforeAll
    void start() {
        server = TestServer.conformance();
        alice = server.register("alice");
        bob = server.register("bob");
        mallory = server.register("mallory");
        shared = server.room(alice, mallory);
        theirs = server.room(alice, bob);
        own = new ArrayList<>();
        foreign = new ArrayList<>();
        for (var i = 0; i < 5; i++) {
            server.send(alice, shared, "s" + i, "for mallory too " + i);
            server.send(alice, theirs, "t" + i, SECRET + " " + i);
            server.put(bob, V3 + "user/" + segment(bob.id()) + "/account_data/org.example." + i, secret());
            server.put(alice, V3 + "sendToDevice/org.example/" + i, toBob());
            own.addAll(tokensOf(mallory, shared));
            foreign.addAll(tokensOf(bob, theirs));
        }
    }

    private static tools.jackson.databind.node.ObjectNode secret() {
        return Json.object().put("text", SECRET);
    }

    private tools.jackson.databind.node.ObjectNode toBob() {
        var body = Json.object();
        body.putObject("messages").putObject(bob.id()).putObject(bob.device()).put("text", SECRET);
        return body;
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private List<String> tokensOf(Person person, String room) {
        var page = server.get(person, V3 + "rooms/" + segment(room) + "/messages?dir=b&limit=2");
        return List.of(
                server.sync(person, null).text("next_batch"),
                page.text("end"),
                sliding(person, "", "").text("pos"));
    }

    private Answer sliding(Person person, String pos, String toDevice) {
        var body = Json.object();
        var list = body.putObject("lists").putObject("all");
        list.putArray("ranges").addArray().add(0).add(20);
        list.put("timeline_limit", 20).putArray("required_state");
        var extension = body.putObject("extensions").putObject("to_device").put("enabled", true);
        if (!toDevice.isEmpty()) {
            extension.put("since", toDevice);
        }
        return server.post(person, SLIDING + (pos.isEmpty() ? "" : "?pos=" + segment(pos)), body);
    }

    private Function<String, Answer> get(String path) {
        return token -> server.get(mallory, path + segment(token));
    }

    /// Everything that takes a token.
    private List<Function<String, Answer>> takers() {
        var room = segment(shared);
        return List.of(
                get(V3 + "sync?timeout=0&since="),
                get(V3 + "sync?timeout=0&full_state=true&since="),
                token -> sliding(mallory, token, ""),
                token -> sliding(mallory, "", token),
                get(V3 + "rooms/" + room + "/messages?dir=b&from="),
                get(V3 + "rooms/" + room + "/messages?dir=f&limit=3&to="),
                get(V3 + "rooms/" + segment(theirs) + "/messages?dir=b&from="),
                get(V3 + "rooms/" + room + "/members?at="),
                get("/_matrix/client/v1/rooms/" + room + "/threads?from="),
                get("/_matrix/client/v1/rooms/" + room + "/hierarchy?from="),
                get(V3 + "notifications?from="),
                get(V3 + "keys/changes?to=x&from="),
                get(V3 + "publicRooms?since="));
    }

    private Set<String> fuzzed() {
        var tokens = new LinkedHashSet<>(List.of(
                "",
                " ",
                "0",
                "-1",
                "t",
                "t-1",
                "t0",
                "t999999999999999",
                "t99999999999999999999",
                "l1_",
                "l1_abcd_99.1",
                "null",
                "undefined",
                "s72594_4483_1934",
                "%00",
                "\u0000",
                "../../etc",
                "✓".repeat(300),
                "a".repeat(5_000),
                "l1_zzzzzzzz_0.5",
                "l1_zzzzzzzz_0.5~1",
                "{\"a\":1}",
                "9223372036854775808",
                "t1'; drop table event; --"));
        tokens.addAll(own);
        tokens.addAll(foreign);
        var known = List.copyOf(tokens);
        for (var token : List.of(own.getLast(), own.getFirst(), own.get(1), foreign.getFirst(), foreign.getLast())) {
            tokens.add(token.replaceFirst("\\.[0-9]+", ".999999999999999999"));
            tokens.add(token.replaceFirst("\\.[0-9]+", ".1"));
            tokens.add(token.replaceFirst("_[0-9]+\\.", "_15."));
            tokens.add(token.replaceFirst("~[0-9]+", "~1"));
            tokens.add(token.replaceFirst("~[0-9]+", "~999999"));
            tokens.add(token + token);
            for (var i = 0; i < 6; i++) {
                tokens.add(token.substring(0, random.nextInt(token.length())));
                var at = random.nextInt(token.length());
                tokens.add(token.substring(0, at) + (char) ('0' + random.nextInt(75)) + token.substring(at + 1));
            }
        }
        assertThat(tokens).hasSizeGreaterThan(known.size());
        return tokens;
    }

    @Test
    void noTokenShowsAnythingOfAnotherOrBreaksAnything() {
        var asked = 0;
        for (var token : fuzzed()) {
            var number = 0;
            for (var taker : takers()) {
                var answer = taker.apply(token);
                assertThat(answer.status())
                        .as("taker %s, token %s: %s", number, token, answer.body())
                        .isIn(ANSWERS);
                assertThat(answer.body().toString())
                        .as("taker %s, token %s", number, token)
                        .doesNotContain(SECRET)
                        .doesNotContain(theirs);
                asked++;
                number++;
            }
        }
        assertThat(asked).isGreaterThanOrEqualTo(LEAST);
    }

    @Test
    void aTokenOfTheFutureMeansToStartAfreshWithWhatOneMaySee() {
        var future = own.getFirst().replaceFirst("\\.[0-9]+", ".999999999999");
        var answer = server.sync(mallory, future);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("rooms").path("join").has(shared)).isTrue();
    }

    @Test
    void anOldTokenGivesAllThatCameAfterIt() {
        var since = server.sync(mallory, null).text("next_batch");
        for (var i = 0; i < 3; i++) {
            server.send(alice, shared, "later" + i, "later " + i);
        }
        for (var again = 0; again < 2; again++) {
            var timeline = server.sync(mallory, since)
                    .body()
                    .path("rooms")
                    .path("join")
                    .path(shared)
                    .path("timeline");
            var texts = new ArrayList<String>();
            timeline.path("events")
                    .forEach(event ->
                            texts.add(event.path("content").path("body").asString("")));
            assertThat(texts).containsExactly("later 0", "later 1", "later 2");
        }
    }
}
