package lanyard.trust.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The register of approved apps.
class AppsTest {
    private final TestOAuth test = new TestOAuth();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void anAdministratorApprovesAnAppAndEverybodyReadsIt() {
        var before = leaves();
        var id = test.approve(TestOAuth.entry());
        assertThat(leaves()).isEqualTo(before + 1);
        var ann = test.ground.signedIn(test.ann).accessToken();
        var app = test.http.get("/_lanyard/v1/apps", ann).json().get("apps").get(0);
        assertThat(app.get("app_id").stringValue()).isEqualTo(id);
        assertThat(app.get("clinical").booleanValue())
                .as("no app is approved for clinical rooms unless somebody says so")
                .isFalse();
        for (var said : TestOAuth.entry().properties()) {
            assertThat(app.get(said.getKey())).as(said.getKey()).isEqualTo(said.getValue());
        }
        assertThat(TestOAuth.entry().propertyNames())
                .contains(
                        "software",
                        "redirect_hosts",
                        "purpose",
                        "approved_for",
                        "not_approved_for",
                        "unmet_tips",
                        "dpia_reference",
                        "review_date");
        assertThat(app.get("review_due").booleanValue()).isFalse();
    }

    @Test
    void nobodyElseChangesTheRegister() {
        var id = test.approve(TestOAuth.entry());
        var ann = test.ground.signedIn(test.ann).accessToken();
        assertThat(test.http.post("/_lanyard/v1/apps", ann, TestOAuth.entry()).errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(test.http
                        .put("/_lanyard/v1/apps/" + id, ann, TestOAuth.entry())
                        .errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(withdraw(id, ann).errcode()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    void theRegisterAsksForFreshProof() {
        var id = test.approve(TestOAuth.entry());
        var before = leaves();
        test.ground.clock.pass(lanyard.trust.identity.StepUp.FRESH);
        for (var answer : java.util.List.of(
                test.http.post("/_lanyard/v1/apps", test.administrator, TestOAuth.entry()),
                test.http.put("/_lanyard/v1/apps/" + id, test.administrator, TestOAuth.entry()),
                withdraw(id, test.administrator))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
        }
        assertThat(leaves()).isEqualTo(before);
        assertThat(onlyApp()).isEqualTo(id);
    }

    @Test
    void anEntryThatSaysTooLittleIsRefused() {
        for (var field : TestOAuth.entry().propertyNames()) {
            var entry = TestOAuth.entry();
            entry.remove(field);
            assertThat(test.http
                            .post("/_lanyard/v1/apps", test.administrator, entry)
                            .status())
                    .as(field)
                    .isEqualTo(400);
        }
        var address = TestOAuth.entry().put("client_host", "https://example.org/");
        assertThat(test.http
                        .post("/_lanyard/v1/apps", test.administrator, address)
                        .errcode())
                .isEqualTo("M_INVALID_PARAM");
    }

    @Test
    void anAppTakenOffTheRegisterIsSignedOutAtOnce() {
        var client = test.client();
        var tokens = test.tokens(client);
        var access = Json.text(tokens, "access_token");
        assertThat(test.whoAmI(access).status()).isEqualTo(200);
        var id = onlyApp();
        var before = leaves();
        assertThat(withdraw(id, test.administrator).status()).isEqualTo(200);
        assertThat(leaves()).as("the device that went and the deed").isEqualTo(before + 2);
        assertThat(test.whoAmI(access).errcode()).isEqualTo("M_UNKNOWN_TOKEN");
        assertThat(Json.text(
                        test.refresh(client, Json.text(tokens, "refresh_token")).json(), "error"))
                .isEqualTo("invalid_client");
        assertThat(test.register(TestOAuth.metadata(TestOAuth.REDIRECT)).status())
                .isEqualTo(400);
        assertThat(withdraw(id, test.administrator).errcode()).isEqualTo("M_NOT_FOUND");
    }

    @Test
    void anAppThatMayDoLessThanBeforeSignsInAgain() {
        test.approve(TestOAuth.entry().put("clinical", true));
        var client =
                Json.text(test.register(TestOAuth.metadata(TestOAuth.REDIRECT)).json(), "client_id");
        var access = Json.text(test.tokens(client), "access_token");
        var id = onlyApp();
        test.http.put(
                "/_lanyard/v1/apps/" + id,
                test.administrator,
                TestOAuth.entry().put("clinical", true).put("purpose", "Rotas only"));
        assertThat(test.whoAmI(access).status())
                .as("other words change nothing")
                .isEqualTo(200);
        test.http.put("/_lanyard/v1/apps/" + id, test.administrator, TestOAuth.entry());
        assertThat(test.whoAmI(access).errcode()).isEqualTo("M_UNKNOWN_TOKEN");
    }

    @Test
    void anAppWhoseReviewIsOverdueLetsNobodyNewIn() {
        test.approve(TestOAuth.entry().put("review_date", "2999-01-01"));
        var client =
                Json.text(test.register(TestOAuth.metadata(TestOAuth.REDIRECT)).json(), "client_id");
        var access = Json.text(test.tokens(client), "access_token");
        test.http.put(
                "/_lanyard/v1/apps/" + onlyApp(),
                test.administrator,
                TestOAuth.entry().put("review_date", "2001-01-01"));
        assertThat(test.whoAmI(access).status()).as("whoever is in goes on").isEqualTo(200);
        assertThat(test.http
                        .get("/_lanyard/v1/apps", test.administrator)
                        .json()
                        .at("/apps/0/review_due")
                        .booleanValue())
                .as("and it is said")
                .isTrue();
        var refused = test.register(TestOAuth.metadata(TestOAuth.REDIRECT)).json();
        assertThat(Json.text(refused, "error_description")).contains("due for review");
        assertThat(test.allow(TestOAuth.request(client), test.loginToken()).errcode())
                .isEqualTo("M_FORBIDDEN");
    }

    private lanyard.platform.http.TestHttp.Answer withdraw(String id, String token) {
        return test.http.post(
                "/_lanyard/v1/apps/" + id + "/withdraw", token, Json.object().put("reason", "No longer kept up"));
    }

    private String onlyApp() {
        return test.http
                .get("/_lanyard/v1/apps", test.administrator)
                .json()
                .get("apps")
                .get(0)
                .get("app_id")
                .stringValue();
    }

    private int leaves() {
        return test.ground.database.read(tx ->
                tx.query("select count(*) from audit_leaf").mapTo(Integer.class).one());
    }
}
