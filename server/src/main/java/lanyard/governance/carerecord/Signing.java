package lanyard.governance.carerecord;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import lanyard.messaging.patient.PatientId;
import lanyard.messaging.patient.PatientLink;
import lanyard.messaging.patient.Patients;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.StoredEvent;
import lanyard.messaging.timeline.StoredEvents;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.fhir.HumanName;
import lanyard.standards.fhir.Identifier;
import lanyard.standards.fhir.Organization;
import lanyard.standards.fhir.Patient;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;

/// Makes the document of a decision and puts it, sealed, into the outbox: what was signed is what is sent, whoever is
/// renamed in the meantime.
final class Signing {
    private static final String REDACTION = "m.room.redaction";
    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(5);

    private final CareRecordGround ground;
    private final CareRecordSettings settings;
    private final Identity identity;
    private final Patients patients;
    private final Timeline timeline;
    private final Rooms rooms;
    private final StoredEvents events;
    private final OutboxSeal seal;
    private final DecisionImages images;
    private final DecisionStore store = new DecisionStore();

    Signing(CareRecordGround ground, CareRecordSettings settings, CareRecord.Others others) {
        this.ground = ground;
        this.settings = settings;
        this.identity = others.identity();
        this.patients = others.patients();
        this.timeline = others.timeline();
        this.rooms = others.rooms();
        this.events = new StoredEvents(others.timeline());
        this.seal = new OutboxSeal(ground.keys());
        this.images = new DecisionImages(ground, others.timeline());
    }

    /// What can be found out before the writer is asked.
    record Draft(
            UUID id,
            NewDecision asked,
            Caller caller,
            Clinician author,
            Clinician decider,
            Optional<Clinician> adviser,
            Organization custodian,
            List<Clinician> others,
            Instant now) {
        @Override
        public String toString() {
            return "Draft[" + id + "]";
        }
    }

    Draft prepare(Caller caller, NewDecision asked) {
        var now = ground.clock().instant();
        if (asked.decided().isAfter(now.plus(CLOCKS_MAY_DIFFER))) {
            throw invalid("A decision cannot have been taken in the future. Check the time.");
        }
        var id = id();
        seal.prepare(id);
        return new Draft(
                id,
                asked,
                caller,
                clinician(caller.user()),
                clinician(asked.decider()),
                asked.adviser().map(user -> adviser(caller, user)),
                custodian(caller),
                settings.communications() ? others(caller, asked.room()) : List.of(),
                now);
    }

    /// Everybody in the conversation but the author, in the order of their user ids.
    private List<Clinician> others(Caller caller, RoomId room) {
        return rooms.people(timeline.getRoom(room)).stream()
                .filter(user -> !user.equals(caller.user()))
                .filter(user -> identity.people().find(user).isPresent())
                .sorted(Comparator.comparing(UserId::value))
                .map(this::clinician)
                .toList();
    }

    /// The organisation as a document names it.
    Organization custodian(Caller caller) {
        var organization = identity.organizations().get(caller.organization());
        return new Organization(
                List.of(new Identifier(Identifier.ODS_ORGANIZATION_CODE, organization.odsCode())), organization.name());
    }

    /// A random UUID, <https://www.rfc-editor.org/rfc/rfc9562.html#section-5.4>.
    UUID id() {
        var random = ground.random();
        return new UUID((random.nextLong() & ~0xf000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE);
    }

    private Clinician adviser(Caller caller, UserId user) {
        var organization = identity.organizations().get(caller.organization());
        var isService = user.equals(organization.serviceUser()) || user.equals(organization.custodian());
        if (isService || identity.people().find(user).isEmpty()) {
            throw invalid("Choose who advised from the directory.");
        }
        return clinician(user);
    }

    Clinician clinician(UserId user) {
        var person = identity.people()
                .find(user)
                .orElseThrow(() -> invalid("The person who decided must be a member of this conversation."));
        return new Clinician(
                user, person.displayName(), person.role(), person.professionalBody(), person.registration());
    }

    /// Errors: `M_FORBIDDEN`, `M_BAD_STATE`, `M_INVALID_PARAM`.
    void sign(Commit commit, Draft draft) {
        var tx = commit.tx();
        var asked = draft.asked();
        var room = timeline.getRoom(commit, asked.room());
        checkPeople(room, draft);
        var link = checkPatient(tx, asked);
        asked.follows().ifPresent(earlier -> checkReplaced(tx, room, link, earlier));
        store.lockSharing(tx, asked.sources());
        var sources = sources(tx, room, draft);
        var summary = summary(tx, room, draft);
        checkPictures(room, asked);
        var patient = patient(tx, draft.caller().organization(), link.patient());
        var pictures = new Pictures(patient, images.sign(tx, draft, patient));
        var document = document(draft, pictures, sources, told(room, draft, summary, sources));
        var sealed = seal.document(draft.id(), Json.bytes(document.bundle().toJson()));
        store.insert(
                tx,
                new DecisionStore.Written(
                        draft.id(),
                        asked,
                        room.organization(),
                        link.patient(),
                        draft.caller().user(),
                        asked.follows().isPresent() ? EntryKind.REPLACEMENT : EntryKind.DECISION,
                        Optional.empty(),
                        settings.sinkOf().apply(room.organization()).kind(),
                        draft.now(),
                        sealed,
                        sources));
    }

    private record Pictures(Patient patient, List<DecisionImages.Named> named) {}

    /// The document says that the record has the pictures: where people copy words, it would not.
    private void checkPictures(RoomState room, NewDecision asked) {
        if (!asked.images().isEmpty()
                && settings.sinkOf().apply(room.organization()).kind() == RecordSink.Kind.PASTE) {
            throw invalid("Here people copy the words into the record. Put the picture there yourself as well.");
        }
    }

    /// The room's controller must be the author's organisation: its record is where the decision goes.
    private void checkPeople(RoomState room, Draft draft) {
        var people = rooms.people(room);
        if (!people.contains(draft.caller().user())) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You are not in this conversation.");
        }
        if (!room.organization().equals(draft.caller().organization())) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "This conversation belongs to another organisation's record.");
        }
        if (!people.contains(draft.asked().decider())) {
            throw invalid("The person who decided must be a member of this conversation.");
        }
    }

    private PatientLink checkPatient(Tx tx, NewDecision asked) {
        var link = patients.linkedTo(tx, asked.room())
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_BAD_STATE, "Link the patient first: a decision is recorded about somebody."));
        if (asked.patientVersion().filter(seen -> seen != link.version()).isPresent()) {
            throw new MatrixException(
                    ErrorCode.M_BAD_STATE, "Another patient was linked meanwhile. Check the patient and sign again.");
        }
        return link;
    }

    /// Only what the record has can be replaced, about the same patient, and once.
    private void checkReplaced(Tx tx, RoomState room, PatientLink link, UUID id) {
        var earlier = store.lock(tx, id)
                .filter(found -> found.room().equals(room.id()) && found.kind().isDecision())
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such decision."));
        requireStanding(earlier);
        if (!earlier.status().isSent()) {
            throw new MatrixException(
                    ErrorCode.M_BAD_STATE, "Only a decision that is in the record can be replaced. Wait until it is.");
        }
        if (!earlier.patient().equals(link.patient())) {
            throw new MatrixException(
                    ErrorCode.M_BAD_STATE,
                    "That decision is about another patient. Mark it as entered in error and sign a new one.");
        }
    }

    /// Errors: `M_BAD_STATE` when something took its place or withdrew it before.
    static void requireStanding(Decision decision) {
        if (decision.correction().isPresent() || decision.status() == Status.WITHDRAWN) {
            throw new MatrixException(
                    ErrorCode.M_BAD_STATE, "That decision has been replaced or marked as entered in error already.");
        }
    }

    private List<Decision.Source> sources(Tx tx, RoomState room, Draft draft) {
        var sources = new ArrayList<Decision.Source>();
        for (var event : draft.asked().sources()) {
            var message = message(tx, room, draft, event);
            sources.add(new Decision.Source(event, message.sender(), message.sha256()));
        }
        return sources;
    }

    private StoredEvent summary(Tx tx, RoomState room, Draft draft) {
        var summary = message(tx, room, draft, draft.asked().summaryEvent());
        if (!summary.sender().equals(draft.caller().user())) {
            throw invalid("The summary in the conversation must be your own message.");
        }
        return summary;
    }

    private Optional<Told> told(RoomState room, Draft draft, StoredEvent summary, List<Decision.Source> sources) {
        if (!settings.communications()) {
            return Optional.empty();
        }
        var people = Set.copyOf(rooms.people(room));
        var told = draft.others().stream()
                .filter(one -> people.contains(one.user()) && room.maySee(one.user(), summary.seq()))
                .toList();
        var tookPart = new HashSet<>(Set.of(draft.decider().user()));
        draft.adviser().ifPresent(adviser -> tookPart.add(adviser.user()));
        sources.forEach(source -> tookPart.add(source.sender()));
        return Optional.of(Told.of(Instant.ofEpochMilli(summary.timestamp()), told, tookPart));
    }

    private StoredEvent message(Tx tx, RoomState room, Draft draft, EventId event) {
        var message = events.find(tx, room, event)
                .filter(found -> !found.isState() && !found.type().equals(REDACTION))
                .filter(found -> room.maySee(draft.caller().user(), found.seq()))
                .orElseThrow(() -> invalid("One of the messages is not in this conversation."));
        if (message.isRedacted() || message.isPruned()) {
            throw invalid("One of the messages has been deleted. Choose those that are still there.");
        }
        return message;
    }

    private DecisionDocument document(
            Draft draft, Pictures pictures, List<Decision.Source> sources, Optional<Told> told) {
        var asked = draft.asked();
        return new DecisionDocument(
                draft.id(),
                asked.follows().isPresent() ? EntryKind.REPLACEMENT : EntryKind.DECISION,
                asked.follows(),
                settings.documentType(),
                pictures.patient(),
                draft.author(),
                draft.decider(),
                draft.adviser(),
                draft.custodian(),
                asked.summary(),
                asked.decided(),
                draft.now(),
                sources.stream()
                        .map(source -> new DecisionDocument.Source(asked.room(), source.event(), source.sha256()))
                        .toList(),
                pictures.named(),
                told);
    }

    Patient patient(Tx tx, String organization, PatientId id) {
        var patient = patients.get(tx, organization, id);
        return new Patient(
                List.of(new Identifier(
                        Identifier.NHS_NUMBER, patient.nhsNumber().value())),
                new HumanName(patient.name()),
                patient.birthDate());
    }

    private static MatrixException invalid(String sentence) {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, sentence);
    }
}
