package lanyard.messaging.membership;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.messaging.timeline.ReadingBack;
import lanyard.messaging.timeline.RoomState;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.PowerLevels;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Person;
import tools.jackson.databind.node.ObjectNode;

/// How colleagues come into a conversation: one at a time with a reason, or by a ward's team or a rota, never as a
/// pasted list (G27). Whoever has another employer needs somebody who answers for them and an end.
final class Adding {
    static final int LONGEST_REASON = 200;

    private final MembershipParts parts;
    private final MemberStore store = new MemberStore();
    private final List<Function<String, Stream<UserId>>> rotas = new CopyOnWriteArrayList<>();

    Adding(MembershipParts parts) {
        this.parts = parts;
    }

    record Wish(List<UserId> people, String reason, Way way, Optional<Long> untilTs, Optional<UserId> sponsor) {}

    /// Who is on call in an organisation, for suggestions and for what may be added by rota.
    void rota(Function<String, Stream<UserId>> onCall) {
        rotas.add(onCall);
    }

    Set<UserId> onRota(String organization) {
        return rotas.stream().flatMap(rota -> rota.apply(organization)).collect(Collectors.toSet());
    }

    /// Errors: `M_FORBIDDEN` for who may not add or cannot be added, `M_INVALID_PARAM`, `M_MISSING_PARAM`,
    /// `ORG_LANYARD_NOT_REACHABLE`, `ORG_LANYARD_REVIEW_DUE`.
    void add(Caller caller, RoomId id, Wish wish) {
        var room = parts.timeline().getRoomOf(caller.user(), id);
        mayAdd(room, caller.user());
        Admittance.mustBeOpen(room);
        var people = wish.people().stream()
                .map(user -> parts.rooms().reachable(room.organization(), user))
                .toList();
        check(room, wish, people);
        var order = new Order(
                caller.user(), wish, parts.now() - readsBack(room, wish.way()).toMillis());
        parts.writer().write(commit -> {
            people.forEach(person -> add(commit, id, person, order));
            return id;
        });
    }

    /// Whoever is on call takes over what was said before they came; others read from joining on.
    private Duration readsBack(RoomState room, Way way) {
        return way == Way.ROTA
                ? parts.rooms()
                        .find(room.id())
                        .map(conversation -> parts.trust()
                                .policies()
                                .of(room.organization())
                                .roomKind(conversation.kind().word())
                                .onCallReads())
                        .orElse(Duration.ZERO)
                : Duration.ZERO;
    }

    private void mayAdd(RoomState room, UserId by) {
        var levels = PowerLevels.of(room.version(), room);
        if (levels.user(by.value()) < levels.invite()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Only the owner and the deputy of this conversation add people. Ask them.");
        }
    }

    private void check(RoomState room, Wish wish, List<Person> people) {
        var rules = parts.trust().policies().of(room.organization()).everyday();
        if (people.isEmpty() || people.size() > rules.mostAddedAtOnce()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "Add 1 to " + rules.mostAddedAtOnce() + " people at once, each with care.");
        }
        switch (wish.way()) {
            case ONE -> {
                if (people.size() > 1) {
                    throw new MatrixException(
                            ErrorCode.M_INVALID_PARAM,
                            "Add people one at a time, each with a reason, or a ward's team.");
                }
            }
            case WARD -> {
                var wards = people.stream().map(Person::ward).distinct().toList();
                if (wards.size() > 1 || wards.getFirst().isEmpty()) {
                    throw new MatrixException(
                            ErrorCode.M_INVALID_PARAM, "A ward's team is people of one ward. Look at the list again.");
                }
            }
            case ROTA -> {
                var onRota = onRota(room.organization());
                if (!people.stream().map(Person::id).allMatch(onRota::contains)) {
                    throw new MatrixException(
                            ErrorCode.M_INVALID_PARAM, "Somebody you chose is on no rota now. Look at the list again.");
                }
            }
        }
        checkEnd(room, wish, people, rules.outsidersAtMost());
    }

    private void checkEnd(RoomState room, Wish wish, List<Person> people, Duration longest) {
        var now = parts.now();
        if (wish.untilTs().filter(until -> until <= now).isPresent()) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The end date has passed. Choose a later one.");
        }
        if (people.stream().noneMatch(Person::isOutsider)) {
            return;
        }
        if (wish.way() != Way.ONE) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "Somebody you chose works for another employer. Add them one at a time, with a sponsor and an end"
                            + " date.");
        }
        if (wish.untilTs().isEmpty() || wish.sponsor().isEmpty()) {
            throw new MatrixException(
                    ErrorCode.M_MISSING_PARAM,
                    "That person works for another employer. Say who sponsors them and until when.");
        }
        if (wish.untilTs().get() > now + longest.toMillis()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "Somebody of another employer can be a member for at most " + longest.toDays() + " days.");
        }
        var sponsor = wish.sponsor().get();
        if (!parts.rooms().people(room).contains(sponsor)
                || parts.identity().people().get(sponsor).isOutsider()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "A sponsor is a member of the conversation who works for this organisation.");
        }
    }

    /// A wish that was looked at, whose it is, and from when on those read who come by it.
    private record Order(UserId by, Wish wish, long readsFromTs) {}

    private void add(Commit commit, RoomId room, Person person, Order order) {
        var wish = order.wish();
        var by = order.by();
        if (parts.timeline().getRoom(commit, room).isJoined(person.id())) {
            return;
        }
        parts.rooms().admit(commit, room, by, person.id());
        var ward = wish.way() == Way.WARD ? person.ward() : "";
        var row = new MemberRow(
                room, person.id(), by, parts.now(), wish.reason(), wish.way(), ward, wish.untilTs(), wish.sponsor());
        store.put(commit.tx(), row);
        var details = Json.object()
                .put("member", person.id().value())
                .put("by", wish.way().word());
        wish.untilTs().ifPresent(until -> details.put("until_ts", until));
        wish.sponsor().ifPresent(sponsor -> details.put("sponsor", sponsor.value()));
        readBack(commit, room, person.id(), order.readsFromTs(), details);
        var entry = new AuditEntry("room.member_added", by.value(), room.value(), wish.reason(), details);
        parts.trust().audit().record(commit, entry);
    }

    /// Joins somebody who is on call, in the organisation's name; whoever is inside already stays as they are.
    /// Errors: `M_FORBIDDEN` for who works for another employer.
    void addOnCall(Commit commit, RoomId id, UserId person, String reason, long readsFromTs) {
        var room = parts.timeline().getRoom(commit, id);
        if (room.isJoined(person)) {
            return;
        }
        if (parts.identity().people().find(person).filter(Person::isOutsider).isPresent()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "That person works for another employer. Add them with a sponsor and an end date first.");
        }
        var by = parts.rooms().serviceUser(commit, id);
        parts.rooms().admit(commit, id, by, person);
        var row = new MemberRow(id, person, by, parts.now(), reason, Way.ROTA, "", Optional.empty(), Optional.empty());
        store.put(commit.tx(), row);
        var details = Json.object().put("member", person.value()).put("by", Way.ROTA.word());
        readBack(commit, id, person, readsFromTs, details);
        var entry = new AuditEntry("room.member_added", by.value(), id.value(), reason, details);
        parts.trust().audit().record(commit, entry);
    }

    private void readBack(Commit commit, RoomId id, UserId person, long fromTs, ObjectNode details) {
        if (fromTs >= parts.now()) {
            return;
        }
        details.put("reads_from_ts", fromTs);
        var key = ReadingBack.key(person);
        new ReadingBack(parts.timeline())
                .from(commit, id, fromTs)
                .ifPresent(said -> parts.rooms().sendStateAsService(commit, id, key.type(), key.stateKey(), said));
    }
}
