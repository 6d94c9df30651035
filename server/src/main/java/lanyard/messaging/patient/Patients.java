package lanyard.messaging.patient;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import lanyard.messaging.room.Conversation;
import lanyard.messaging.room.RoomKind;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.RoomRegister;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.db.Tx;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.PowerLevels;
import lanyard.standards.nhs.NhsNumber;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.hold.Doomed;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;

/// The organisation's patients, and which conversation is about whom. What could go wrong: a patient's identity leaks
/// into a place that is not sealed, or a conversation is taken to be about somebody else. The principles: identity
/// stands sealed in one table and in answers to members, and nowhere else; and every change of a link counts a version,
/// which whoever signs a decision must name.
public final class Patients implements Feature {
    static final String STATE = "org.lanyard.patient";
    private static final long MODERATOR = 50;

    private final PatientGround ground;
    private final Identity identity;
    private final Rooms rooms;
    private final Timeline timeline;
    private final PatientSeal seal;
    private final PatientStore store = new PatientStore();

    public Patients(PatientGround ground, Identity identity, Timeline timeline, Rooms rooms) {
        this.ground = ground;
        this.identity = identity;
        this.timeline = timeline;
        this.rooms = rooms;
        this.seal = new PatientSeal(ground.keys());
    }

    /// A patient together with what the register calls them. It hides itself.
    public record Registered(PatientId id, Patient patient) {}

    /// Adds a patient to the organisation's register, or corrects the name and birth date of one who is there.
    public PatientId register(String organization, Patient patient) {
        seal.prepare(organization);
        var lookup = seal.lookup(organization, patient.nhsNumber());
        var fresh = PatientId.of(random());
        return ground.writer().write(commit -> {
            var known = store.findByLookup(commit.tx(), organization, lookup);
            var id = known.map(PatientStore.Row::id).orElse(fresh);
            var row = new PatientStore.Row(id, seal.seal(organization, id, patient));
            if (known.isPresent()) {
                store.reseal(commit.tx(), row);
            } else {
                store.insert(
                        commit.tx(), organization, lookup, row, ground.clock().instant());
            }
            return id;
        });
    }

    public Optional<Registered> find(String organization, NhsNumber number) {
        var lookup = seal.lookup(organization, number);
        return ground.database()
                .read(tx -> store.findByLookup(tx, organization, lookup))
                .map(row -> new Registered(row.id(), seal.open(organization, row.id(), row.sealed())));
    }

    /// Every look-up leaves a trace, found or not: a register that answers numbers is worth trying numbers on.
    Registered findPatient(Caller caller, NhsNumber number) {
        var found = find(caller.organization(), number);
        var entry = new AuditEntry(
                found.isPresent() ? "patient.found" : "patient.not_found",
                caller.user().value(),
                found.map(p -> p.id().value()).orElse(""),
                "");
        ground.writer().write(commit -> {
            ground.audit().record(commit, entry);
            return true;
        });
        return found.orElseThrow(() -> new MatrixException(
                ErrorCode.M_NOT_FOUND, "No patient of this organisation has that NHS number. Check it at the source."));
    }

    /// Says that a conversation is about a patient. Linking the same patient again changes nothing.
    void link(Caller caller, RoomId room, PatientId patient) {
        timeline.getRoomOf(caller.user(), room);
        var conversation = rooms.find(room).filter(c -> c.kind() == RoomKind.CLINICAL);
        if (conversation.isEmpty()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "Only a clinical conversation can be about a patient. Open one with these people.");
        }
        ground.writer().write(commit -> {
            requireMayLink(commit, caller, conversation.get());
            var organization = conversation.get().organization();
            if (!organization.equals(caller.organization())
                    || store.find(commit.tx(), organization, patient).isEmpty()) {
                throw new MatrixException(
                        ErrorCode.M_NOT_FOUND, "That patient is not in the register. Find them again.");
            }
            link(commit, room, patient, caller.user());
            return true;
        });
    }

    private void requireMayLink(Commit commit, Caller caller, Conversation conversation) {
        var room = timeline.getRoom(commit, conversation.room());
        var power = PowerLevels.of(room.version(), room).user(caller.user().value());
        var isOwner = conversation.owner().equals(caller.user());
        if (!room.isJoined(caller.user()) || !(isOwner || power >= MODERATOR)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Ask the owner or a moderator of this conversation to link the patient.");
        }
    }

    /// The same without asking who may: for the demonstration and for tests of other features.
    public void link(Commit commit, RoomId room, PatientId patient, UserId by) {
        var before = store.linkedTo(commit.tx(), room);
        if (before.filter(link -> link.patient().equals(patient)).isPresent()) {
            return;
        }
        var link = new PatientLink(patient, before.map(PatientLink::version).orElse(0) + 1);
        store.link(commit.tx(), room, link, by, ground.clock().instant());
        var content =
                Json.object().put("linked", true).put("version", link.version()).put("by", by.value());
        rooms.sendStateAsService(commit, room, STATE, "", content);
        var details = Json.object().put("patient", patient.value()).put("version", link.version());
        before.ifPresent(old -> details.put("before", old.patient().value()));
        ground.audit().record(commit, new AuditEntry("patient.linked", by.value(), room.value(), "", details));
    }

    public Optional<PatientLink> linkedTo(Tx tx, RoomId room) {
        return store.linkedTo(tx, room);
    }

    /// Rooms by every name under which a hold may cover them.
    public Doomed doomed(Tx tx, Collection<RoomId> rooms) {
        return new Doomed(
                Set.copyOf(rooms),
                Set.copyOf(new RoomRegister(timeline).listPeopleEver(tx, rooms)),
                Set.copyOf(store.listEverLinkedTo(tx, rooms)));
    }

    /// Somebody by every name under which a hold may cover what they wrote: their own, and each room they ever were in.
    public Doomed doomed(Tx tx, UserId user) {
        return doomed(tx, new RoomRegister(timeline).listEver(tx, user)).withPeople(Set.of(user));
    }

    /// The rooms that are or once were about a patient.
    public List<RoomId> listRoomsEver(Tx tx, PatientId patient) {
        return store.listRoomsEver(tx, patient);
    }

    public Patient get(Tx tx, String organization, PatientId id) {
        return store.find(tx, organization, id)
                .map(bytes -> seal.open(organization, id, bytes))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "That patient is not in the register."));
    }

    /// What the banner shows to a member. Errors: `M_FORBIDDEN` for everybody else, `M_NOT_FOUND` without a link.
    Banner banner(Caller caller, RoomId room) {
        var organization = timeline.getRoomOf(caller.user(), room).organization();
        return ground.database().read(tx -> {
            var link = linkedTo(tx, room)
                    .orElseThrow(() -> new MatrixException(
                            ErrorCode.M_NOT_FOUND, "This conversation is not linked to a patient."));
            return new Banner(get(tx, organization, link.patient()), link.version());
        });
    }

    record Banner(Patient patient, int version) {}

    /// <https://www.rfc-editor.org/rfc/rfc9562.html#section-5.4>
    private UUID random() {
        var random = ground.random();
        return new UUID((random.nextLong() & ~0xf000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE);
    }

    @Override
    public void routes(Routes routes) {
        new PatientEndpoints(this, identity).addTo(routes);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Name, birth date and NHS number of patients, sealed; which conversation is linked to whom, by whom.",
                "The patient's row, opened, and the rooms linked to it.",
                "The row is removed when no room and no decision refers to it; for a whole organisation the key"
                        + " patient/<organisation> is destroyed.");
    }
}
