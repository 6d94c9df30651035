package lanyard.trust.policy;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// One organisation's policy, read from its signed document. `roomKinds` has `clinical`, `operational` and `social`.
///
/// @param presence whether colleagues in a conversation see who is at their phone
/// @param custodianNeeded whether what a client keeps from the records custodian is refused
public record Policy(
        int version,
        int lockSeconds,
        int hiddenLockSeconds,
        int passcodeMinimumLength,
        int offlineHours,
        Duration gracePeriod,
        Duration recordOverdueAfter,
        Map<String, RoomRule> roomKinds,
        boolean presence,
        HandsetRules handsets,
        DisposalRules disposal,
        EverydayRules everyday,
        boolean custodianNeeded) {
    public Policy {
        roomKinds = Map.copyOf(new TreeMap<>(roomKinds));
    }

    /// Where every organisation begins.
    static Policy standard() {
        return new Policy(
                1,
                120,
                60,
                6,
                12,
                Duration.ofHours(24),
                Duration.ofHours(4),
                Map.of(
                        "clinical", RoomRule.standard("clinical", 365, 28),
                        "operational", RoomRule.standard("operational", 365, 90),
                        "social", RoomRule.standard("social", 90, 90)),
                false,
                HandsetRules.STANDARD,
                DisposalRules.STANDARD,
                EverydayRules.STANDARD,
                false);
    }

    public RoomRule roomKind(String kind) {
        var rule = roomKinds.get(kind);
        if (rule == null) {
            throw new IllegalArgumentException("the policy knows no such kind of room");
        }
        return rule;
    }

    Policy withVersion(int next) {
        return edited(rules -> rules.put("version", next));
    }

    /// The same with colleagues shown who is at their phone, or not.
    public Policy withPresence(boolean shown) {
        return edited(rules -> rules.put("presence", shown));
    }

    /// The same with another time for which a phone may open without a network.
    public Policy withOfflineHours(int hours) {
        return edited(rules -> rules.put("offline_hours", hours));
    }

    /// The same with other rules for phones.
    public Policy withHandsets(HandsetRules phones) {
        return edited(rules -> PolicyDocument.put(rules, phones));
    }

    /// The same with another rule for one kind of room.
    public Policy withRoomKind(String kind, RoomRule rule) {
        var kinds = new TreeMap<>(roomKinds);
        kinds.put(kind, rule);
        return withSchedule(kinds, disposal);
    }

    /// The same with another schedule.
    public Policy withSchedule(Map<String, RoomRule> kinds, DisposalRules disposals) {
        return edited(rules -> {
            PolicyDocument.put(rules, kinds);
            PolicyDocument.put(rules, disposals);
        });
    }

    /// The same with other rules for how conversations are used.
    public Policy withEveryday(EverydayRules uses) {
        return edited(rules -> PolicyDocument.put(rules, uses));
    }

    /// The same with what a client keeps from the records custodian refused, or only flagged.
    public Policy withCustodianNeeded(boolean needed) {
        return edited(rules -> rules.put("custodian_needed", needed));
    }

    private Policy edited(Consumer<ObjectNode> change) {
        var rules = PolicyDocument.rules(this);
        change.accept(rules);
        return PolicyDocument.read(rules);
    }
}
