package lanyard.trust.policy;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

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
        boolean custodianNeeded) {
    public Policy {
        roomKinds = Map.copyOf(new TreeMap<>(roomKinds));
    }

    /// Where every organisation begins.
    static Policy standard() {
        return new Policy(
                1,
                120,
                15,
                6,
                12,
                Duration.ofHours(24),
                Duration.ofHours(4),
                Map.of(
                        "clinical", RoomRule.ofDays(365, 28),
                        "operational", RoomRule.ofDays(365, 90),
                        "social", RoomRule.ofDays(90, 90)),
                false,
                HandsetRules.STANDARD,
                DisposalRules.STANDARD,
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
        return new Policy(
                next,
                lockSeconds,
                hiddenLockSeconds,
                passcodeMinimumLength,
                offlineHours,
                gracePeriod,
                recordOverdueAfter,
                roomKinds,
                presence,
                handsets,
                disposal,
                custodianNeeded);
    }

    /// The same with colleagues shown who is at their phone, or not.
    public Policy withPresence(boolean shown) {
        return new Policy(
                version,
                lockSeconds,
                hiddenLockSeconds,
                passcodeMinimumLength,
                offlineHours,
                gracePeriod,
                recordOverdueAfter,
                roomKinds,
                shown,
                handsets,
                disposal,
                custodianNeeded);
    }

    /// The same with another time for which a phone may open without a network.
    public Policy withOfflineHours(int hours) {
        return new Policy(
                version,
                lockSeconds,
                hiddenLockSeconds,
                passcodeMinimumLength,
                hours,
                gracePeriod,
                recordOverdueAfter,
                roomKinds,
                presence,
                handsets,
                disposal,
                custodianNeeded);
    }

    /// The same with other rules for phones.
    public Policy withHandsets(HandsetRules rules) {
        return new Policy(
                version,
                lockSeconds,
                hiddenLockSeconds,
                passcodeMinimumLength,
                offlineHours,
                gracePeriod,
                recordOverdueAfter,
                roomKinds,
                presence,
                rules,
                disposal,
                custodianNeeded);
    }

    /// The same with another schedule.
    public Policy withSchedule(Map<String, RoomRule> kinds, DisposalRules rules) {
        return new Policy(
                version,
                lockSeconds,
                hiddenLockSeconds,
                passcodeMinimumLength,
                offlineHours,
                gracePeriod,
                recordOverdueAfter,
                kinds,
                presence,
                handsets,
                rules,
                custodianNeeded);
    }

    /// The same with what a client keeps from the records custodian refused, or only flagged.
    public Policy withCustodianNeeded(boolean needed) {
        return new Policy(
                version,
                lockSeconds,
                hiddenLockSeconds,
                passcodeMinimumLength,
                offlineHours,
                gracePeriod,
                recordOverdueAfter,
                roomKinds,
                presence,
                handsets,
                disposal,
                needed);
    }
}
