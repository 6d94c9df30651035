package lanyard.governance.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import lanyard.governance.carerecord.CareRecord;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.EventId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.hold.Holds;

/// Destroys the messages a decision was taken in, once the health record has the decision.
///
/// What could go wrong, all of it for ever: the only copy of a clinical decision is destroyed because the record never
/// had it; evidence is destroyed that a court, an inquiry or a request for information has asked for; a colleague never
/// sees a message that was sent to them; or we say that something is gone which is not.
///
/// The principle that prevents it: nothing is destroyed on what was true a moment ago. Each decision is one deed in one
/// transaction, which locks the decision and the room's holds, asks every question again (acknowledged by reading back?
/// grace over? not queried? not held? delivered to every member? not needed by another decision?), destroys, writes the
/// disposal line, the decision's end and the audit leaf, or does none of it. A crash at any point therefore leaves a
/// decision either untouched or finished, and the next sweep carries on with those that are left.
///
/// What goes: the source messages, their edits and the summary in the conversation. Replies stay: they are messages of
/// their own that no record may have; since Matrix 1.13 they quote nothing
/// (<https://spec.matrix.org/v1.18/client-server-api/#rich-replies>).
public final class Retention implements Feature {
    private static final int PAGE = 50;
    private static final int MOST_A_SWEEP = 1_000;
    private static final String ACTOR = "lanyard.retention";
    private static final String AUTHORITY = "recorded-decision";
    private static final String REASON = "This decision is in the health record";

    private final RetentionGround ground;
    private final CareRecord careRecord;
    private final Holds holds;
    private final Originals originals;
    private final DisposalStore store = new DisposalStore();

    public Retention(RetentionGround ground, CareRecord careRecord, Holds holds, Originals originals) {
        this.ground = ground;
        this.careRecord = careRecord;
        this.holds = holds;
        this.originals = originals;
    }

    /// Looks once at every decision whose grace period is over, a page at a time.
    public void sweep() {
        var now = ground.clock().instant();
        for (var seen = 0; seen < MOST_A_SWEEP; ) {
            var page = ground.database().read(tx -> careRecord.listDueForDisposal(tx, now, PAGE));
            page.forEach(decision -> ground.writer().write(commit -> dispose(commit, decision, now)));
            seen += page.size();
            if (page.size() < PAGE) {
                return;
            }
        }
    }

    /// True when the originals of the decision went.
    boolean dispose(Commit commit, UUID decision, Instant now) {
        var tx = commit.tx();
        var release = careRecord.lockForDisposal(tx, decision, now);
        if (release.isEmpty() || holds.covers(tx, release.get().room())) {
            careRecord.keep(tx, decision, false, now);
            return false;
        }
        var events = eventsOf(release.get());
        if (!originals.areDeliveredToAll(tx, release.get().room(), events)) {
            careRecord.keep(tx, decision, true, now);
            return false;
        }
        destroy(commit, release.get(), events, now);
        return true;
    }

    private static List<EventId> eventsOf(CareRecord.Release release) {
        var events = new ArrayList<EventId>();
        release.sources().forEach(source -> events.add(source.event()));
        events.add(release.summaryEvent());
        return events;
    }

    private void destroy(Commit commit, CareRecord.Release release, List<EventId> events, Instant now) {
        var authority = new DisposalStore.Authority(release.id(), AUTHORITY, release.reference());
        var stored = originals.listWithEdits(commit.tx(), release.room(), events);
        for (var original : stored) {
            store.insert(commit.tx(), release.room(), original, authority, now);
            if (!original.isRedacted()) {
                originals.redactAsService(commit, release.room(), original.event(), REASON);
            }
            originals.prune(commit, release.room(), original.event());
        }
        careRecord.disposed(commit, release.id(), now);
        var details = Json.object()
                .put("room", release.room().value())
                .put("reference", release.reference())
                .put("events", stored.size());
        ground.audit()
                .record(
                        commit,
                        new AuditEntry("originals.disposed", ACTOR, release.id().toString(), "", details));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("retention-sweep", Duration.ofMinutes(1), this::sweep);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Of each message destroyed: its id, room, sender, time and hash, and the decision it went for.",
                "The lines that name the person as sender.",
                "Kept: they prove that destruction was lawful and hold nothing that was said.");
    }
}
