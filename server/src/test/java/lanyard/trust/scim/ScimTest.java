package lanyard.trust.scim;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import lanyard.trust.identity.Employer;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

/// Through the routes, in the shapes that Entra and Okta send.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScimTest {
    private static final String USERS = "/scim/v2/Users";
    private static final String GROUPS = "/scim/v2/Groups";
    private static final String TOKENS = "/_lanyard/v1/scim/tokens";

    private final TestIdentity ground = TestIdentity.start();
    private final Scim scim =
            new Scim(new ScimParts(ground.ground(), ground.identity, URI.create("https://ward.test"), true));
    private final TestHttp http = TestHttp.routing(routes -> {
        ground.identity.routes(routes);
        scim.routes(routes);
    });
    private String administrator;
    private String token;

    @BeforeAll
    void start() {
        var boss = ground.person("boss", "The Boss");
        ground.writer.write(commit -> {
            ground.identity.moderation().appoint(commit, boss, true, "@lanyard:ward.test");
            return boss;
        });
        administrator = ground.signedIn(boss).accessToken();
        token = Json.text(http.post(TOKENS, administrator, Json.object()).json(), "token");
    }

    @AfterAll
    void close() {
        http.close();
        ground.close();
    }

    private Answer send(String method, String path, String body) {
        return http.send(method, path, token, body.getBytes(StandardCharsets.UTF_8));
    }

    private Answer get(String path) {
        return http.get(path, token);
    }

    private Answer filtered(String path, String filter) {
        return get(path + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
    }

    /// As Entra makes somebody.
    private ObjectNode made(String userName, String external) {
        var answer = send("POST", USERS, """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",
                            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                 "externalId":"%s","userName":"%s","active":true,"displayName":"Ann O'Hara",
                 "title":"Registrar","emails":[{"primary":true,"type":"work","value":"%s"}],
                 "phoneNumbers":[{"type":"mobile","value":"07700 900000"}],
                 "meta":{"resourceType":"User"},"name":{"familyName":"O'Hara","givenName":"Ann"},
                 "roles":[],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Ward 7"},
                 "urn:ietf:params:scim:schemas:extension:lanyard:2.0:User":
                    {"professionalBody":"GMC","registration":"7000001"}}
                """.formatted(external, userName, userName));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static String path(ObjectNode resource) {
        return USERS + "/" + Json.text(resource, "id");
    }

    private static String patch(String operations) {
        return "{\"schemas\":[\"" + Schema.PATCH + "\"],\"Operations\":[" + operations + "]}";
    }

    private boolean hasEnded(String localpart) {
        return !ground.identity
                .leavers()
                .listEnded(List.of(TestIdentity.user(localpart)))
                .isEmpty();
    }

    /// Abuse row C15: for those in no professional register.
    @Test
    void twoAccountsWithOneStaffNumberAreOnePerson() {
        var users = List.of("pat.one", "pat.two", "pat.three");
        for (var user : users) {
            var number = user.equals("pat.three") ? "20" : "10";
            var answer = send("POST", USERS, """
                    {"userName":"%s","displayName":"Pat","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                        {"employeeNumber":"%s"}}
                    """.formatted(user, number));
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        }
        assertThat(ground.identity.people().accountsOf(TestIdentity.user("pat.one")))
                .containsExactlyInAnyOrder(TestIdentity.user("pat.one"), TestIdentity.user("pat.two"));
    }

    @Test
    void aJoinerIsInOurDirectoryAndOnlyWhatIsNeededIsKept() {
        var ann = made("Ann.O'Hara@trust.nhs.uk", "e-1");
        var person = ground.identity.people().get(TestIdentity.user("ann.o.hara"));
        assertThat(person.displayName()).isEqualTo("Ann O'Hara");
        assertThat(List.of(person.role(), person.ward(), person.professionalBody(), person.registration()))
                .containsExactly("Registrar", "Ward 7", "GMC", "7000001");
        assertThat(ann.path("meta").path("location").asString("")).isEqualTo("https://ward.test" + path(ann));
        assertThat(get(path(ann)).text()).doesNotContain("07700").contains("\"active\":true");
        var tag = get(path(ann)).header("ETag");
        var unchanged = HttpRequest.newBuilder(http.address(path(ann)))
                .header("Authorization", "Bearer " + token)
                .header("If-None-Match", tag);
        assertThat(http.send(unchanged.build()).status()).isEqualTo(304);
        var second = send("POST", USERS, "{\"userName\":\"ANN.O'Hara@trust.nhs.uk\"}");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text()).contains("\"scimType\":\"uniqueness\"", "\"status\":\"409\"", Schema.ERROR);
        made("ann_ohara@trust.nhs.uk", "e-2");
        made("ann.o'hara@other.nhs.uk", "e-3");
        assertThat(ground.identity.people().find(TestIdentity.user("ann.o.hara.2")))
                .as("a user id is given once")
                .isPresent();
        assertThat(send("POST", USERS, "{}").text()).contains("invalidValue");
        assertThat(send("POST", USERS, "{").status()).isEqualTo(400);
        assertThat(send("POST", USERS, "{\"userName\":\"records\"}").status()).isEqualTo(201);
        assertThat(ground.identity.people().find(TestIdentity.user("records.2")))
                .as("the organisation's own names are not given (A16)")
                .isPresent();
    }

    @Test
    @Rule("G26")
    void theDirectorySaysForWhomSomebodyWorksAndConfirmsThem() {
        var ivy = send("POST", USERS, """
                        {"userName":"ivy@trust.nhs.uk","displayName":"Ivy Rees",
                         "urn:ietf:params:scim:schemas:extension:lanyard:2.0:User":
                            {"employerOds":"X27","employer":"Hillside","bleep":"1234"}}
                        """).json();
        var person = ground.identity.people().get(TestIdentity.user("ivy"));
        assertThat(person.isOutsider()).isTrue();
        assertThat(person.employer()).isEqualTo(new Employer("X27", "Hillside"));
        assertThat(person.bleep()).isEqualTo("1234");
        var first = person.confirmed().last();
        ground.clock.pass(Duration.ofDays(2));
        send("PUT", path(ivy), ivy.toString());
        person = ground.identity.people().get(TestIdentity.user("ivy"));
        assertThat(person.confirmed().last()).as("said again").isAfter(first);
        send("PATCH", path(ivy), patch("""
                {"op":"Add","path":"urn:ietf:params:scim:schemas:extension:lanyard:2.0:User:endsAt",
                 "value":"2031-03-31T17:00:00Z"},
                {"op":"Remove","path":"urn:ietf:params:scim:schemas:extension:lanyard:2.0:User:employerOds"},
                {"op":"Remove","path":"urn:ietf:params:scim:schemas:extension:lanyard:2.0:User:employer"}"""));
        person = ground.identity.people().get(TestIdentity.user("ivy"));
        assertThat(person.confirmed().until()).contains(Instant.parse("2031-03-31T17:00:00Z"));
        assertThat(person.isOutsider()).isFalse();
        assertThat(send(
                                "PUT",
                                path(ivy),
                                "{\"userName\":\"ivy@trust.nhs.uk\",\"" + Schema.STAFF + "\":{\"bleep\":[1]}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void entrasPatchesAreUnderstood() {
        var bo = made("bo@trust.nhs.uk", "e-bo");
        var changed = send("PATCH", path(bo), patch("""
                {"op":"Replace","path":"displayName","value":"Bo Li"},
                {"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"Oak"},
                {"op":"Replace","path":"emails[type eq \\"work\\"].value","value":"bo.li@trust.nhs.uk"},
                {"op":"Add","path":"emails[type eq \\"home\\"].value","value":"bo@home.example"},
                {"op":"Add","path":"phoneNumbers[type eq \\"mobile\\"].value","value":"07700 900001"},
                {"op":"Replace","value":{"name.givenName":"Bo","title":"Consultant"}},
                {"op":"Remove","path":"externalId"}"""));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.text())
                .contains("bo.li@trust.nhs.uk", "\"value\":\"bo@home.example\"", "\"givenName\":\"Bo\"")
                .doesNotContain("07700", "externalId");
        var person = ground.identity.people().get(TestIdentity.user("bo"));
        assertThat(List.of(person.displayName(), person.ward(), person.role()))
                .containsExactly("Bo Li", "Oak", "Consultant");

        var session = ground.signedIn(TestIdentity.user("bo"));
        var ended = send("PATCH", path(bo), patch("{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}"));
        assertThat(ended.text()).contains("\"active\":false");
        assertThat(hasEnded("bo")).isTrue();
        assertThat(ground.identity.devices().list(session.user())).isEmpty();
        assertThat(send("PATCH", path(bo), patch("{\"op\":\"Add\",\"path\":\"active\",\"value\":\"True\"}"))
                        .text())
                .contains("\"active\":true");
        assertThat(hasEnded("bo")).isFalse();
        for (var wrong : List.of(
                "{\"op\":\"copy\",\"path\":\"title\"}",
                "{\"op\":\"remove\"}",
                "{\"op\":\"add\",\"path\":\"emails[type eq \",\"value\":1}",
                "{\"op\":\"replace\",\"path\":\"active\",\"value\":\"maybe\"}",
                "{\"op\":\"replace\",\"path\":\"title\",\"value\":[\"a\"]}",
                "{\"op\":\"replace\",\"value\":3}")) {
            assertThat(send("PATCH", path(bo), patch(wrong)).status()).as(wrong).isEqualTo(400);
        }
        assertThat(ground.identity.people().get(TestIdentity.user("bo")).role()).isEqualTo("Consultant");
    }

    @Test
    void oktasShapesAreUnderstoodAndAnAdministratorsEndIsNotUndoneByRepetition() {
        var cy = made("cy@trust.nhs.uk", "00u1");
        var off = send("PATCH", path(cy), patch("{\"op\":\"replace\",\"value\":{\"active\":false}}"));
        assertThat(off.text()).contains("\"active\":false");
        var whole = get(path(cy)).json().put("active", true).put("displayName", "Cy Young");
        assertThat(send("PUT", path(cy), whole.toString()).text()).contains("\"active\":true", "Cy Young");
        ground.writer.write(commit -> {
            ground.identity.leave(commit, TestIdentity.user("cy"), "@boss:ward.test", "ended by an administrator");
            return cy;
        });
        assertThat(send("PUT", path(cy), whole.put("title", "Matron").toString())
                        .text())
                .contains("\"active\":false", "Matron");
        assertThat(hasEnded("cy")).isTrue();
    }

    @Test
    void anEndDateFromTheDirectoryEndsTheAccountByItself() {
        var di = made("di@trust.nhs.uk", "e-di");
        var end = ground.clock.instant().plus(Duration.ofHours(2));
        send(
                "PATCH",
                path(di),
                patch("{\"op\":\"add\",\"path\":\"" + Schema.STAFF + ":endsAt\",\"value\":\"" + end + "\"}"));
        assertThat(ground.identity.leavers().endOf(TestIdentity.user("di"))).contains(end);
        ground.identity.leavers().endDue();
        assertThat(hasEnded("di")).isFalse();
        ground.clock.pass(Duration.ofHours(2));
        ground.identity.leavers().endDue();
        assertThat(hasEnded("di")).isTrue();
        assertThat(get(path(di)).text()).contains("\"active\":false");
    }

    @Test
    void whoIsDeletedHasLeftAndTheNameIsNotGivenAgain() {
        var ed = made("ed@trust.nhs.uk", "e-ed");
        var wrong = HttpRequest.newBuilder(http.address(path(ed)))
                .header("Authorization", "Bearer " + token)
                .header("If-Match", "W/\"7\"")
                .DELETE();
        assertThat(http.send(wrong.build()).status()).isEqualTo(412);
        assertThat(hasEnded("ed")).isFalse();
        assertThat(http.delete(path(ed), token).status()).isEqualTo(204);
        assertThat(get(path(ed)).status()).isEqualTo(404);
        assertThat(http.delete(path(ed), token).status()).isEqualTo(404);
        assertThat(hasEnded("ed")).isTrue();
        made("ed@trust.nhs.uk", "e-ed");
        assertThat(ground.identity.people().find(TestIdentity.user("ed.2"))).isPresent();
    }

    @Test
    void filtersAndPagesFindWhoIsMeant() {
        made("fay@trust.nhs.uk", "Fay-1");
        made("fred@trust.nhs.uk", "fred-1");
        for (var one : List.of(
                "userName eq \"FAY@trust.nhs.uk\"",
                "externalId eq \"Fay-1\"",
                "userName sw \"fay\" and active eq true",
                "emails[type eq \"work\" and value co \"fay@\"]",
                "emails.value eq \"fay@trust.nhs.uk\"",
                "(externalId eq \"Fay-1\" or externalId eq \"nobody\") and not (userName co \"fred\")",
                "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"fay@trust.nhs.uk\"",
                "externalId eq \"Fay-1\" and title pr and nickName eq null or userName eq \"fay@trust.nhs.uk\"")) {
            var found = filtered(USERS, one).json();
            assertThat(Json.longField(found, "totalResults")).as(one).isEqualTo(1);
            assertThat(found.path("Resources").get(0).path("userName").asString(""))
                    .isEqualTo("fay@trust.nhs.uk");
        }
        for (var none : List.of("externalId eq \"FAY-1\"", "nickName pr", "userName eq \"nobody\"")) {
            assertThat(Json.longField(filtered(USERS, none).json(), "totalResults"))
                    .as(none)
                    .isZero();
        }
        for (var wrong : List.of(
                "userName",
                "userName is \"a\"",
                "(userName pr",
                "userName eq a",
                "userName eq \"a",
                "x".repeat(3000),
                "(".repeat(500),
                "\"",
                "[",
                "userName eq \"a\" userName",
                "emails[type eq \"work\"")) {
            var answer = filtered(USERS, wrong);
            assertThat(answer.status()).as(wrong).isEqualTo(400);
            assertThat(answer.text()).as(wrong).contains("\"scimType\":\"invalidFilter\"");
        }
        var page = get(USERS + "?startIndex=2&count=1").json();
        assertThat(Json.longField(page, "itemsPerPage")).isEqualTo(1);
        assertThat(Json.longField(get(USERS + "?count=0").json(), "itemsPerPage"))
                .isZero();
        var few = get(USERS + "?attributes=userName&count=1")
                .json()
                .path("Resources")
                .get(0);
        assertThat(few.has("userName")).isTrue();
        assertThat(few.has("displayName")).isFalse();
    }

    @Test
    void groupsAreKeptAndListedWithTheirMembers() {
        var gil = made("gil@trust.nhs.uk", "e-gil");
        var hal = made("hal@trust.nhs.uk", "e-hal");
        var group = send("POST", GROUPS, "{\"displayName\":\"Ward 7\",\"externalId\":\"g1\"}")
                .json();
        var path = GROUPS + "/" + Json.text(group, "id");
        var one = "{\"value\":\"" + Json.text(gil, "id") + "\"}";
        var other = "{\"value\":\"" + Json.text(hal, "id") + "\"}";
        send("PATCH", path, patch("{\"op\":\"Add\",\"path\":\"members\",\"value\":[" + one + "," + other + "]}"));
        assertThat(get(path).json().path("members")).hasSize(2);
        assertThat(get(path(gil)).text()).contains("\"display\":\"Ward 7\"");
        assertThat(send("PATCH", path, patch("{\"op\":\"Remove\",\"path\":\"members\",\"value\":[" + one + "]}"))
                        .json()
                        .path("members"))
                .hasSize(1);
        send(
                "PATCH",
                path,
                patch("{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + Json.text(hal, "id") + "\\\"]\"}"));
        assertThat(get(path).json().path("members")).isEmpty();
        assertThat(send("PATCH", path, patch("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"x\"}]}"))
                        .status())
                .isEqualTo(400);
        assertThat(Json.longField(filtered(GROUPS, "displayName eq \"ward 7\"").json(), "totalResults"))
                .isEqualTo(1);
        assertThat(get(GROUPS + "?excludedAttributes=members").text()).doesNotContain("members");
        assertThat(send("PUT", path, "{\"displayName\":\"Ward 8\"}").text()).contains("Ward 8");
        assertThat(http.delete(path, token).status()).isEqualTo(204);
        assertThat(get(path).status()).isEqualTo(404);
    }

    @Test
    void onlyADirectorysTokenSpeaksAndOnlyAnAdministratorMakesOne() {
        assertThat(http.get(USERS).errcode()).isEqualTo("M_MISSING_TOKEN");
        assertThat(http.get(USERS, administrator).errcode())
                .as("an access token is none")
                .isEqualTo("M_UNKNOWN_TOKEN");
        assertThat(http.get(USERS, token.substring(0, token.length() - 2) + "xx")
                        .status())
                .isEqualTo(401);
        var nurse = ground.signedIn(ground.person("nurse", "A Nurse")).accessToken();
        assertThat(http.post(TOKENS, nurse, Json.object()).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(http.get(TOKENS, nurse).errcode()).isEqualTo("M_FORBIDDEN");
        ground.clock.pass(Duration.ofMinutes(10));
        assertThat(http.post(TOKENS, administrator, Json.object()).errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
        administrator = ground.signedIn(TestIdentity.user("boss")).accessToken();
        var second = http.post(TOKENS, administrator, Json.object()).json();
        assertThat(http.get(USERS, Json.text(second, "token")).status()).isEqualTo(200);
        assertThat(http.post(TOKENS, administrator, Json.object()).errcode()).isEqualTo("M_RESOURCE_LIMIT_EXCEEDED");
        assertThat(http.get(TOKENS, administrator).text()).doesNotContain(Json.text(second, "token"));
        var path = TOKENS + "/" + Json.text(second, "token_id");
        assertThat(http.delete(path, nurse).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(http.delete(path, administrator).status()).isEqualTo(200);
        assertThat(http.get(USERS, Json.text(second, "token")).errcode()).isEqualTo("M_UNKNOWN_TOKEN");
        assertThat(get(USERS).status()).isEqualTo(200);
    }

    @Test
    void whatMayBeAskedIsSaid() {
        assertThat(get("/scim/v2/ServiceProviderConfig").text()).contains("\"patch\":{\"supported\":true}");
        assertThat(get("/scim/v2/ResourceTypes").text()).contains(Schema.USER, Schema.GROUP, Schema.STAFF);
        assertThat(get("/scim/v2/Schemas").text()).contains("professionalBody");
        assertThat(get("/scim/v2/Schemas/" + Schema.GROUP).text()).contains("members");
        assertThat(get("/scim/v2/Schemas/urn:none").status()).isEqualTo(404);
        assertThat(get("/scim/v2/Schemas").header("Content-Type")).startsWith(Schema.MEDIA_TYPE);
        var large = HttpRequest.newBuilder(http.address(USERS))
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString("{\"userName\":\"" + "x".repeat(2_000_000) + "\"}"));
        assertThat(http.send(large.build()).status()).isEqualTo(413);
    }
}
