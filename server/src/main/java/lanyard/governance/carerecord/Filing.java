package lanyard.governance.carerecord;

import java.util.Optional;
import java.util.UUID;
import lanyard.governance.carerecord.OutboxStore.Acknowledgement;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.policy.Policies;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears from what empties the folder of decisions that one of them is in the health record (ADR 45).
///
/// What could go wrong: the messages go because a file was written, or was taken away, and the record never had it. So
/// only an acknowledgement that names the record's reference counts, for the decision and for each of its pictures; it
/// is audited with that reference and where it came from; and the same grace period, holds and queries stand between it
/// and destruction as after a record's own.
final class Filing {
    private static final Logger LOG = LoggerFactory.getLogger(Filing.class);
    private static final int AT_ONCE = 500;
    private static final String ACTOR = "lanyard.folder";

    private final CareRecordGround ground;
    private final CareRecordSettings settings;
    private final Policies policies;
    private final Announcements announcements;
    private final DecisionImages images;
    private final OutboxStore store = new OutboxStore();

    Filing(
            CareRecordGround ground,
            CareRecordSettings settings,
            Policies policies,
            Announcements announcements,
            DecisionImages images) {
        this.images = images;
        this.ground = ground;
        this.settings = settings;
        this.policies = policies;
        this.announcements = announcements;
    }

    /// Looks once at each decision that lies in a folder.
    void look() {
        var after = -1L;
        while (true) {
            var from = after;
            var waiting = ground.database().read(tx -> store.listInFolder(tx, from, AT_ONCE));
            if (waiting.isEmpty()) {
                return;
            }
            waiting.forEach(this::lookOrWait);
            after = waiting.getLast().line();
        }
    }

    /// One that fails stands in the way of no other: it is looked at again.
    private void lookOrWait(OutboxStore.InFolder one) {
        try {
            look(one);
        } catch (RuntimeException e) {
            LOG.error("decision {} cannot be taken for entered from the folder: {}", one.id(), e.getClass());
        }
    }

    /// Whatever the organisation's sink is now, it knows its folder of before: [AfterFolder].
    private void look(OutboxStore.InFolder one) {
        var sink = settings.sinkOf().apply(one.organization());
        sink.findFiled(one.name())
                .filter(_ -> images.list(one.id()).stream().allMatch(image -> isFiled(sink, image)))
                .ifPresent(reference -> filed(one.id(), acknowledgement(one.organization(), reference)));
    }

    private static boolean isFiled(RecordSink sink, ImageStore.Image image) {
        return Optional.ofNullable(image.reference()).flatMap(sink::findFiled).isPresent();
    }

    private Acknowledgement acknowledgement(String organization, String reference) {
        var now = ground.clock().instant();
        var go = now.plus(policies.of(organization).gracePeriod());
        return new Acknowledgement(RecordSink.Kind.FOLDER, Status.IN_RECORD, reference, now, go);
    }

    private void filed(UUID id, Acknowledgement given) {
        ground.writer().write(commit -> {
            if (store.filed(commit.tx(), id, given)) {
                audit(commit, id, given.reference());
                images.areInRecord(commit, id, given.reference());
                announcements.announce(commit, id);
            }
            return true;
        });
    }

    private void audit(Commit commit, UUID id, String reference) {
        var details = Json.object().put("sink", RecordSink.Kind.FOLDER.word()).put("reference", reference);
        ground.audit().record(commit, new AuditEntry("decision.filed", ACTOR, id.toString(), "", details));
    }
}
