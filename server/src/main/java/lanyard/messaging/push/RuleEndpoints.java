package lanyard.messaging.push;

import java.util.Set;
import java.util.function.Consumer;
import lanyard.messaging.account.AccountData;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Identity;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#push-rules-api>
final class RuleEndpoints {
    private static final String ALL = "/_matrix/client/v3/pushrules";
    private static final String RULE = ALL + "/global/{kind}/{ruleId}";
    private static final int LONGEST_ID = 255;
    private static final int LONGEST_RULE = 4_096;
    /// Every message in a person's rooms is held against all of their rules.
    private static final int MOST_BYTES = 48 * 1024;

    private static final Set<String> FREE = Set.of("override", "underride");

    private final AccountData accountData;
    private final Identity identity;

    RuleEndpoints(AccountData accountData, Identity identity) {
        this.accountData = accountData;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("GET " + ALL + "/", this::getPushRules);
        routes.add("GET " + ALL, this::getPushRules);
        routes.add("GET " + ALL + "/global/", this::getPushRulesGlobal);
        routes.add("GET " + RULE, this::getPushRule);
        routes.add("PUT " + RULE, this::setPushRule);
        routes.add("DELETE " + RULE, this::deletePushRule);
        routes.add("GET " + RULE + "/enabled", this::isPushRuleEnabled);
        routes.add("PUT " + RULE + "/enabled", this::setPushRuleEnabled);
        routes.add("GET " + RULE + "/actions", this::getPushRuleActions);
        routes.add("PUT " + RULE + "/actions", this::setPushRuleActions);
    }

    private ObjectNode rules(Exchange x) {
        return accountData.pushRules(identity.caller(x).user());
    }

    private ObjectNode rule(Exchange x) {
        return RuleEdits.get(rules(x), x.param("kind"), x.param("ruleId"));
    }

    private Reply getPushRules(Exchange x) {
        return Reply.json(rules(x));
    }

    private Reply getPushRulesGlobal(Exchange x) {
        return Reply.json(rules(x).path("global"));
    }

    private Reply getPushRule(Exchange x) {
        return Reply.json(rule(x));
    }

    private Reply isPushRuleEnabled(Exchange x) {
        return Reply.json(Json.object().put("enabled", rule(x).path("enabled").asBoolean(true)));
    }

    private Reply getPushRuleActions(Exchange x) {
        var reply = Json.object();
        reply.set("actions", rule(x).path("actions"));
        return Reply.json(reply);
    }

    /// Errors: `M_RESOURCE_LIMIT_EXCEEDED`.
    private Reply change(Exchange x, Consumer<ObjectNode> change) {
        accountData.changePushRules(identity.caller(x).user(), rules -> {
            change.accept(rules);
            if (Json.bytes(rules).length > MOST_BYTES) {
                throw new MatrixException(
                        ErrorCode.M_RESOURCE_LIMIT_EXCEEDED,
                        "Your push rules together are too long. Delete some first.");
            }
            return rules;
        });
        return Reply.empty();
    }

    private Reply setPushRule(Exchange x) {
        identity.caller(x);
        var kind = x.param("kind");
        var rule = newRule(kind, x.param("ruleId"), x.body());
        var place = new RuleEdits.Place(x.query("before"), x.query("after"));
        return change(x, rules -> RuleEdits.put(rules, kind, rule.deepCopy(), place));
    }

    private Reply deletePushRule(Exchange x) {
        return change(x, rules -> RuleEdits.delete(rules, x.param("kind"), x.param("ruleId")));
    }

    private Reply setPushRuleEnabled(Exchange x) {
        identity.caller(x);
        var enabled = Json.booleanField(x.body(), "enabled");
        return change(
                x,
                rules ->
                        RuleEdits.get(rules, x.param("kind"), x.param("ruleId")).put("enabled", enabled));
    }

    private Reply setPushRuleActions(Exchange x) {
        identity.caller(x);
        var actions = actions(x.body());
        return change(
                x,
                rules ->
                        RuleEdits.get(rules, x.param("kind"), x.param("ruleId")).set("actions", actions.deepCopy()));
    }

    /// Errors: `M_INVALID_PARAM`, `M_BAD_JSON`, `M_TOO_LARGE`.
    private static ObjectNode newRule(String kind, String id, ObjectNode body) {
        requireGoodId(kind, id);
        if (Json.bytes(body).length > LONGEST_RULE) {
            throw new MatrixException(ErrorCode.M_TOO_LARGE, "That rule is too long.");
        }
        var rule = Json.object().put("rule_id", id).put("default", false).put("enabled", true);
        rule.set("actions", actions(body));
        if (kind.equals("content")) {
            rule.put("pattern", Json.text(body, "pattern"));
        }
        if (FREE.contains(kind)) {
            var conditions = Json.optionalArray(body, "conditions").orElseGet(Json::array);
            if (!conditions
                    .valueStream()
                    .allMatch(condition -> condition.path("kind").isString())) {
                throw new MatrixException(ErrorCode.M_BAD_JSON, "Each condition is an object with its kind.");
            }
            rule.set("conditions", conditions);
        }
        return rule;
    }

    private static void requireGoodId(String kind, String id) {
        if (id.startsWith(".") || id.isEmpty() || id.contains("/") || id.contains("\\") || id.length() > LONGEST_ID) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "A rule's id has up to 255 characters, no slashes, and does not begin with a dot.");
        }
        switch (kind) {
            case "room" -> {
                var _ = new RoomId(id);
            }
            case "sender" -> {
                var _ = new UserId(id);
            }
            default -> {}
        }
    }

    /// Historical actions are left out: <https://spec.matrix.org/v1.18/client-server-api/#historical-actions>
    private static ArrayNode actions(ObjectNode body) {
        var actions = Json.array();
        for (var action : Json.arrayField(body, "actions")) {
            if (!action.isString() && !action.path("set_tweak").isString()) {
                throw new MatrixException(ErrorCode.M_BAD_JSON, "An action is a word or a set_tweak.");
            }
            if (!Set.of("dont_notify", "coalesce").contains(action.asString(""))) {
                actions.add(action);
            }
        }
        return actions;
    }
}
