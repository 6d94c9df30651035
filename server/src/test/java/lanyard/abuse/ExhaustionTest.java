package lanyard.abuse;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lanyard.Behind;
import lanyard.MovableClock;
import lanyard.Parked;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Asking for more than there is (group F of the abuse cases): what is asked is bounded or refused, and nobody else
/// notices. F1 is in [RacesTest], F3 and F4 with the HTTP server, F6 in [BadInputTest], F7 with the media.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExhaustionTest {
    private static final String V3 = "/_matrix/client/v3/";
    private static final int SYNCS = 500;
    private static final int LEFT_WAITING = 8;
    private static final String SLIDING = "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync";

    private TestServer server;
    private Person alice;
    private Person bob;
    private String room;

    @BeforeAll
    void start() {
        server = TestServer.conformance();
        alice = server.register("alice");
        bob = server.register("bob");
        room = server.room(alice, bob);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static ObjectNode slidingRequest() {
        var body = Json.object();
        var list = body.putObject("lists").putObject("all");
        list.putArray("ranges").addArray().add(0).add(20);
        list.put("timeline_limit", 1).putArray("required_state");
        return body;
    }

    private Answer park(Person person, String since) {
        return server.get(person, V3 + "sync?timeout=25000&since=" + since);
    }

    private Answer parkSliding(Person person, String pos) {
        return server.post(person, SLIDING + "?timeout=25000&pos=" + segment(pos), slidingRequest());
    }

    /// F2.
    @Test
    void ofFiveHundredSyncsOfOneDeviceOnlyTheNewestWait() throws Exception {
        var since = server.sync(bob, null).text("next_batch");
        server.sync(bob, since);
        Behind.receiptsAreKept(server);
        var early = server.sync(bob, since).text("next_batch");
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, SYNCS)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> park(bob, early), callers))
                    .toList();
            while (all.stream().filter(CompletableFuture::isDone).count() < SYNCS - LEFT_WAITING) {
                Thread.sleep(20);
            }
            assertThat(all.stream().filter(CompletableFuture::isDone)).hasSize(SYNCS - LEFT_WAITING);
            var told =
                    server.send(alice, room, "after-the-flood", "still there").text("event_id");
            var news = all.stream()
                    .map(CompletableFuture::join)
                    .peek(answer -> assertThat(answer.status()).isEqualTo(200))
                    .filter(answer -> answer.body().toString().contains(told))
                    .toList();
            assertThat(news).hasSize(LEFT_WAITING);
        }
    }

    /// A11: signing out ends what waits at once, in both forms of sync.
    @ParameterizedTest
    @ValueSource(strings = {"logout", "logout/all"})
    void a11WhatWaitsEndsWhenTheDeviceIsSignedOut(String path) throws Exception {
        var leaver = server.register("leaver-" + path.replace('/', '-'));
        var since = server.sync(leaver, null).text("next_batch");
        var sync = Parked.poll(() -> {
            var latest = server.sync(leaver, null).text("next_batch");
            return () -> park(leaver, latest);
        });
        var sliding = Parked.poll(() -> {
            var pos = server.post(leaver, SLIDING, slidingRequest()).text("pos");
            return () -> parkSliding(leaver, pos);
        });
        assertThat(server.post(leaver, V3 + path, Json.object()).status()).isEqualTo(200);
        for (var one : List.of(sync, sliding)) {
            var answer = one.get(5, TimeUnit.SECONDS);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text("errcode")).isEqualTo("M_UNKNOWN_TOKEN");
        }
        assertThat(park(leaver, since).status()).isEqualTo(401);
    }

    private Answer rule(String id, String pattern) {
        var body = Json.object().put("pattern", pattern);
        body.putArray("actions").add("notify");
        return server.put(bob, V3 + "pushrules/global/content/" + id, body);
    }

    /// F5: the worst patterns that may be kept, as many as may be kept, against the longest text.
    @Test
    void patternsMadeToBeSlowAreNot() {
        var kept = 0;
        for (var i = 0; i < 200; i++) {
            var answer = rule("slow-" + i, i % 2 == 0 ? "*a".repeat(700) + "b" : "a".repeat(1400) + "b");
            if (answer.status() != 200) {
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.text("errcode")).isEqualTo("M_RESOURCE_LIMIT_EXCEEDED");
            } else {
                kept++;
            }
        }
        assertThat(kept).isBetween(10, 60);
        assertThat(rule("long", "*a".repeat(5_000) + "b").text("errcode")).isEqualTo("M_TOO_LARGE");
        var since = server.sync(bob, null).text("next_batch");
        for (var i = 0; i < 20; i++) {
            assertThat(server.send(alice, room, "slow-" + i, "a".repeat(50_000)).status())
                    .isEqualTo(200);
        }
        Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThat(server.sync(bob, since).status()).isEqualTo(200));
        IntStream.range(0, 200)
                .forEach(i -> server.call("DELETE", V3 + "pushrules/global/content/slow-" + i, bob, null));
    }

    private static ObjectNode senders(int count) {
        var filter = Json.object();
        var senders = filter.putObject("room").putObject("timeline").putArray("senders");
        IntStream.range(0, count).forEach(i -> senders.add("@u" + i + ":x"));
        return filter;
    }

    /// F5.
    @Test
    void aFilterWithSendersWithoutEndIsRefusedAndOneWithAFewIsKept() {
        var path = V3 + "user/" + segment(alice.id()) + "/filter";
        assertThat(server.post(alice, path, senders(100)).status()).isEqualTo(200);
        var many = server.post(alice, path, senders(1_001)).text("filter_id");
        assertThat(server.get(alice, V3 + "sync?filter=" + many).text("errcode"))
                .isEqualTo("M_INVALID_PARAM");
        for (var count : new int[] {10_000, 100_000}) {
            var answer = server.post(alice, path, senders(count));
            assertThat(answer.status()).isIn(400, 413);
            assertThat(answer.text("errcode")).isIn("M_INVALID_PARAM", "M_TOO_LARGE");
        }
        var inAddress = segment(senders(1_001).toString());
        assertThat(server.get(alice, V3 + "sync?filter=" + inAddress).status()).isIn(400, 413, 414, 431);
    }

    /// F9: two people throw each other in and out of a room by script.
    @Test
    void whoChurnsMembersIsToldToWaitAndOthersAreServed() throws Exception {
        var clock = new MovableClock(java.time.Instant.parse("2026-11-22T03:00:00Z"));
        try (var product = TestServer.demonstration(clock, Map.of());
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var registrar = product.signIn("rhian.lloyd");
            var nurse = product.signIn("sian.evans");
            var made = Json.object()
                    .put("kind", "operational")
                    .put("purpose", "Beds")
                    .put("request_id", "churn");
            made.putArray("member_user_ids").add(nurse.id());
            var ward =
                    product.post(registrar, "/_lanyard/v1/conversations", made).text("room_id");
            var members = "/_lanyard/v1/rooms/" + segment(ward) + "/members";
            var kick = V3 + "rooms/" + segment(ward) + "/kick";
            Callable<Answer> out =
                    () -> product.post(registrar, kick, Json.object().put("user_id", nurse.id()));
            Callable<Answer> in = () -> product.post(
                    registrar, members, Json.object().put("user_id", nurse.id()).put("reason", "script"));
            var script = Stream.generate(() -> Stream.of(out, in))
                    .limit(300)
                    .flatMap(both -> both)
                    .toList();
            var churn = callers.submit(() -> Together.call(script));
            var others = 0;
            while (!churn.isDone()) {
                assertThat(product.sync(nurse, null).status()).isEqualTo(200);
                others++;
            }
            var refused = churn.get().stream()
                    .filter(answer -> answer.status() == 429)
                    .toList();
            assertThat(refused)
                    .hasSizeGreaterThan(200)
                    .allSatisfy(answer -> assertThat(
                                    answer.body().path("retry_after_ms").asLong(0))
                            .isPositive());
            assertThat(others).isPositive();
        }
    }
}
