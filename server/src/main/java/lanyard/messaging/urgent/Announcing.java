package lanyard.messaging.urgent;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import lanyard.messaging.room.Conversation;
import lanyard.messaging.room.RoomKind;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.urgent.Course.Terms;
import lanyard.messaging.urgent.Urgency.Progress;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.IntNode;

/// Says that something is urgent.
///
/// What could go wrong: everything is urgent, and so nothing is; or a stranger makes phones ring. So only members
/// announce, to colleagues of their own organisation, and each only so often: the refusal says what to do instead.
final class Announcing {
    private static final Set<Integer> TIMES = Set.of(5, 15, 30);
    private static final int MOST_PEOPLE = 20;
    private static final int MOST_BROADCAST = 500;
    private static final int LONGEST_REQUEST = 100;
    private static final int ID_BYTES = 10;

    /// How often somebody may.
    private record Limit(int most, Duration within, String refusal) {}

    private static final Limit URGENT = new Limit(
            10,
            Duration.ofMinutes(10),
            "You have sent ten urgent messages in ten minutes. Pass on one that waits, or use the phone or the bleep.");
    private static final Limit BROADCAST = new Limit(
            5,
            Duration.ofHours(1),
            "You have asked everybody to acknowledge five times in an hour. Send an ordinary message.");

    private final UrgentParts parts;
    private final UrgentStore store;
    private final Finding finding;
    private final Course course;
    private final Consumer<Urgency> announced;

    Announcing(UrgentParts parts, UrgentStore store, Finding finding, Course course, Consumer<Urgency> announced) {
        this.parts = parts;
        this.store = store;
        this.finding = finding;
        this.course = course;
        this.announced = announced;
    }

    /// @param users empty with a role, and for a broadcast to everybody in the conversation
    record Order(
            Caller caller,
            String request,
            RoomId room,
            boolean broadcast,
            List<UserId> users,
            Optional<String> role,
            int replyMinutes) {}

    /// The same request answers the same. Errors: `M_FORBIDDEN` for who is not in the conversation, in a social one,
    /// and for somebody of another organisation; `M_INVALID_PARAM`, `M_NOT_FOUND`, `M_LIMIT_EXCEEDED`,
    /// `ORG_LANYARD_NOT_REACHABLE`, `ORG_LANYARD_REVIEW_DUE` in an archived one.
    Urgency announce(Order order) {
        var sender = order.caller().user();
        var before = parts.ground().database().read(tx -> store.findByRequest(tx, sender, order.request()));
        if (before.isPresent()) {
            return before.get();
        }
        var room = parts.conversations().timeline().getRoomOf(sender, order.room());
        check(order);
        parts.conversations().membership().mustBeOpen(room);
        var whom = whom(order, room);
        finding.requireOwn(room, whom);
        var urgency = urgency(order);
        var terms = course.terms(urgency);
        var started = order.broadcast()
                ? urgency
                : urgency.with(urgency.progress()
                        .ringingAt(urgency.sentTs() + terms.repeat().toMillis()));
        return parts.ground().writer().write(commit -> begin(commit, order, started, whom, terms));
    }

    private void check(Order order) {
        var kind = parts.conversations().rooms().find(order.room()).map(Conversation::kind);
        if (kind.filter(RoomKind.SOCIAL::equals).isPresent()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "Nothing urgent goes through a social conversation. Open a clinical or operational one for it.");
        }
        if (order.request().isBlank() || order.request().length() > LONGEST_REQUEST) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "request_id has 1 to " + LONGEST_REQUEST + " characters.");
        }
        if (!order.broadcast() && !TIMES.contains(order.replyMinutes())) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Ask for an answer within 5, 15 or 30 minutes.");
        }
    }

    private Whom whom(Order order, RoomState room) {
        var sender = order.caller().user();
        var organization = order.caller().organization();
        if (order.broadcast()) {
            return broadcast(order, room);
        }
        if (order.role().isPresent()) {
            return finding.role(organization, order.role().get(), sender);
        }
        var people = finding.people(organization, order.users(), sender);
        requireSome(people.rung().size() + people.quiet().size(), MOST_PEOPLE);
        return people;
    }

    /// Members only, and it changes nothing for who is off duty: nobody has to answer at once.
    private Whom broadcast(Order order, RoomState room) {
        var members = parts.conversations().rooms().people(room).stream()
                .filter(user -> !user.equals(order.caller().user()))
                .toList();
        var users = order.users().isEmpty() ? members : order.users();
        if (!members.containsAll(users)) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "Everybody of whom you want it acknowledged must be in the conversation.");
        }
        requireSome(users.size(), MOST_BROADCAST);
        return new Whom(Optional.empty(), users.stream().distinct().toList(), List.of());
    }

    private static void requireSome(int people, int most) {
        if (people < 1 || people > most) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Choose 1 to " + most + " colleagues for this.");
        }
    }

    private Urgency urgency(Order order) {
        var bytes = new byte[ID_BYTES];
        parts.ground().random().nextBytes(bytes);
        var now = parts.now();
        var due = now + Duration.ofMinutes(order.replyMinutes()).toMillis();
        return new Urgency(
                HexFormat.of().formatHex(bytes),
                order.caller().organization(),
                order.room(),
                order.caller().user(),
                order.broadcast(),
                Optional.empty(),
                0,
                now,
                order.replyMinutes(),
                new Progress(Standing.WAITING, 1, due, Optional.empty()));
    }

    private Urgency begin(Commit commit, Order order, Urgency urgency, Whom whom, Terms terms) {
        // Two copies of a retried request may have waited side by side.
        var before = store.findByRequest(commit.tx(), urgency.sender(), order.request());
        if (before.isPresent()) {
            return before.get();
        }
        requireNotTooOften(commit, urgency);
        store.add(commit.tx(), urgency, order.request());
        var begun = course.begin(commit, urgency, whom, terms);
        course.tell(commit, begun);
        commit.afterCommit(() -> announced.accept(begun));
        return begun;
    }

    private void requireNotTooOften(Commit commit, Urgency urgency) {
        var limit = urgency.broadcast() ? BROADCAST : URGENT;
        var since = urgency.sentTs() - limit.within().toMillis();
        if (store.count(commit.tx(), urgency.sender(), urgency.broadcast(), since) >= limit.most()) {
            throw new MatrixException(ErrorCode.M_LIMIT_EXCEEDED, limit.refusal())
                    .with("retry_after_ms", IntNode.valueOf((int) limit.within().toMillis()));
        }
    }
}
