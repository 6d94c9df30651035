package lanyard.messaging.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.identity.NewPerson;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectoryTest {
    private final TestIdentity ground = TestIdentity.start();
    private final Directory directory = new Directory(new DirectoryParts(
            ground.ground(), ground.identity, (one, other) -> List.of(), (one, room) -> Set.of(), picture -> picture));
    private final TestHttp http = TestHttp.serving(directory);
    private String token = "";

    @BeforeAll
    void people() {
        var registrar = person("registrar", "Rhian Lloyd", "Registrar", "Maple Ward", "GMC");
        token = ground.signedIn(registrar).accessToken();
        person("amara", "Amara Okafor", "Pharmacist", "Pharmacy", "GPhC");
        person("amarah", "Amarah Okafor", "Healthcare assistant", "Maple Ward", "");
        person("lukasz", "Łukasz Wójcik", "Porter", "Estates", "");
        person("robert", "Robert Taylor", "Ward manager", "Oak Ward", "NMC");
        person("mohammed", "Mohammed Khan", "Consultant", "Oak Ward", "GMC");
        person("muhammad", "Muhammad Khan", "Physiotherapist", "Oak Ward", "HCPC");
    }

    private UserId person(String localpart, String name, String role, String ward, String body) {
        return ground.person(localpart, name, new NewPerson.Post(role, ward, body, body.isEmpty() ? "" : "1234567"));
    }

    @AfterAll
    void close() {
        http.close();
        ground.close();
    }

    private List<String> found(String term) {
        var answer =
                http.post("/_lanyard/v1/directory/search", token, Json.object().put("term", term));
        assertThat(answer.status()).isEqualTo(200);
        return texts(answer.json().get("people"), "user_id");
    }

    private static List<String> texts(JsonNode list, String field) {
        var texts = new ArrayList<String>();
        list.forEach(item -> texts.add(item.get(field).stringValue()));
        return texts;
    }

    @Test
    @Rule("G26")
    void aPharmacistIsFoundByNameRoleOrWard() {
        assertThat(found("Amara Okafor")).startsWith("@amara:ward.test");
        assertThat(found("pharmacist")).containsExactly("@amara:ward.test");
        assertThat(found("pharmacy")).contains("@amara:ward.test");
        assertThat(found("okafor maple")).containsExactly("@amarah:ward.test");
    }

    @Test
    void typingIsForgiven() {
        assertThat(found("OKAFOR, amara")).startsWith("@amara:ward.test");
        assertThat(found("wojcik")).containsExactly("@lukasz:ward.test");
        assertThat(found("Lukasz Wójcik")).containsExactly("@lukasz:ward.test");
        assertThat(found("okaf")).hasSize(2);
        assertThat(found("okfaor")).hasSize(2);
        assertThat(found("bob taylor")).containsExactly("@robert:ward.test");
        assertThat(found("mohamed")).contains("@mohammed:ward.test", "@muhammad:ward.test");
    }

    @Test
    void whatFitsNobodyFindsNobody() {
        assertThat(found("zzyzx")).isEmpty();
        assertThat(found("amara porter")).isEmpty();
        assertThat(found("%")).hasSize(7);
    }

    @Test
    void serviceUsersAreNotPeople() {
        assertThat(found("")).hasSize(7).doesNotContain("@records:ward.test", "@lanyard:ward.test");
        assertThat(found("records")).isEmpty();
    }

    @Test
    @Rule("G26")
    @Hazard("H01")
    void nearNamesAreToldEvenWhenTheyDidNotMatch() {
        var answer =
                http.post("/_lanyard/v1/directory/search", token, Json.object().put("term", "pharmacist"));
        var card = answer.json().get("people").get(0);
        assertThat(card.get("near").get(0).stringValue()).isEqualTo("@amarah:ward.test");
        assertThat(card.get("near")).hasSize(1);
        assertThat(card.get("reachable").booleanValue()).isFalse();
        assertThat(card.get("organization").stringValue()).isEqualTo("Test NHS Trust");
        var porter =
                http.post("/_lanyard/v1/directory/search", token, Json.object().put("term", "porter"));
        assertThat(porter.json().get("people").get(0).get("near")).isEmpty();
    }

    @Test
    @Rule("G26")
    void aPersonsCardShowsTheNearOnesInFull() {
        var card = http.get("/_lanyard/v1/people/@mohammed:ward.test", token).json();
        assertThat(card.get("role").stringValue()).isEqualTo("Consultant");
        assertThat(card.get("professional_body").stringValue()).isEqualTo("GMC");
        assertThat(card.get("near_people").get(0).get("role").stringValue()).isEqualTo("Physiotherapist");
        assertThat(http.get("/_lanyard/v1/people/@nobody:ward.test", token).errcode())
                .isEqualTo("M_NOT_FOUND");
        assertThat(http.get("/_lanyard/v1/people/nonsense", token).errcode()).isEqualTo("M_INVALID_PARAM");
    }

    @Test
    void whoeverIsNotSignedInFindsNobody() {
        assertThat(http.post(
                                "/_lanyard/v1/directory/search",
                                null,
                                Json.object().put("term", "a"))
                        .errcode())
                .isEqualTo("M_MISSING_TOKEN");
        assertThat(http.get("/_lanyard/v1/people/@amara:ward.test").errcode()).isEqualTo("M_MISSING_TOKEN");
    }

    @Test
    void someoneNewIsFoundAtOnceAndReachableOnceTheirPhoneIs() {
        assertThat(found("newcomer")).isEmpty();
        var newcomer = person("n", "Nia Newcomer", "Nurse", "Maple Ward", "NMC");
        assertThat(found("newcomer")).containsExactly("@n:ward.test");
        ground.writer.write(commit -> {
            ground.identity.people().reachable(commit, newcomer);
            return true;
        });
        var card = http.get("/_lanyard/v1/people/@n:ward.test", token).json();
        assertThat(card.get("reachable").booleanValue()).isTrue();
        ground.writer.write(commit -> {
            ground.identity.leave(commit, newcomer, "@lanyard:ward.test", "Test");
            return true;
        });
        assertThat(found("newcomer")).isEmpty();
    }

    @Test
    void aLimitIsKeptAndSaid() {
        var two = http.post(
                        "/_lanyard/v1/directory/search",
                        token,
                        Json.object().put("term", "ward").put("limit", 2))
                .json();
        assertThat(two.get("people")).hasSize(2);
        assertThat(two.get("limited").booleanValue()).isTrue();
        for (var bad : List.of(
                Json.object().put("term", "a").put("limit", "2"), Json.object().put("term", 1))) {
            assertThat(http.post("/_lanyard/v1/directory/search", token, bad).errcode())
                    .isEqualTo("M_BAD_JSON");
        }
        assertThat(http.post(
                                "/_lanyard/v1/directory/search",
                                token,
                                Json.object().put("term", "a".repeat(201)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void matrixClientsFindPeopleToo() {
        var answer = http.post(
                        "/_matrix/client/v3/user_directory/search",
                        token,
                        Json.object().put("search_term", "rhian"))
                .json();
        assertThat(texts(answer.get("results"), "user_id")).containsExactly("@registrar:ward.test");
        assertThat(texts(answer.get("results"), "display_name")).containsExactly("Rhian Lloyd");
        assertThat(answer.get("limited").booleanValue()).isFalse();
        assertThat(http.post("/_matrix/client/v3/user_directory/search", token, Json.object())
                        .status())
                .isEqualTo(400);
    }
}
