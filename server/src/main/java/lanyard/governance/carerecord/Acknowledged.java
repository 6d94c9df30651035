package lanyard.governance.carerecord;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lanyard.platform.CrashPoint;
import lanyard.platform.file.CheckedLines;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.policy.Policies;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the health record has acknowledged, and what was withdrawn before it could, a second time outside the database:
/// then the key of the decision's document goes. Before anybody is served, a database that is older than that learns it
/// from there.
///
/// What could go wrong, for ever: a restored backup sends a decision a second time, or one that was withdrawn, or asks
/// somebody to copy it; or a key goes of a decision that the record does not have and is to have. The principles: first
/// the acknowledgement or the withdrawal is committed, then it is on the list and on the disk, and only then the key is
/// destroyed, in this order and by whoever comes next
/// after a crash; what is not on the list is sent, and a record that had it all the same answers so. What a restored
/// database learns so begins its grace period anew, because holds may have been placed since.
final class Acknowledged {
    static final String NAME = "acknowledged.log";
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledged.class);
    private static final int MOST_AT_ONCE = 500;
    private static final String ACTOR = "lanyard.outbox";
    private static final String WHY = "the database was older than the list of what the health record has";
    private static final String HAS_IT = "the health record has it";
    private static final String WITHDRAWN = "it was withdrawn before the health record had it";

    private final CareRecordGround ground;
    private final Policies policies;
    private final Announcements announcements;
    private final OutboxSeal seal;
    private final CheckedLines lines;
    private final AcknowledgedStore store = new AcknowledgedStore();
    private final WithdrawalStore withdrawals = new WithdrawalStore();

    Acknowledged(CareRecordGround ground, Policies policies, Announcements announcements) {
        this.ground = ground;
        this.policies = policies;
        this.announcements = announcements;
        this.seal = new OutboxSeal(ground.keys());
        this.lines = listIn(ground.lists());
    }

    private static CheckedLines listIn(Path directory) {
        return new CheckedLines(
                directory.resolve(NAME),
                "The list of what the health record has acknowledged",
                "a decision could be sent a second time, or one that was withdrawn");
    }

    /// Lists what was acknowledged or withdrawn since the last time, and destroys its keys.
    void writeDown() {
        while (true) {
            var given = ground.database().read(tx -> store.listHeld(tx, MOST_AT_ONCE));
            if (given.isEmpty()) {
                return;
            }
            lines.append(given.stream().map(Acknowledged::line).toList());
            CrashPoint.at("outbox.listed");
            given.forEach(one -> seal.letGo(one.id(), one.isWithdrawn() ? WITHDRAWN : HAS_IT));
            ground.database().write(tx -> {
                store.letGo(tx, given);
                return given;
            });
        }
    }

    private static String line(AcknowledgedStore.Given given) {
        var said = Json.object()
                .put("sink", given.sink().word())
                .put("status", given.status().word())
                .put("acknowledged_ts", given.at().toEpochMilli());
        given.reference().ifPresent(reference -> said.put("reference", reference));
        given.originalsGo().ifPresent(go -> said.put("originals_go_ts", go.toEpochMilli()));
        given.pastedBy().ifPresent(by -> said.put("pasted_by", by));
        return given.id() + "\t" + Base64.getUrlEncoder().encodeToString(Json.bytes(said));
    }

    /// Answers how many decisions a restored backup believed open that the record has, or that were withdrawn. What is
    /// open then may have been sent or copied since the backup, without an acknowledgement that is listed.
    int acknowledgeAgain() {
        var open = list();
        // First: should this process end in between, the next one would not know that a backup was restored.
        if (!open.isEmpty()) {
            ground.database().write(withdrawals::perhapsSent);
        }
        var again = 0;
        for (var given : open) {
            if (ground.writer().write(commit -> acknowledgeAgain(commit, given))) {
                again++;
            }
        }
        writeDown();
        if (again > 0) {
            LOG.warn("The database was older than the list of what the record has: {} decisions were not open.", again);
        }
        return again;
    }

    /// Those that are open here.
    private List<AcknowledgedStore.Given> list() {
        var listed = new LinkedHashMap<UUID, AcknowledgedStore.Given>();
        var number = 1;
        for (var line : lines.list()) {
            var fields = line.split("\t", -1);
            if (fields.length != 2) {
                throw lines.damaged(number);
            }
            var given = given(
                    UUID.fromString(fields[0]),
                    Json.object(Base64.getUrlDecoder().decode(fields[1])));
            listed.put(given.id(), given);
            number++;
        }
        var all = new ArrayList<>(listed.values());
        var open = ground.database().read(tx -> store.listOpen(tx, listed.keySet()));
        all.removeIf(one -> !open.contains(one.id()));
        return all;
    }

    private static AcknowledgedStore.Given given(UUID id, ObjectNode said) {
        var sink = RecordSink.Kind.of(Json.text(said, "sink"));
        var status = status(sink, said);
        return new AcknowledgedStore.Given(
                id,
                sink,
                status,
                Json.optionalText(said, "reference"),
                Instant.ofEpochMilli(said.path("acknowledged_ts").longValue()),
                said.has("originals_go_ts") && status.isAcknowledged()
                        ? Optional.of(Instant.ofEpochMilli(
                                said.path("originals_go_ts").longValue()))
                        : Optional.empty(),
                Json.optionalText(said, "pasted_by"));
    }

    /// Lines from before a folder was told of the record have no status; what went already was in the record by the
    /// same way as when it came there.
    private static Status status(RecordSink.Kind sink, ObjectNode said) {
        var status = Json.optionalText(said, "status").map(Status::of);
        if (status.filter(one -> one != Status.DISPOSED).isPresent()) {
            return status.get();
        }
        return switch (sink) {
            case FHIR -> Status.IN_RECORD;
            case PASTE -> Status.PASTED;
            case FOLDER -> status.isEmpty() ? Status.SAVED_TO_FOLDER : filedFromFolder(said);
        };
    }

    private static Status filedFromFolder(ObjectNode said) {
        return said.has("pasted_by") ? Status.PASTED : Status.IN_RECORD;
    }

    private boolean acknowledgeAgain(Commit commit, AcknowledgedStore.Given given) {
        var organization = store.findOpen(commit.tx(), given.id());
        if (organization.isEmpty()) {
            return false;
        }
        if (given.isWithdrawn()) {
            withdrawals.withdrawAgain(commit.tx(), given.id(), given.at());
            again(commit, "decision.withdrawn_again", given, Json.object());
            return true;
        }
        var anew = ground.clock().instant().plus(policies.of(organization.get()).gracePeriod());
        var go = given.originalsGo().map(was -> was.isAfter(anew) ? was : anew);
        var now = new AcknowledgedStore.Given(
                given.id(), given.sink(), given.status(), given.reference(), given.at(), go, given.pastedBy());
        store.acknowledgeAgain(commit.tx(), now);
        var details = Json.object()
                .put("sink", given.sink().word())
                .put("acknowledged_ts", given.at().toEpochMilli());
        given.reference().ifPresent(reference -> details.put("reference", reference));
        again(commit, "decision.acknowledged_again", given, details);
        return true;
    }

    private void again(Commit commit, String action, AcknowledgedStore.Given given, ObjectNode details) {
        ground.audit().record(commit, new AuditEntry(action, ACTOR, given.id().toString(), WHY, details));
        announcements.announce(commit, given.id());
    }
}
