package lanyard.messaging.timeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import lanyard.platform.stream.Position;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.RoomVersion;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.AuthState;
import lanyard.standards.matrix.rules.StateKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A room as of its newest event. Immutable: a new event makes a new one.
public final class RoomState implements AuthState {
    private static final String VISIBILITY = "m.room.history_visibility";
    private static final String WORLD_READABLE = "world_readable";
    private static final StateKey CREATE = new StateKey("m.room.create", "");

    private final RoomHead head;
    private final Map<StateKey, StateEvent> state;
    private final Map<String, List<Span>> memberships;
    private final List<Span> visibility;
    /// Worked out when first asked for, and handed on by every event that changes no membership.
    private volatile @Nullable Members members;

    private record Members(List<UserId> joined, long lastChange) {}

    RoomState(
            RoomHead head,
            Map<StateKey, StateEvent> state,
            Map<String, List<Span>> memberships,
            List<Span> visibility) {
        this.head = head;
        this.state = state;
        this.memberships = memberships;
        this.visibility = visibility;
    }

    static RoomState empty(RoomHead head) {
        return new RoomState(head, Map.of(), Map.of(), List.of());
    }

    public RoomId id() {
        return head.id();
    }

    public RoomVersion version() {
        return head.version();
    }

    public String organization() {
        return head.organization();
    }

    RoomHead head() {
        return head;
    }

    /// The newest event's place in the room, counted from 1.
    public long seq() {
        return head.seq();
    }

    /// The newest event's place.
    public Place place() {
        return new Place(head.seq(), head.notices());
    }

    /// The newest event.
    public EventId newest() {
        return Objects.requireNonNull(head.event());
    }

    public Position last() {
        return head.last();
    }

    public Optional<StateEvent> state(StateKey key) {
        return Optional.ofNullable(state.get(key));
    }

    public Collection<StateEvent> allState() {
        return state.values();
    }

    @Override
    public Optional<ObjectNode> event(String type, String stateKey) {
        return state(new StateKey(type, stateKey)).map(StateEvent::pdu);
    }

    /// Its id is kept beside it.
    @Override
    public RoomId madeBy(ObjectNode create, RoomVersion version) {
        return state(CREATE)
                .map(kept -> new RoomId("!" + kept.id().value().substring(1)))
                .orElseGet(() -> AuthState.super.madeBy(create, version));
    }

    public String membership(UserId user) {
        return state(StateKey.member(user.value()))
                .flatMap(member -> Optional.ofNullable(member.content().get("membership")))
                .map(value -> value.stringValue())
                .orElse("leave");
    }

    public boolean isJoined(UserId user) {
        return membership(user).equals("join");
    }

    public Stream<UserId> joined() {
        return members().joined().stream();
    }

    private Members members() {
        var known = members;
        if (known == null) {
            var lastChange = memberships.values().stream()
                    .mapToLong(spans -> spans.getLast().seq())
                    .max()
                    .orElse(0);
            known = new Members(withMembership("join").toList(), lastChange);
            members = known;
        }
        return known;
    }

    public Stream<UserId> withMembership(String membership) {
        return state.entrySet().stream()
                .filter(entry -> entry.getKey().type().equals(StateKey.MEMBER))
                .filter(entry -> entry.getValue()
                        .content()
                        .path("membership")
                        .asString("")
                        .equals(membership))
                .map(entry -> new UserId(entry.getKey().stateKey()));
    }

    /// Whether `user` may see the event at `seq`.
    /// <https://spec.matrix.org/v1.18/client-server-api/#server-behaviour-5>
    public boolean maySee(UserId user, long seq) {
        var spans = memberships.getOrDefault(user.value(), List.of());
        var now = Span.at(spans, seq, "leave");
        var was = Span.before(spans, seq, "leave");
        return visibleAs(Span.at(visibility, seq, "shared"), spans, seq, now)
                || visibleAs(Span.before(visibility, seq, "shared"), spans, seq, was)
                || ReadingBack.ranges(this, user).stream().anyMatch(back -> back.covers(seq));
    }

    private static boolean visibleAs(String visibility, List<Span> spans, long seq, String membership) {
        if (membership.equals("join") || visibility.equals(WORLD_READABLE)) {
            return true;
        }
        return switch (visibility) {
            case "shared" ->
                spans.stream().anyMatch(span -> span.seq() > seq && span.value().equals("join"));
            case "invited" -> membership.equals("invite");
            default -> false;
        };
    }

    /// What the person was in the room just after the event at `seq`.
    public String membershipAt(UserId user, long seq) {
        return Span.at(memberships.getOrDefault(user.value(), List.of()), seq, "leave");
    }

    /// Where events end that the person may see: for one who is no longer in the room, their own leaving.
    public long lastSeqFor(UserId user) {
        var spans = memberships.getOrDefault(user.value(), List.of());
        return isJoined(user) || spans.isEmpty() || wasOpenToAll()
                ? seq()
                : spans.getLast().seq();
    }

    private boolean wasOpenToAll() {
        return visibility.stream().anyMatch(span -> span.value().equals(WORLD_READABLE));
    }

    /// Whether somebody who was never in the room may look in.
    public boolean isOpenToAll() {
        return !visibility.isEmpty() && visibility.getLast().value().equals(WORLD_READABLE);
    }

    /// Whether the person is or was in the room.
    public boolean wasJoined(UserId user) {
        return memberships.getOrDefault(user.value(), List.of()).stream()
                .anyMatch(span -> span.value().equals("join"));
    }

    /// The same as `maySee`, for all events at once, so that a query can be told.
    List<Range> visibleTo(UserId user) {
        var places = new TreeSet<Long>(List.of(1L));
        Stream.concat(memberships.getOrDefault(user.value(), List.of()).stream(), visibility.stream())
                .forEach(span -> {
                    places.add(span.seq());
                    places.add(span.seq() + 1);
                });
        ReadingBack.ranges(this, user).stream()
                .filter(back -> back.to() < Long.MAX_VALUE)
                .forEach(back -> places.addAll(List.of(back.from(), back.to() + 1)));
        var ranges = new ArrayList<Range>();
        for (var from : places) {
            var next = places.higher(from);
            var to = next == null ? seq() : next - 1;
            if (from <= to && maySee(user, from)) {
                ranges.add(new Range(from, to));
            }
        }
        return ranges;
    }

    /// Whose membership changed after `seq`.
    public Stream<UserId> membersChangedAfter(long seq) {
        if (members().lastChange() <= seq) {
            return Stream.empty();
        }
        return memberships.entrySet().stream()
                .filter(entry -> entry.getValue().getLast().seq() > seq)
                .map(entry -> new UserId(entry.getKey()));
    }

    /// Where the person's membership last changed; 0 when it never was.
    public long lastMembershipSeq(UserId user) {
        var spans = memberships.getOrDefault(user.value(), List.of());
        return spans.isEmpty() ? 0 : spans.getLast().seq();
    }

    /// Where the person's present stay began; empty when they are not joined.
    Optional<Span> presentStay(UserId user) {
        @Nullable Span stay = null;
        for (var span : memberships.getOrDefault(user.value(), List.of())) {
            if (!span.value().equals("join")) {
                stay = null;
            } else if (stay == null) {
                stay = span;
            }
        }
        return Optional.ofNullable(stay);
    }

    /// The place in the room where the person's present stay began; 0 when they are not joined.
    public long joinedSince(UserId user) {
        return presentStay(user).map(Span::seq).orElse(0L);
    }

    RoomState with(RoomHead newHead, EventId id, ObjectNode pdu) {
        if (!pdu.has("state_key")) {
            var next = new RoomState(newHead, state, memberships, visibility);
            next.members = members;
            return next;
        }
        var key =
                new StateKey(pdu.get("type").stringValue(), pdu.get("state_key").stringValue());
        var newState = new HashMap<>(state);
        newState.put(key, new StateEvent(id, newHead.seq(), pdu));
        var newMemberships = memberships;
        var newVisibility = visibility;
        if (key.type().equals(StateKey.MEMBER)) {
            newMemberships = new HashMap<>(memberships);
            newMemberships.put(
                    key.stateKey(),
                    Span.and(
                            memberships.getOrDefault(key.stateKey(), List.of()),
                            new Span(newHead.seq(), spanValue(pdu).orElse("leave"), newHead.notices())));
        } else if (key.type().equals(VISIBILITY)) {
            newVisibility =
                    Span.and(visibility, new Span(newHead.seq(), spanValue(pdu).orElse("shared"), newHead.notices()));
        }
        return new RoomState(newHead, newState, newMemberships, newVisibility);
    }

    /// What a member or visibility event says, kept beside its interval so that history can be judged without the
    /// event.
    static Optional<String> spanValue(ObjectNode pdu) {
        var field = switch (pdu.get("type").stringValue()) {
            case StateKey.MEMBER -> "membership";
            case VISIBILITY -> "history_visibility";
            default -> "";
        };
        return Optional.ofNullable(pdu.get("content").get(field))
                .filter(value -> value.isString())
                .map(value -> value.stringValue());
    }
}
