package lanyard.trust.handset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FactsTest {
    private final TestIdentity ground = TestIdentity.start();
    private final Handsets handsets = new Handsets(ground.ground(), ground.identity);
    private final TestHttp http = TestHttp.serving(ground.identity, handsets);

    @AfterAll
    void close() {
        http.close();
        ground.close();
    }

    private Map<String, String> facts(String token) {
        var list = http.get("/_lanyard/v1/handsets", token).json().at("/handsets/0/facts");
        var facts = new HashMap<String, String>();
        list.forEach(fact -> facts.put(
                fact.get("fact").stringValue() + "=" + fact.get("value").stringValue(),
                fact.get("provenance").stringValue()));
        return facts;
    }

    @Test
    @Rule("G18")
    @DisplayName("J4: what a web client says of its phone is self-reported, whatever it calls itself")
    void j4WhatAPhoneSaysOfItselfIsNeverShownAsMore() {
        var session = ground.signedIn(ground.person("factual", "Fact Ual"));
        var phone = new TestPhone(http);
        phone.enrol(session.accessToken());
        var path = "/_lanyard/v1/handsets/" + phone.id + "/facts";
        var body = Json.object().put("provenance", "attested");
        body.putObject("answers")
                .put("screen_lock", true)
                .put("jailbroken", "false")
                .put("provenance", "attested")
                .put("attested", true);
        assertThat(http.put(path, session.accessToken(), body).status()).isEqualTo(200);
        assertThat(facts(session.accessToken()))
                .containsEntry("screen_lock=true", "self_reported")
                .containsEntry("platform=iPhone", "self_reported")
                .containsEntry("owner=own", "self_reported");
        assertThat(facts(session.accessToken()).values()).containsOnly("self_reported");

        ground.writer.write(commit -> {
            handsets.facts().put(commit, phone.id, "managed", "true", Fact.Provenance.ASSERTED);
            return phone;
        });
        var lie = Json.object();
        lie.putObject("answers").put("managed", "false");
        http.put(path, session.accessToken(), lie);
        assertThat(facts(session.accessToken()))
                .as("each source is kept apart")
                .containsEntry("managed=true", "asserted")
                .containsEntry("managed=false", "self_reported");
    }

    @Test
    @Rule("G18")
    void factsAndAcceptanceAreGivenOnThePhoneItself() {
        var session = ground.signedIn(ground.person("elsewhere", "Else Where"));
        var phone = new TestPhone(http);
        phone.enrol(session.accessToken());
        var other = ground.signedIn(session.user());
        var answers = Json.object();
        answers.putObject("answers").put("screen_lock", true);
        for (var token : new String[] {
            other.accessToken(), ground.signedIn(ground.person("str", "St R")).accessToken()
        }) {
            assertThat(http.put("/_lanyard/v1/handsets/" + phone.id + "/facts", token, answers)
                            .errcode())
                    .isEqualTo("M_FORBIDDEN");
            assertThat(http.put(
                                    "/_lanyard/v1/handsets/" + phone.id + "/policy",
                                    token,
                                    Json.object().put("version", 2))
                            .errcode())
                    .isEqualTo("M_FORBIDDEN");
        }
        var bad = Json.object();
        bad.putObject("answers").put("Screen Lock", true);
        assertThat(http.put("/_lanyard/v1/handsets/" + phone.id + "/facts", session.accessToken(), bad)
                        .errcode())
                .isEqualTo("M_INVALID_PARAM");
        assertThat(http.put(
                                "/_lanyard/v1/handsets/" + phone.id + "/policy",
                                session.accessToken(),
                                Json.object().put("version", 2))
                        .status())
                .isEqualTo(200);
        assertThat(http.get("/_lanyard/v1/handsets", session.accessToken())
                        .json()
                        .at("/handsets/0/policy_version")
                        .stringValue())
                .isEqualTo("2");
    }
}
