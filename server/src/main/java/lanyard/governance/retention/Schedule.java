package lanyard.governance.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lanyard.messaging.room.RoomKind;
import lanyard.platform.json.Json;
import lanyard.trust.policy.DisposalRules;
import lanyard.trust.policy.Policies;
import tools.jackson.databind.node.ObjectNode;

/// How long what is kept, as the organisation's policy says it.
final class Schedule {
    private final Policies policies;

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

    int version(String organization) {
        return policies.of(organization).version();
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
