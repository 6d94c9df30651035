package lanyard.trust.policy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What no policy may go below, whoever signs it. The guidance asks for a lock "after a short period" and for
/// messages to be there when a request for information comes; these are its least.
final class Floors {
    static final int LONGEST_LOCK_SECONDS = 300;
    static final int LONGEST_HIDDEN_LOCK_SECONDS = 60;
    static final int SHORTEST_PASSCODE = 6;
    static final int MOST_OFFLINE_HOURS = 72;
    static final int MOST_HANDSETS = 10;
    static final Duration SHORTEST_GRACE = Duration.ofHours(1);
    static final Duration LONGEST_OVERDUE = Duration.ofHours(24);
    static final Duration LONGEST_REVIEW = Duration.ofDays(90);
    static final Duration LONGEST_EDIT = Duration.ofHours(1);
    static final Duration LONGEST_TAKING_BACK = Duration.ofSeconds(60);
    static final int MOST_ADDED = 100;
    static final Duration LONGEST_OUTSIDER = Duration.ofDays(365);
    static final Duration SHORTEST_REPEAT = Duration.ofSeconds(15);
    static final Duration LONGEST_REPEAT = Duration.ofMinutes(5);
    static final Duration SHORTEST_VOICE_NOTE = Duration.ofSeconds(10);
    static final Duration LONGEST_VOICE_NOTE = Duration.ofMinutes(5);
    static final int LARGEST_FILE_MEGABYTES = 25;
    private static final Set<String> KINDS = Set.of("clinical", "operational", "social");

    private Floors() {}

    /// Why `policy` cannot be, in a sentence; empty when it can.
    static Optional<String> refusal(Policy policy) {
        if (policy.lockSeconds() < 10 || policy.lockSeconds() > LONGEST_LOCK_SECONDS) {
            return Optional.of("The app must lock after 10 to " + LONGEST_LOCK_SECONDS + " seconds without use.");
        }
        if (policy.hiddenLockSeconds() < 0 || policy.hiddenLockSeconds() > LONGEST_HIDDEN_LOCK_SECONDS) {
            return Optional.of(
                    "The app must lock at most " + LONGEST_HIDDEN_LOCK_SECONDS + " seconds after it is hidden.");
        }
        if (policy.passcodeMinimumLength() < SHORTEST_PASSCODE || policy.passcodeMinimumLength() > 64) {
            return Optional.of("A passcode must have at least " + SHORTEST_PASSCODE + " digits.");
        }
        if (policy.offlineHours() < 0 || policy.offlineHours() > MOST_OFFLINE_HOURS) {
            return Optional.of("A phone may be readable offline for at most " + MOST_OFFLINE_HOURS + " hours.");
        }
        return refusalOfPhones(policy)
                .or(() -> refusalOfTimes(policy))
                .or(() -> refusalOfKinds(policy.roomKinds()))
                .or(() -> ScheduleFigure.refusal(policy.roomKinds(), policy.disposal())
                        .map(ScheduleFigure.Refusal::sentence))
                .or(() -> refusalOfEveryday(policy.everyday()));
    }

    private static Optional<String> refusalOfPhones(Policy policy) {
        var rules = policy.handsets();
        if (rules.mostPerPerson() < 1 || rules.mostPerPerson() > MOST_HANDSETS) {
            return Optional.of("A person may have one to " + MOST_HANDSETS + " phones.");
        }
        return rules.acceptFrom() > policy.version() + 1
                ? Optional.of("Nobody can accept a version of the policy that there is not.")
                : Optional.empty();
    }

    private static Optional<String> refusalOfTimes(Policy policy) {
        if (policy.gracePeriod().compareTo(SHORTEST_GRACE) < 0) {
            return Optional.of("Originals must stay at least " + SHORTEST_GRACE.toHours()
                    + " hour after the record has acknowledged a decision, so that it can be queried.");
        }
        if (policy.recordOverdueAfter().isNegative()
                || policy.recordOverdueAfter().isZero()
                || policy.recordOverdueAfter().compareTo(LONGEST_OVERDUE) > 0) {
            return Optional.of(
                    "A decision must count as overdue for the record within " + LONGEST_OVERDUE.toHours() + " hours.");
        }
        return Optional.empty();
    }

    private static Optional<String> refusalOfKinds(Map<String, RoomRule> kinds) {
        if (!kinds.keySet().equals(KINDS)) {
            return Optional.of("The policy must say what holds for clinical, operational and social rooms.");
        }
        for (var kind : kinds.entrySet()) {
            if (!kind.getKey().equals("clinical") && kind.getValue().nudge() == Nudge.OFF) {
                return Optional.of("Where patients are not to be named, the app must say so: " + kind.getKey()
                        + " rooms cannot go without the nudge.");
            }
            var review = kind.getValue().reviewEvery().toDays();
            if (review < 1 || review > LONGEST_REVIEW.toDays()) {
                return Optional.of("Membership of " + kind.getKey() + " rooms must be reviewed at least every "
                        + LONGEST_REVIEW.toDays() + " days.");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> refusalOfEveryday(EverydayRules rules) {
        if (rules.editWithin().isNegative() || rules.editWithin().compareTo(LONGEST_EDIT) > 0) {
            return Optional.of("A message can be changed for at most " + LONGEST_EDIT.toHours() + " hour.");
        }
        if (rules.undoWithin().isNegative() || rules.undoWithin().compareTo(LONGEST_TAKING_BACK) > 0) {
            return Optional.of("Undo stays for at most " + LONGEST_TAKING_BACK.toSeconds() + " seconds.");
        }
        if (rules.mostAddedAtOnce() < 1 || rules.mostAddedAtOnce() > MOST_ADDED) {
            return Optional.of("One step may add one to " + MOST_ADDED + " people.");
        }
        if (rules.outsidersAtMost().toDays() < 1 || rules.outsidersAtMost().compareTo(LONGEST_OUTSIDER) > 0) {
            return Optional.of("Somebody of another employer may be a member for one to " + LONGEST_OUTSIDER.toDays()
                    + " days before they are asked about again.");
        }
        if (rules.repeatUrgent().compareTo(SHORTEST_REPEAT) < 0
                || rules.repeatUrgent().compareTo(LONGEST_REPEAT) > 0) {
            return Optional.of("An urgent alert must come again after " + SHORTEST_REPEAT.toSeconds() + " seconds to "
                    + LONGEST_REPEAT.toMinutes() + " minutes.");
        }
        return refusalOfEnclosures(rules);
    }

    private static Optional<String> refusalOfEnclosures(EverydayRules rules) {
        if (rules.longestVoiceNote().compareTo(SHORTEST_VOICE_NOTE) < 0
                || rules.longestVoiceNote().compareTo(LONGEST_VOICE_NOTE) > 0) {
            return Optional.of("A voice note may last " + SHORTEST_VOICE_NOTE.toSeconds() + " seconds to "
                    + LONGEST_VOICE_NOTE.toMinutes() + " minutes: nobody can search in it or read it at a glance.");
        }
        return rules.largestFileMegabytes() < 1 || rules.largestFileMegabytes() > LARGEST_FILE_MEGABYTES
                ? Optional.of("A document may have 1 to " + LARGEST_FILE_MEGABYTES
                        + " megabytes: it is opened in a phone's memory.")
                : Optional.empty();
    }
}
