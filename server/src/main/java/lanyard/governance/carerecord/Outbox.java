package lanyard.governance.carerecord;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import lanyard.governance.carerecord.OutboxStore.Acknowledgement;
import lanyard.governance.carerecord.OutboxStore.Claim;
import lanyard.platform.CrashPoint;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.SealedDataException;
import lanyard.platform.stream.Commit;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.policy.Policies;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Takes decisions to the record: claim, deliver outside any transaction, settle. What could go wrong: a decision is
/// lost, stored twice, or counted as recorded when it is not. The principles: it leaves the outbox only in the
/// transaction that notes its acknowledgement; delivering again is harmless, so a claim may run out and be taken over;
/// and who settles must still hold the claim.
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    /// Longer than a sink may take: three exchanges at its patience.
    private static final Duration CLAIM = Duration.ofMinutes(2);
    private static final int MOST_AT_ONCE = 100;
    private static final String ACTOR = "lanyard.outbox";

    private final CareRecordGround ground;
    private final CareRecordSettings settings;
    private final Policies policies;
    private final Announcements announcements;
    private final OutboxSeal seal;
    private final OutboxStore store = new OutboxStore();
    private final DecisionImages images;
    private final Acknowledged acknowledged;
    private final Withdrawal withdrawal;
    private final Backoff backoff;
    private final AtomicInteger wanted = new AtomicInteger();

    Outbox(CareRecordGround ground, CareRecordSettings settings, CareRecord.Others others, DecisionImages images) {
        this.images = images;
        this.ground = ground;
        this.settings = settings;
        this.policies = others.policies();
        this.announcements = new Announcements(others.rooms());
        this.seal = new OutboxSeal(ground.keys());
        this.acknowledged = new Acknowledged(ground, policies, announcements);
        this.withdrawal = new Withdrawal(ground, announcements);
        this.backoff = new Backoff(settings.jitter());
    }

    /// Delivers soon, on another thread; many calls make one run.
    void wake() {
        if (wanted.getAndIncrement() == 0) {
            settings.atOnce().execute(this::deliverWhileWanted);
        }
    }

    private void deliverWhileWanted() {
        var served = 0;
        try {
            do {
                served = wanted.get();
                deliverDue();
            } while (!wanted.compareAndSet(served, 0));
        } catch (RuntimeException e) {
            wanted.set(0);
            throw e;
        }
    }

    /// Delivers what is due, and lets go of what the record has. What was withdrawn first: it waits for no record; and
    /// so what was to be when this process ended.
    ///
    /// A list that cannot be written keeps no decision from the record, where whoever treats the patient needs it;
    /// without the list, a restored backup sends again what a record recognises. That it could not be written is
    /// thrown at the end.
    void deliverDue() {
        withdrawal.ofMarked();
        try {
            acknowledged.writeDown();
        } catch (UncheckedIOException e) {
            LOG.error(
                    "The list of what the record has cannot be written. Decisions are sent all the same: {}",
                    e.getMessage());
        }
        deliverAll();
        acknowledged.writeDown();
    }

    /// Until nothing is due or the record cannot be reached: then the others would wait in vain too.
    private void deliverAll() {
        for (var i = 0; i < MOST_AT_ONCE; i++) {
            var now = ground.clock().instant();
            var claim = ground.database().write(tx -> store.claim(tx, now, now.plus(CLAIM)));
            if (claim.isEmpty() || !deliver(claim.get())) {
                return;
            }
        }
    }

    /// False when the record could not be reached.
    private boolean deliver(Claim claim) {
        var sink = settings.sinkOf().apply(claim.organization());
        CrashPoint.at("outbox.claimed");
        var opened = open(claim);
        if (opened.isEmpty()) {
            return true;
        }
        var pictures = new ArrayList<KeptImage>();
        var outcome = deliver(sink, claim, opened.get(), pictures);
        CrashPoint.at("outbox.delivered");
        return switch (outcome) {
            case RecordSink.Outcome.Kept(var reference) -> {
                acknowledge(claim, sink.kind(), new Kept(reference, List.copyOf(pictures)));
                yield true;
            }
            case RecordSink.Outcome.ByHand() -> {
                handOver(claim);
                yield true;
            }
            case RecordSink.Outcome.Refused(var reason) -> {
                refuse(claim, reason);
                yield true;
            }
            case RecordSink.Outcome.NotReached(var why, var nothingWent) -> {
                LOG.info("decision {} waits after attempt {}: {}", claim.id(), claim.attempts(), why);
                postpone(claim, why, nothingWent && pictures.isEmpty());
                yield false;
            }
        };
    }

    private record Opened(byte[] document, List<RecordImage> images) {}

    private record KeptImage(UUID id, String reference) {}

    private record Kept(String reference, List<KeptImage> pictures) {}

    /// What can be opened no more will never be delivered: a person must look, and nobody waits behind it.
    private Optional<Opened> open(Claim claim) {
        try {
            return Optional.of(new Opened(seal.openDocument(claim), images.listOpen(claim.organization(), claim.id())));
        } catch (DestroyedKeyException e) {
            LOG.error("decision {} is sent no second time: the record has acknowledged it", claim.id());
            refuse(
                    claim,
                    "This was delivered once, or withdrawn. Look in the health record before you write it again.");
            return Optional.empty();
        } catch (SealedDataException e) {
            LOG.error("what was signed as decision {} cannot be opened: {}", claim.id(), e.getClass());
            refuse(claim, "What was signed can no longer be opened here. Write the decision again.");
            return Optional.empty();
        }
    }

    /// Pictures first: the decision says that the record has them.
    private static RecordSink.Outcome deliver(RecordSink sink, Claim claim, Opened opened, List<KeptImage> pictures) {
        for (var image : opened.images()) {
            switch (sink.deliverImage(claim.id(), image)) {
                case RecordSink.Outcome.Kept(var reference) -> pictures.add(new KeptImage(image.id(), reference));
                case RecordSink.Outcome.ByHand() -> {}
                case RecordSink.Outcome.Refused refused -> {
                    return refused;
                }
                case RecordSink.Outcome.NotReached away -> {
                    return away;
                }
            }
        }
        return sink.deliver(claim.id(), opened.document());
    }

    private void acknowledge(Claim claim, RecordSink.Kind kind, Kept kept) {
        var now = ground.clock().instant();
        var status = kind == RecordSink.Kind.FHIR ? Status.IN_RECORD : Status.SAVED_TO_FOLDER;
        var releases = kind == RecordSink.Kind.FHIR;
        var go = releases ? now.plus(policies.of(claim.organization()).gracePeriod()) : null;
        var given = new Acknowledgement(kind, status, kept.reference(), now, go);
        ground.writer().write(commit -> {
            if (store.acknowledge(commit.tx(), claim, given)) {
                audit(
                        commit,
                        "decision.acknowledged",
                        claim,
                        details(kind)
                                .put("reference", kept.reference())
                                .put("pictures", kept.pictures().size()));
                keepPictures(commit, claim, kept, releases);
                announcements.announce(commit, claim.id());
            }
            return true;
        });
    }

    /// Only a health record lets a file go.
    private void keepPictures(Commit commit, Claim claim, Kept kept, boolean releases) {
        var byId = kept.pictures().stream().collect(Collectors.toMap(KeptImage::id, KeptImage::reference));
        for (var image : images.list(commit.tx(), claim.id())) {
            var reference = byId.get(image.id());
            if (reference != null) {
                images.kept(commit.tx(), image.id(), reference);
                if (releases) {
                    images.isInRecord(commit, image, reference);
                }
            }
        }
    }

    /// Somebody may have marked it while it was in hand.
    private void handOver(Claim claim) {
        ground.writer().write(commit -> {
            if (store.handOver(commit.tx(), claim)) {
                audit(commit, "decision.to_paste", claim, details(RecordSink.Kind.PASTE));
                announcements.announce(commit, claim.id());
            }
            return true;
        });
        withdrawal.ofMarked(claim.id());
    }

    Acknowledged acknowledged() {
        return acknowledged;
    }

    /// The record's words stay out of the audit log: they may name the patient.
    private void refuse(Claim claim, String reason) {
        var sealed = sealed(claim, reason);
        ground.writer().write(commit -> {
            if (store.refuse(commit.tx(), claim, sealed)) {
                audit(commit, "decision.refused", claim, details(claim.sink()));
                announcements.announce(commit, claim.id());
            }
            return true;
        });
    }

    private byte @Nullable [] sealed(Claim claim, String reason) {
        try {
            return seal.reason(claim.organization(), claim.id(), reason);
        } catch (DestroyedKeyException e) {
            return null;
        }
    }

    /// As [#handOver].
    private void postpone(Claim claim, String why, boolean nothingWent) {
        var next = ground.clock().instant().plus(backoff.after(claim.attempts()));
        var postponed = new OutboxStore.Postponed(sealed(claim, why), nothingWent, next);
        ground.database().write(tx -> {
            store.postpone(tx, claim, postponed);
            return true;
        });
        if (nothingWent) {
            withdrawal.ofMarked(claim.id());
        }
    }

    private void audit(Commit commit, String action, Claim claim, ObjectNode details) {
        details.put("attempts", claim.attempts());
        ground.audit().record(commit, new AuditEntry(action, ACTOR, claim.id().toString(), "", details));
    }

    private static ObjectNode details(RecordSink.Kind kind) {
        return Json.object().put("sink", kind.word());
    }
}
