package lanyard.governance.misdirection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lanyard.governance.misdirection.Misdirection.End;
import lanyard.governance.misdirection.Misdirection.Message;
import lanyard.governance.misdirection.Misdirection.Reader;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.StoredEvent;
import lanyard.messaging.timeline.StoredEvents;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// A message went to the wrong person. Its author says so; it is hidden, and a case lists who had read it.
///
/// What could go wrong: the message is hidden and nobody can say any more who saw it, so that a breach cannot be
/// judged.
/// So the list is taken and the message hidden in one transaction, and the list says what the server knew then and no
/// more: a phone that had fetched the message may show it without a network until it next asks.
public final class Misdirections implements Feature {
    private static final Duration WITHIN = Duration.ofDays(1);
    private static final String SHOWN_REASON = "Sent to the wrong person";
    private static final byte[] ASSOCIATED = "misdirection".getBytes(StandardCharsets.UTF_8);

    private final MisdirectionParts parts;
    private final StoredEvents events;
    private final MisdirectionStore store = new MisdirectionStore();

    public Misdirections(MisdirectionParts parts) {
        this.parts = parts;
        this.events = new StoredEvents(parts.conversations().timeline());
    }

    /// Hides the message and opens a case; the same message is the same case. Errors: `M_FORBIDDEN` for somebody else's
    /// message or outside the room, `M_NOT_FOUND`, `M_BAD_STATE` after a day.
    Misdirection report(Caller caller, RoomId room, EventId event, String why) {
        var timeline = parts.conversations().timeline();
        timeline.getRoomOf(caller.user(), room);
        // What was read a moment ago is in nobody's list before it is durable.
        parts.conversations().marks().flush();
        var month = YearMonth.from(now().atOffset(ZoneOffset.UTC)).toString();
        var sealed = parts.ground().keys().key(key(month)).seal(why.getBytes(StandardCharsets.UTF_8), ASSOCIATED);
        var id = "%016x%016x"
                .formatted(
                        parts.ground().random().nextLong(),
                        parts.ground().random().nextLong());
        return parts.ground().writer().write(commit -> {
            var before = store.findOf(commit.tx(), room, event);
            if (before.isPresent()) {
                return required(before.get().message().author().equals(caller.user()), before.get());
            }
            var state = timeline.getRoom(commit, room);
            var message = message(commit, state, caller, event);
            var told = new Misdirection(
                    id,
                    caller.organization(),
                    new Message(room, event, caller.user(), Instant.ofEpochMilli(message.timestamp())),
                    now(),
                    readers(state, message),
                    Optional.empty());
            store.add(commit.tx(), told, new MisdirectionStore.Sealed(month, sealed));
            hide(commit, state, message);
            var details = Json.object().put("room", room.value()).put("event", event.value());
            audit(commit, "misdirection.reported", caller.user(), id, details);
            return told;
        });
    }

    private static Misdirection required(boolean own, Misdirection known) {
        if (!own) {
            throw notYours();
        }
        return known;
    }

    private static MatrixException notYours() {
        return new MatrixException(
                ErrorCode.M_FORBIDDEN,
                "Only who wrote a message can take it back like this. Report it to information governance.");
    }

    private StoredEvent message(Commit commit, RoomState room, Caller caller, EventId id) {
        var message = events.find(commit.tx(), room, id)
                .filter(found -> !found.isState() && room.maySee(caller.user(), found.seq()))
                .orElseThrow(() ->
                        new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such message in this conversation."));
        if (!message.sender().equals(caller.user())) {
            throw notYours();
        }
        if (Instant.ofEpochMilli(message.timestamp()).plus(WITHIN).isBefore(now())) {
            throw new MatrixException(
                    ErrorCode.M_BAD_STATE,
                    "That message is more than a day old. Tell information governance, who can still see who read it.");
        }
        return message;
    }

    /// With its edits, in the organisation's name. What the author took back before is hidden already.
    private void hide(Commit commit, RoomState room, StoredEvent message) {
        var organization = parts.conversations().rooms().organization(room);
        var by = new StoredEvents.Redactor(organization.serviceUser(), SHOWN_REASON);
        events.listWithEdits(commit.tx(), room, List.of(message.id())).stream()
                .filter(one -> !one.isRedacted() && !one.isPruned())
                .forEach(one -> events.redact(commit, room.id(), one.id(), by));
    }

    /// Everybody who could see it, then or now, but its author and the organisation's own users.
    private List<Reader> readers(RoomState room, StoredEvent message) {
        var organization = parts.conversations().rooms().organization(room);
        var apart = Set.of(message.sender(), organization.serviceUser(), organization.custodian());
        return room.membersChangedAfter(0)
                .filter(user -> !apart.contains(user))
                .filter(user -> room.membershipAt(user, message.seq()).equals("join")
                        || (room.isJoined(user) && room.maySee(user, message.seq())))
                .sorted(Comparator.comparing(UserId::value))
                .map(user -> reader(room.id(), user, message.seq()))
                .toList();
    }

    /// What its author may know: a reading that its reader shows to everybody. What could go wrong: reporting a
    /// message becomes a way to see what somebody chose not to show. So anybody else is said to have it on a phone,
    /// and the time is that of what is shown.
    Reader asItsAuthorSees(Misdirection told, Reader reader) {
        var message = told.message();
        var openly = parts.conversations()
                .marks()
                .readOpenlyAt(message.room(), reader.user(), message.event())
                .filter(_ -> reader.readAt().isPresent());
        return new Reader(reader.user(), openly, reader.deliveredAt().or(reader::readAt));
    }

    private Reader reader(RoomId room, UserId user, long seq) {
        var known = parts.conversations().marks().known(room, user, seq);
        return new Reader(user, known.readBy(), known.deliveredBy());
    }

    /// The newest first.
    List<Misdirection> list(String organization, int limit) {
        return parts.ground().database().read(tx -> store.list(tx, organization, limit));
    }

    /// Errors: `M_NOT_FOUND`.
    Misdirection get(String organization, String id) {
        return parts.ground()
                .database()
                .read(tx -> store.find(tx, organization, id))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such case."));
    }

    /// What the author gave as the reason; empty when its month has been destroyed.
    String whyOf(Misdirection known) {
        var sealed = parts.ground().database().read(tx -> store.why(tx, known.id()));
        try {
            return parts.ground()
                    .keys()
                    .find(key(sealed.month()))
                    .map(key -> new String(key.open(sealed.why(), ASSOCIATED), StandardCharsets.UTF_8))
                    .orElse("");
        } catch (DestroyedKeyException e) {
            return "";
        }
    }

    /// Errors: `M_BAD_STATE` when somebody has closed it.
    void close(Caller caller, Misdirection known, String outcome) {
        parts.ground().writer().write(commit -> {
            if (!store.close(commit.tx(), known.id(), new End(outcome, caller.user(), now()))) {
                throw new MatrixException(ErrorCode.M_BAD_STATE, "Somebody has closed this case already.");
            }
            var details = Json.object().put("outcome", outcome);
            audit(commit, "misdirection.closed", caller.user(), known.id(), details);
            return true;
        });
    }

    private void audit(Commit commit, String action, UserId by, String id, ObjectNode details) {
        parts.trust().audit().record(commit, new AuditEntry(action, by.value(), id, "", details));
    }

    static KeyName key(String month) {
        return new KeyName("misdirection-month", month);
    }

    private Instant now() {
        return parts.ground().clock().instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public void routes(Routes routes) {
        new MisdirectionEndpoints(this, parts).addTo(routes);
        new MisdirectionPages(this, parts).addTo(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("misdirection-sweep", Duration.ofHours(6), new MisdirectionDisposal(parts)::sweep);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Which message somebody said they had sent to the wrong person, why, and who had read it by then.",
                "The cases that the person reported, and that they are listed in one as a reader.",
                "A case goes six years after its month, and the key of the month, which takes the reason, with its last.");
    }
}
