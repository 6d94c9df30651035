package lanyard.governance.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import lanyard.governance.carerecord.CareRecord;
import lanyard.governance.carerecord.Delay;
import lanyard.governance.carerecord.Release;
import lanyard.governance.custodian.Forgetting;
import lanyard.messaging.admin.FileEnd;
import lanyard.messaging.admin.RoomEnd;
import lanyard.messaging.media.Media;
import lanyard.messaging.patient.Patients;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.ReadMarks;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.StoredEvent;
import lanyard.messaging.timeline.StoredEvents;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.jobs.Turns;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.console.Console;
import lanyard.trust.hold.Holds;
import lanyard.trust.identity.Identity;
import lanyard.trust.policy.Policies;

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
    private static final int MOST_A_SWEEP = 1_000;
    private static final String ACTOR = "lanyard.retention";
    private static final String AUTHORITY = "recorded-decision";
    private static final String REASON = "This decision is in the health record";

    private final RetentionGround ground;
    private final CareRecord careRecord;
    private final Holds holds;
    private final Patients patients;
    private final Rooms rooms;
    private final Timeline timeline;
    private final ReadMarks marks;
    private final StoredEvents events;
    private final Identity identity;
    private final Schedule schedule;
    private final RoomsKnown known;
    private final Marking marking;
    private final Destruction destruction;
    private final Disposed disposed;
    private final Choices choices;
    private final Certificates certificates;
    private final Conversations conversations;
    private Optional<Console> console = Optional.empty();
    private final FileExpiry files;
    private final FileReleases releases;
    private final MonthExpiry months;
    private final KeyExpiry keys;
    private final AwaitedFiles awaitedFiles;
    private final DisposalStore store = new DisposalStore();
    private final CertificateStore certified = new CertificateStore();

    public Retention(RetentionGround ground, Others others, Conversations conversations) {
        this.ground = ground;
        this.careRecord = others.careRecord();
        this.holds = others.holds();
        this.identity = others.identity();
        this.patients = conversations.patients();
        this.rooms = conversations.rooms();
        this.timeline = conversations.timeline();
        this.marks = conversations.marks();
        this.events = new StoredEvents(timeline);
        this.schedule = new Schedule(others.policies());
        var organizations = identity.organizations();
        var fileKeeping = new FileKeeping(holds, schedule, conversations);
        this.awaitedFiles = new AwaitedFiles(timeline, conversations.media(), fileKeeping);
        var keeping = new Keeping(holds, patients, careRecord, awaitedFiles);
        this.known = new RoomsKnown(ground, conversations, organizations, schedule);
        this.marking = new Marking(ground, timeline, organizations, schedule, keeping);
        this.keys = new KeyExpiry(ground, timeline, schedule, keeping);
        this.disposed = new Disposed(ground, timeline, keys, schedule);
        this.destruction = new Destruction(ground, timeline, keeping, disposed, schedule);
        this.choices = new Choices(ground, conversations, identity.duties(), known);
        this.certificates =
                new Certificates(ground, rooms, new Places(ground, others, conversations, schedule, keeping));
        this.conversations = conversations;
        this.releases = new FileReleases(ground, identity, conversations);
        this.files = new FileExpiry(ground, schedule, fileKeeping, conversations.media());
        this.months = new MonthExpiry(ground, organizations, others.forgetting());
        rooms.keptFor(room -> schedule.lifetime(room.organization(), room.kind().word()));
    }

    /// The features that retention asks.
    public record Others(
            CareRecord careRecord, Holds holds, Policies policies, Identity identity, Forgetting forgetting) {}

    /// The parts of messaging that the sweep acts on.
    public record Conversations(Timeline timeline, Rooms rooms, ReadMarks marks, Patients patients, Media media) {}

    /// Before anybody is served: what was destroyed goes again, should a restored backup have brought it back. Answers
    /// how many messages that were.
    public long destroyAgain() {
        var again = disposed.destroyAgain();
        careRecord.acknowledgeAgain();
        return again;
    }

    /// Once: looks around, asks, marks, and destroys what is due. Answers how many messages went by retention. A
    /// conversation that fails keeps nothing else back. No key of a month goes before what went is listed, or past
    /// rooms that could not be met.
    public long expire() {
        known.lookAround();
        var turns = new Turns();
        var went = new AtomicLong();
        turns.take(marking::mark);
        turns.take(() -> went.set(destruction.carryOut()));
        disposed.writeDown();
        turns.take(() -> files.carryOut(identity.organizations()));
        turns.take(months::carryOut);
        turns.take(keys::carryOut);
        turns.end();
        return went.get();
    }

    /// Before routes are added: the pages for those who look after records.
    public void shownIn(Console pages) {
        console = Optional.of(pages);
    }

    /// What administrators ask before they end a room.
    public RoomEnd roomEnd() {
        return new RoomEnding(careRecord, holds, patients);
    }

    /// What administrators ask before they destroy a file: what the schedule asks.
    public FileEnd fileEnd() {
        return (tx, file) -> files.whyKept(tx, file).map(FileKeeping.Why::sentence);
    }

    /// Looks once at every decision whose grace period is over.
    public void sweep() {
        var now = ground.clock().instant();
        for (var seen = 0; seen < MOST_A_SWEEP; seen++) {
            var decision = ground.database().write(tx -> careRecord.nextDueForDisposal(tx, now));
            if (decision.isEmpty()) {
                return;
            }
            ground.writer().write(commit -> dispose(commit, decision.get(), now));
        }
    }

    /// True when the originals of the decision went.
    boolean dispose(Commit commit, UUID decision, Instant now) {
        var tx = commit.tx();
        holds.keepOut(tx);
        var release = careRecord.lockForDisposal(tx, decision, now);
        if (release.isEmpty()) {
            careRecord.keep(tx, decision, Delay.NONE);
            return false;
        }
        var room = timeline.getRoom(commit, release.get().room());
        var originals = events.listWithEdits(tx, room, named(release.get()));
        var held = holds.standing(tx, patients.doomed(tx, List.of(room.id())));
        if (originals.stream().anyMatch(original -> held.covers(Instant.ofEpochMilli(original.timestamp())))) {
            careRecord.keep(tx, decision, Delay.NONE);
            return false;
        }
        if (!areDelivered(room, originals)) {
            careRecord.keep(tx, decision, Delay.UNDELIVERED);
            return false;
        }
        var sources =
                release.get().sources().stream().map(Release.Original::event).collect(Collectors.toSet());
        var left = originals.stream()
                .filter(original -> sources.contains(original.id()) && !original.isPruned())
                .toList();
        if (awaitedFiles.areCarried(tx, room.id(), left)) {
            careRecord.keep(tx, decision, Delay.FILE);
            return false;
        }
        destroy(commit, release.get(), originals, now);
        return true;
    }

    private static List<EventId> named(Release release) {
        var events = new ArrayList<EventId>();
        release.sources().forEach(source -> events.add(source.event()));
        events.add(release.summaryEvent());
        return events;
    }

    private boolean areDelivered(RoomState room, List<StoredEvent> originals) {
        var organization = rooms.organization(room);
        var nobody = Set.of(organization.serviceUser(), organization.custodian());
        var last = originals.stream().mapToLong(StoredEvent::seq).max();
        return last.isEmpty() || marks.deliveredToAll(room, nobody, last.getAsLong());
    }

    private void destroy(Commit commit, Release release, List<StoredEvent> originals, Instant now) {
        var authority = new DisposalStore.Authority(release.id().toString(), AUTHORITY, release.reference());
        var by = new StoredEvents.Redactor(rooms.serviceUser(commit, release.room()), REASON);
        var gone = new ArrayList<Long>();
        var tally = Tally.NOTHING;
        var left = originals.stream()
                .filter(one -> !one.isPruned())
                .sorted(Comparator.comparingLong(StoredEvent::seq))
                .toList();
        for (var original : left) {
            tally = tally.with(original.id(), original.sha256(), original.timestamp());
            store.insert(
                    commit.tx(), new DisposalStore.Line(release.room(), original, tally.messages()), authority, now);
            if (!original.isRedacted()) {
                events.redact(commit, release.room(), original.id(), by);
            }
            events.prune(commit, release.room(), original.id());
            gone.add(original.seq());
        }
        disposed.note(commit.tx(), release.id().toString(), release.room(), gone);
        careRecord.disposed(commit, release.id(), now);
        certify(commit, release, tally, now);
    }

    private void certify(Commit commit, Release release, Tally tally, Instant now) {
        var details = Json.object()
                .put("room", release.room().value())
                .put("reference", release.reference())
                .put("events", tally.messages())
                .put("lines_sha256", HexFormat.of().formatHex(tally.chain()));
        var id = release.id().toString();
        var leaf = OrderStore.Leaf.of(
                ground.audit(), commit, new AuditEntry("originals.disposed", ACTOR, id, "", details));
        var certificate = new Certificate(
                id,
                Certificate.Kind.DECISION,
                release.organization(),
                release.room(),
                AUTHORITY,
                release.reference(),
                tally,
                now,
                ACTOR);
        certified.add(commit.tx(), certificate, leaf, null);
    }

    /// One step of a disposal that is due: for tests of what a crash leaves.
    int step(String order) {
        return step(order, Integer.MAX_VALUE);
    }

    /// A step of at most so many messages.
    int step(String order, int most) {
        return destruction.step(order, new Destruction.Bounds(ground.clock().instant(), most));
    }

    Schedule schedule() {
        return schedule;
    }

    Marking marking() {
        return marking;
    }

    Choices choices() {
        return choices;
    }

    FileExpiry files() {
        return files;
    }

    FileReleases releases() {
        return releases;
    }

    /// Notes, in the deed in which the health record's acknowledgement is kept, that it has a file itself: only
    /// then may the file go. A file that somebody has released before stays as it is.
    public void fileIsInRecord(Commit commit, String media, UserId by, String reference) {
        releases.inRecord(commit, media, by, reference);
    }

    Certificates certificates() {
        return certificates;
    }

    @Override
    public void routes(Routes routes) {
        new RetentionEndpoints(this, ground, conversations, identity).addTo(routes);
        var names = new HoldNames(ground, holds, conversations, identity);
        new HoldEndpoints(names, identity).addTo(routes);
        console.ifPresent(shown -> {
            var view = new CertificateView(rooms, identity.people());
            new RetentionPages(this, ground, rooms, identity, view).addTo(shown, routes);
            new SchedulePages(schedule).addTo(shown, routes);
            new FilePages(files, ground, view).addTo(shown, routes);
            new HoldPages(names, view).addTo(shown, routes);
        });
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("retention-sweep", Duration.ofMinutes(1), this::sweep);
        jobs.every("retention-expire", Duration.ofMinutes(1), this::expire);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Of each message destroyed: its id, room, sender, time and hash, and what it went for; what owners of"
                        + " clinical conversations answered before their first disposal, and who called one off.",
                "The lines that name the person as sender, the answers they gave.",
                "Kept: they prove that destruction was lawful and hold nothing that was said.");
    }
}
