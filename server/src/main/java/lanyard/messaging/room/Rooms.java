package lanyard.messaging.room;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import lanyard.messaging.timeline.Draft;
import lanyard.messaging.timeline.OwnTypes;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.TimelineEvent;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.db.Tx;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Organization;
import lanyard.trust.identity.Person;
import tools.jackson.databind.node.ObjectNode;

/// Rooms: how they begin, what kind they are, who is in them. Owns the table `conversation`.
public final class Rooms implements Feature {
    static final int MOST_MEMBERS_AT_ONCE = 30;

    private final RoomParts parts;
    private final RoomStore store = new RoomStore();
    private final Members members;
    private final Joining joining;
    private final Aliases aliases;
    private final RoomClosing closing;
    private final LeaversRooms leavers;
    private volatile Optional<Function<Conversation, ObjectNode>> lifetime = Optional.empty();

    public Rooms(RoomParts parts) {
        this.parts = parts;
        this.members = new Members(parts.timeline(), parts.people(), this::mustBeOpen);
        this.joining = new Joining(parts.timeline(), members);
        this.aliases = new Aliases(parts);
        this.closing = new RoomClosing(parts, members, aliases);
        this.leavers = new LeaversRooms(parts, members);
    }

    @Override
    public void routes(Routes routes) {
        new RoomEndpoints(this, parts).addTo(routes);
        new MembershipEndpoints(this, parts).addTo(routes);
        new StateEndpoints(this, parts).addTo(routes);
        new ConversationEndpoints(this, parts).addTo(routes);
        new AliasEndpoints(this, parts).addTo(routes);
        new RoomDirectoryEndpoints(this, parts).addTo(routes);
        new SpaceEndpoints(this, parts).addTo(routes);
        new UpgradeEndpoints(this, parts).addTo(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("leavers-rooms", Duration.ofSeconds(15), leavers::takeOut);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Which rooms a person is or was in, who added them and why; which rooms they own.",
                "Through a disclosure case: membership with its dates.",
                "With the room's stubs, when its retention ends.");
    }

    /// Starts a room. The same request of the same owner answers the same room. Errors: `M_FORBIDDEN`.
    RoomId create(RoomOrder order) {
        var before = order.request().flatMap(request -> findByRequest(order.owner(), request));
        return before.orElseGet(() -> parts.writer().write(commit -> create(commit, order)));
    }

    private Optional<RoomId> findByRequest(UserId owner, String request) {
        return parts.database()
                .read(tx -> store.findByRequest(tx, owner, request).map(Conversation::room));
    }

    private RoomId create(Commit commit, RoomOrder order) {
        // Two copies of a retried request may have waited side by side.
        var before = order.request().flatMap(request -> store.findByRequest(commit.tx(), order.owner(), request));
        if (before.isPresent()) {
            return before.get().room();
        }
        if (parts.conformance() && order.request().isEmpty()) {
            return createAsCaller(commit, order);
        }
        var organization = parts.identity().organizations().get(order.organization());
        var now = parts.clock().millis();
        var plan = new Conversation(
                new RoomId("!pending"),
                order.organization(),
                order.kind(),
                order.purpose(),
                order.owner(),
                now,
                now + Duration.ofDays(order.kind().reviewDays()).toMillis());
        var builder = new RoomBuilder(parts.timeline(), members, commit, order, organization);
        var room = builder.build(plan);
        var conversation = new Conversation(
                room, plan.organization(), plan.kind(), plan.purpose(), plan.owner(), now, plan.reviewTs());
        store.add(commit.tx(), conversation, order.request());
        lifetime.ifPresent(said -> sendStateAsService(commit, room, OwnTypes.RETENTION, "", said.apply(conversation)));
        var details = Json.object()
                .put("kind", order.kind().word())
                .put("members", order.guests().members().size());
        audit(commit, new AuditEntry("room.created", order.owner().value(), room.value(), "", details));
        return room;
    }

    /// Conformance and load tests only: a room that is the caller's alone, without the organisation.
    RoomId createAsCaller(Commit commit, RoomOrder order) {
        var builder = new CallersRoomBuilder(parts.timeline(), members, commit, order);
        var room = builder.begin();
        order.shape().alias().ifPresent(alias -> aliases.add(commit, order.owner(), alias, room));
        builder.furnish(room);
        if (order.shape().published()) {
            aliases.publish(commit, room, true);
        }
        var details = Json.object().put("as_caller", true);
        audit(commit, new AuditEntry("room.created", order.owner().value(), room.value(), "", details));
        return room;
    }

    void audit(Commit commit, AuditEntry entry) {
        parts.audit().record(commit, entry);
    }

    /// Adds a colleague at once. Errors: `M_FORBIDDEN` for somebody without the power to invite, or of another
    /// organisation; `ORG_LANYARD_NOT_REACHABLE`.
    void addColleague(RoomId room, UserId by, UserId colleague, String reason) {
        var organization = parts.timeline().getRoomOf(by, room).organization();
        reachable(organization, colleague);
        parts.writer().write(commit -> {
            if (!parts.timeline().getRoom(commit, room).isJoined(colleague)) {
                members.add(commit, room, by, colleague);
                var details = Json.object().put("member", colleague.value());
                audit(commit, new AuditEntry("room.member_added", by.value(), room.value(), reason, details));
            }
            return room;
        });
    }

    /// A colleague to whom an encrypted message can arrive. Errors: `M_FORBIDDEN`, `ORG_LANYARD_NOT_REACHABLE`.
    Person reachable(String organization, UserId user) {
        var person = parts.people()
                .find(user)
                .filter(found -> found.organization().equals(organization))
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_FORBIDDEN, "That person is not in your organisation's directory."));
        if (!person.reachable()) {
            throw new MatrixException(
                    ErrorCode.ORG_LANYARD_NOT_REACHABLE,
                    person.displayName()
                            + " has not signed in yet and could not read this. Use another way to reach them.");
        }
        return person;
    }

    private void mustBeOpen(RoomId room, String membership) {
        closing.mustBeOpen(room, membership);
    }

    /// How administrators end a room.
    public RoomClosing closing() {
        return closing;
    }

    Members members() {
        return members;
    }

    Joining joining() {
        return joining;
    }

    Aliases aliases() {
        return aliases;
    }

    public Optional<Conversation> find(RoomId room) {
        return parts.database().read(tx -> store.find(tx, room));
    }

    /// Those that began after that one, in the order in which they began; from the start with 0 and no room.
    public List<Conversation> listAfter(Tx tx, long createdTs, String room, int most) {
        return store.listAfter(tx, createdTs, room, most);
    }

    /// What a new room says from birth of how long its messages live.
    public void keptFor(Function<Conversation, ObjectNode> said) {
        lifetime = Optional.of(said);
    }

    List<Conversation> list(UserId user) {
        var rooms = parts.timeline().memberships().joined(user).toList();
        return parts.database().read(tx -> store.list(tx, rooms));
    }

    public Map<RoomId, Conversation> byRoom(List<RoomId> rooms) {
        return parts.database().read(tx -> store.list(tx, rooms)).stream()
                .collect(Collectors.toMap(Conversation::room, conversation -> conversation));
    }

    /// Writes a state event in the organisation's name. Governance features say in rooms what they have done with it.
    public TimelineEvent sendStateAsService(
            Commit commit, RoomId room, String type, String stateKey, ObjectNode content) {
        return parts.timeline()
                .append(commit, Draft.state(room, serviceUser(commit, room), new StateKey(type, stateKey), content));
    }

    public UserId serviceUser(Commit commit, RoomId room) {
        var state = parts.timeline().getRoom(commit, room);
        var service = organization(state).serviceUser();
        if (!state.isJoined(service)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "This room was made without the organisation, for tests. Start a conversation in Lanyard for this.");
        }
        return service;
    }

    public Organization organization(RoomState room) {
        return parts.identity().organizations().get(room.organization());
    }

    /// The people of a room: its members without the organisation's service user and the records custodian.
    public List<UserId> people(RoomState room) {
        var organization = organization(room);
        return room.joined()
                .filter(user -> !user.equals(organization.serviceUser()) && !user.equals(organization.custodian()))
                .toList();
    }
}
