package lanyard.governance.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.messaging.room.RoomKind;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.trust.policy.DisposalRules;
import lanyard.trust.policy.Policies;
import lanyard.trust.policy.Policy;
import lanyard.trust.policy.RoomRule;
import lanyard.trust.policy.ScheduleFigure;
import tools.jackson.databind.node.ObjectNode;

/// How long what is kept, as the organisation's policy says it.
final class Schedule {
    private final Policies policies;
    private final Map<String, Backups> backups = new ConcurrentHashMap<>();

    Schedule(Policies policies) {
        this.policies = policies;
    }

    static List<String> kinds() {
        return List.of(RoomKind.values()).stream().map(RoomKind::word).toList();
    }

    Duration keep(String organization, String kind) {
        return policies.of(organization).roomKind(kind).keepFor();
    }

    /// A file's room is not known: the longest of all kinds.
    Duration keepFiles(String organization) {
        return policies.of(organization).roomKinds().values().stream()
                .map(rule -> rule.keepFilesFor())
                .max(Duration::compareTo)
                .orElseThrow();
    }

    DisposalRules disposal(String organization) {
        return policies.of(organization).disposal();
    }

    /// By every version of the policy: what is kept of them does not change, so it is read again only for a newer one.
    Backups backups(String organization) {
        var newest = policies.of(organization).version();
        return backups.compute(
                organization, (_, known) -> known != null && known.version() >= newest ? known : read(organization));
    }

    private Backups read(String organization) {
        var versions = policies.listVersions(organization);
        return new Backups(
                versions.getLast().policy().version(),
                versions.stream()
                        .map(one -> new Backups.Term(
                                one.from(), one.policy().disposal().backups()))
                        .toList());
    }

    int version(String organization) {
        return policies.of(organization).version();
    }

    /// In days: for each kind, for files, to call off, to ask ahead, for backups.
    record Days(Map<String, Integer> kinds, int files, int undo, int ask, int backups) {}

    /// Puts another schedule in force. Errors: `M_FORBIDDEN` when it goes below a floor, `M_INVALID_PARAM` without a
    /// reason.
    void change(String organization, Days days, UserId by, String reason) {
        policies.change(organization, wanted(organization, days), by, reason);
    }

    /// Why a schedule cannot be put in force, and for which of its figures; empty when it can.
    Optional<ScheduleFigure.Refusal> refusal(String organization, Days days) {
        var wanted = wanted(organization, days);
        return ScheduleFigure.refusal(wanted.roomKinds(), wanted.disposal());
    }

    private Policy wanted(String organization, Days days) {
        var before = policies.of(organization);
        var kinds = new TreeMap<String, RoomRule>();
        before.roomKinds()
                .forEach((kind, rule) -> kinds.put(
                        kind,
                        rule.keeping(
                                Duration.ofDays(days.kinds().getOrDefault(kind, 0)), Duration.ofDays(days.files()))));
        var rules = new DisposalRules(
                Duration.ofDays(days.undo()), Duration.ofDays(days.ask()), Duration.ofDays(days.backups()));
        return before.withSchedule(kinds, rules);
    }

    /// What was said until then may go.
    Instant cutoff(String organization, String kind, Instant now) {
        return now.minus(keep(organization, kind));
    }

    /// What a room's clients are told: the content of `m.room.retention`.
    /// <https://github.com/matrix-org/matrix-spec-proposals/pull/1763>
    ObjectNode lifetime(String organization, String kind) {
        return Json.object().put("max_lifetime", keep(organization, kind).toMillis());
    }
}
