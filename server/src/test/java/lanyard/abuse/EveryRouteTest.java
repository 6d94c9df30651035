package lanyard.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.traceability.DeclaredRoutes;
import lanyard.traceability.DeclaredRoutes.Declared;
import lanyard.traceability.SourceTexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Made from the routes in the code, so that an operation added tomorrow is tried as well: without a token, with
/// a wrong one, on somebody else's room and on somebody else's account.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryRouteTest {
    private static final List<Declared> ROUTES = DeclaredRoutes.in(SourceTexts.sources(SourceTexts.PRODUCTION)).stream()
            .sorted(java.util.Comparator.comparing(Declared::route))
            .toList();
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z]+)}");

    /// Answers without a token, each for a reason.
    private static final Set<String> OPEN = Set.of(
            // discovery and the way in
            "GET /.well-known/matrix/client",
            "GET /_matrix/client/versions",
            "GET /_matrix/client/v3/login",
            "POST /_matrix/client/v3/login",
            "POST /_matrix/client/v3/register",
            "GET /_matrix/client/v3/register/available",
            "GET /_matrix/client/v3/login/sso/redirect",
            "GET /_matrix/client/v3/login/sso/redirect/{idpId}",
            "GET /_lanyard/v1/about",
            "POST /_lanyard/v1/sign-in/password",
            "POST /_lanyard/v1/sign-in/recovery-code",
            "POST /_lanyard/v1/sign-in/second-step",
            "POST /_lanyard/v1/sign-in/passkey/options",
            "POST /_lanyard/v1/sign-in/passkey",
            "POST /_lanyard/v1/sign-in/second-step/passkey/options",
            "POST /_lanyard/v1/sign-in/second-step/passkey",
            "POST /_lanyard/v1/sign-in/enrol/totp",
            "POST /_lanyard/v1/sign-in/enrol/totp/confirm",
            "POST /_lanyard/v1/sign-in/enrol/passkey/options",
            "POST /_lanyard/v1/sign-in/enrol/passkey",
            "POST /_lanyard/v1/sign-in/target",
            "GET /_lanyard/v1/sign-in/again",
            "GET /_lanyard/v1/sign-in/ways",
            "GET /_lanyard/v1/sign-in/organisation",
            "GET /_lanyard/v1/sign-in/organisation/callback",
            "GET /_lanyard/v1/sign-in/organisation/sign-out",
            // the provider's signature is the proof
            "POST /oidc/back-channel-logout",
            "GET /_lanyard/v1/sign-in/again.js",
            "GET /_matrix/client/v3/auth/m.login.sso/fallback/web",
            "GET /_matrix/client/v1/auth_metadata",
            "GET /_matrix/client/unstable/org.matrix.msc2965/auth_metadata",
            "GET /oauth2/authorize",
            // only what the register approves
            "GET /oauth2/keys",
            "POST /oauth2/register",
            // a code, a token in the form, or a sign-in on our own page is the proof
            "POST /oauth2/token",
            "POST /oauth2/revoke",
            "POST /oauth2/device",
            "POST /_lanyard/v1/account",
            "POST /_lanyard/v1/account/devices/{deviceId}/sign-out",
            "POST /_lanyard/v1/account/cross-signing-reset",
            "POST /_lanyard/v1/sign-in/authorization",
            "POST /_lanyard/v1/sign-in/authorization/allow",
            "POST /_lanyard/v1/sign-in/authorization/refuse",
            "POST /_lanyard/v1/sign-in/device",
            "POST /_lanyard/v1/sign-in/device/allow",
            "POST /_lanyard/v1/sign-in/device/refuse",
            // the token in the body is the proof
            "POST /_matrix/client/v3/refresh",
            // the shared secret is the proof, where there is one
            "GET /_synapse/admin/v1/register",
            "POST /_synapse/admin/v1/register",
            // refused to everybody alike
            "POST /_matrix/client/v3/account/3pid/email/requestToken",
            "POST /_matrix/client/v3/account/3pid/msisdn/requestToken",
            "POST /_matrix/client/v3/account/password/email/requestToken",
            "POST /_matrix/client/v3/account/password/msisdn/requestToken",
            "POST /_matrix/client/v3/register/email/requestToken",
            "POST /_matrix/client/v3/register/msisdn/requestToken",
            "GET /_matrix/media/v3/download/{serverName}/{mediaId}",
            "GET /_matrix/media/v3/download/{serverName}/{mediaId}/{fileName}",
            "GET /_matrix/media/v3/thumbnail/{serverName}/{mediaId}",
            // a sign-in on our own page is the proof
            "POST /_lanyard/v1/lost",
            "POST /_lanyard/v1/lost/{handsetId}/lock",
            "POST /_lanyard/v1/lost/{handsetId}/unlock",
            "POST /_lanyard/v1/lost/{handsetId}/wipe",
            "POST /_lanyard/v1/lost/{handsetId}/report",
            // the console's way in, which takes no token: ConsoleTest tries all of its pages
            "GET /console/sign-in",
            "POST /console/sign-in",
            "POST /console/sign-in/code",
            "POST /console/sign-in/passkey",
            "GET /console/language/{language}",
            // the phone proves itself by its own key
            "POST /_lanyard/v1/handsets/{id}/wiped",
            "POST /_lanyard/v1/handsets/{id}/challenge",
            "POST /_lanyard/v1/handsets/{id}/prf/options",
            "POST /_lanyard/v1/handsets/{id}/prf/share",
            "POST /_lanyard/v1/handsets/{id}/share");

    /// Anybody who is signed in may ask these about anybody.
    private static final Set<String> ABOUT_ANYBODY = Set.of(
            "GET /_matrix/client/v3/profile/{userId}",
            "GET /_matrix/client/v3/profile/{userId}/{keyName}",
            "GET /_lanyard/v1/people/{userId}",
            // says who of two the caller means
            "PUT /_lanyard/v1/people/{userId}/told-apart",
            "POST /_matrix/client/v3/users/{userId}/report");

    /// Who is refused these for want of a duty is on record.
    private static final Set<String> ON_RECORD = Set.of(
            "POST /_lanyard/v1/people/{userId}/second-step-reset",
            "POST /_lanyard/v1/people/{userId}/second-step-reset/confirm",
            "DELETE /_lanyard/v1/people/{userId}/second-step-reset");

    private TestServer server;
    private Person alice;
    private Person mallory;
    private String room;
    private String event;

    @BeforeAll
    void start() {
        server = TestServer.conformance();
        alice = server.register("alice");
        mallory = server.register("mallory");
        room = server.room(alice);
        event = server.send(alice, room, "t1", "private").text("event_id");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<String> closed() {
        return ROUTES.stream().map(Declared::route).filter(route -> !OPEN.contains(route));
    }

    static Stream<String> ofRooms() {
        return closed().filter(route -> route.contains("{roomId}"));
    }

    static Stream<String> ofPeople() {
        return closed().filter(route -> route.contains("{userId}") && !route.contains("{roomId}"))
                .filter(route -> !ABOUT_ANYBODY.contains(route));
    }

    @Test
    void theListOfOpenRoutesNamesOnlyRoutesThereAre() {
        var declared = ROUTES.stream().map(Declared::route).toList();
        assertThat(declared).containsAll(OPEN).containsAll(ABOUT_ANYBODY).containsAll(ON_RECORD);
    }

    @ParameterizedTest
    @MethodSource("closed")
    void a1A2A3NothingAnswersWithoutATokenOrWithAWrongOneOrOneInTheAddress(String route) {
        var none = call(route, null, room);
        assertThat(none.status()).as(route).isEqualTo(401);
        assertThat(none.text("errcode")).as(route).isEqualTo("M_MISSING_TOKEN");
        var flipped = alice.token().substring(0, alice.token().length() - 1)
                + (alice.token().endsWith("A") ? "B" : "A");
        for (var token : List.of(flipped, alice.token().substring(4), "x")) {
            var wrong = call(route, new Person("", "", token), room);
            assertThat(wrong.status()).as(route).isEqualTo(401);
            assertThat(wrong.text("errcode")).as(route).isEqualTo("M_UNKNOWN_TOKEN");
        }
        var inTheAddress =
                server.raw(method(route), path(route, room) + "?access_token=" + alice.token(), null, body(route));
        assertThat(inTheAddress.status()).as(route).isEqualTo(401);
    }

    /// B1, B2: a room that is somebody else's and one that does not exist cannot be told apart, and nothing changes.
    @ParameterizedTest
    @MethodSource("ofRooms")
    void aForeignRoomIsRefusedAsOneThatDoesNotExist(String route) {
        var before = Contents.of(server);
        var foreign = call(route, mallory, room);
        var unknown = call(route, mallory, "!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        assertThat(foreign.status()).as(route).isIn(400, 403, 404);
        assertThat(unknown.status()).as(route).isEqualTo(foreign.status());
        assertThat(unknown.body()).as(route).isEqualTo(foreign.body());
        assertThat(Contents.of(server)).as(route).containsExactlyInAnyOrderEntriesOf(before);
    }

    /// B6: what belongs to a person is theirs alone.
    @ParameterizedTest
    @MethodSource("ofPeople")
    void somebodyElsesThingsAreRefused(String route) {
        var before = Contents.of(server);
        var answer = call(route, mallory, room);
        assertThat(answer.status()).as(route).isIn(400, 403, 404);
        var after = new TreeMap<>(Contents.of(server));
        if (ON_RECORD.contains(route)) {
            after.put("audit_leaf", before.getOrDefault("audit_leaf", ""));
        }
        assertThat(after).as(route).containsExactlyInAnyOrderEntriesOf(before);
    }

    private TestServer.Answer call(String route, @org.jspecify.annotations.Nullable Person caller, String theRoom) {
        return server.raw(method(route), path(route, theRoom), caller, body(route));
    }

    private static String method(String route) {
        return route.substring(0, route.indexOf(' '));
    }

    private String path(String route, String theRoom) {
        var values = Map.of("roomId", theRoom, "roomIdOrAlias", theRoom, "userId", alice.id(), "eventId", event);
        return PARAMETER
                .matcher(route.substring(route.indexOf(' ') + 1))
                .replaceAll(match -> TestServer.segment(values.getOrDefault(match.group(1), "m.value")));
    }

    /// Enough of a body to get past its form, where a route insists on one before it looks at who is asking.
    private static byte[] body(String route) {
        if (method(route).equals("GET") || method(route).equals("DELETE")) {
            return new byte[0];
        }
        var body = Json.object()
                .put("user_id", "@alice:lanyard.localhost")
                .put("reason", "because")
                .put("event_id", "$AAAA")
                .put("typing", false)
                .put("displayname", "Mallory")
                .put("m.fully_read", "$AAAA")
                .put("m.read", "$AAAA")
                .put("patient_id", "p");
        return Json.bytes(body);
    }
}
