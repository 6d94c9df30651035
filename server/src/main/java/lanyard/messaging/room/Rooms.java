package lanyard.messaging.room;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
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
    /// The state event in which a room says what the organisation knows of it.
    public static final String STATE = "org.lanyard.room";

    private final RoomParts parts;
    private final RoomStore store = new RoomStore();
    private final Members members;
    private final Joining joining;
    private final Aliases aliases;
    private final RoomClosing closing;
    private final LeaversRooms leavers;
    private volatile Optional<Function<Conversation, ObjectNode>> lifetime = Optional.empty();
    private volatile MembershipRules rules = MembershipRules.NONE;
    private volatile Predicate<UserId> askedByNobody = user -> false;
    private volatile StartingGate starting = (person, organization, kind) -> {};

    public Rooms(RoomParts parts) {
        this.parts = parts;
        this.members = new Members(parts.timeline(), parts.people(), door());
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
        return before.orElseGet(() -> {
            starting.check(order.owner(), order.organization(), order.kind());
            return parts.writer().write(commit -> create(commit, order));
        });
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
                now + rules.reviewEvery(order.organization(), order.kind()).toMillis(),
                Optional.empty(),
                ReviewStanding.CURRENT);
        var builder = new RoomBuilder(parts.timeline(), members, commit, order, organization);
        var room = builder.build(plan);
        var conversation = plan.in(room);
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

    /// A colleague to whom an encrypted message can arrive. Errors: `M_FORBIDDEN`, `ORG_LANYARD_NOT_REACHABLE`.
    public Person reachable(String organization, UserId user) {
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

    private Members.Door door() {
        return new Members.Door() {
            @Override
            public void before(RoomId room, String membership) {
                closing.mustBeOpen(room, membership);
            }

            @Override
            public void after(Commit commit, MemberChange change) {
                rules.changed(commit, change);
            }
        };
    }

    /// From now on whoever begins a conversation passes `gate`.
    public void beginBy(StartingGate gate) {
        starting = gate;
    }

    /// From now on membership is as `ours` has it.
    public void ruledBy(MembershipRules ours) {
        rules = ours;
    }

    /// From now on nobody is asked into a room who does not want to be.
    public void askNobody(Predicate<UserId> who) {
        askedByNobody = who;
    }

    /// What the organisation decides is not asked here: it adds its people without an invitation. Errors:
    /// `M_INVITE_BLOCKED`.
    void mustBeAskable(UserId guest) {
        if (askedByNobody.test(guest)) {
            throw new MatrixException(
                    ErrorCode.M_INVITE_BLOCKED, "That person does not take invitations. Speak to them first.");
        }
    }

    MembershipRules rules() {
        return rules;
    }

    /// Joins a colleague by the organisation's word, asked in by `by`, who needs the power to invite. Errors:
    /// `M_FORBIDDEN`.
    public void admit(Commit commit, RoomId room, UserId by, UserId colleague) {
        members.add(commit, room, by, colleague);
    }

    /// Ends a membership in the organisation's name; everybody in the room reads why. False when they were not inside.
    public boolean takeOut(Commit commit, RoomId id, UserId member, String reason) {
        var room = parts.timeline().getRoom(commit, id);
        return members.takeOut(commit, room, organization(room).serviceUser(), member, reason)
                .isPresent();
    }

    /// Writes what has changed of a conversation; those `told` are mentioned in the room's event, which reminds them
    /// in any app.
    public void update(Commit commit, Conversation changed, Collection<UserId> told) {
        store.update(commit.tx(), changed);
        var face = changed.face();
        if (!told.isEmpty()) {
            var mentioned = face.putObject("m.mentions").putArray("user_ids");
            told.forEach(user -> mentioned.add(user.value()));
        }
        sendStateAsService(commit, changed.room(), STATE, "", face);
    }

    /// Conversations whose review is further behind than they were told, but for those that an administrator has
    /// closed: for each standing, the review date up to which it is over.
    public List<Conversation> listBehind(Map<ReviewStanding, Long> limits, int most) {
        return listBehind(limits, new RoomStore.Some(Optional.empty(), most));
    }

    /// The same of one organisation.
    public List<Conversation> listBehind(String organization, Map<ReviewStanding, Long> limits, int most) {
        return listBehind(limits, new RoomStore.Some(Optional.of(organization), most));
    }

    private List<Conversation> listBehind(Map<ReviewStanding, Long> limits, RoomStore.Some some) {
        var standings = limits.keySet().stream().map(ReviewStanding::word).toArray(String[]::new);
        var dates = limits.values().stream().mapToLong(Long::longValue).toArray();
        return parts.database().read(tx -> store.listBehind(tx, standings, dates, some));
    }

    public Optional<Conversation> find(Commit commit, RoomId room) {
        return store.find(commit.tx(), room);
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

    public List<Conversation> list(UserId user) {
        var rooms = parts.timeline().memberships().joined(user).toList();
        return parts.database().read(tx -> store.list(tx, rooms));
    }

    public Map<RoomId, Conversation> byRoom(List<RoomId> rooms) {
        return parts.database().read(tx -> byRoom(tx, rooms));
    }

    public Map<RoomId, Conversation> byRoom(Tx tx, List<RoomId> rooms) {
        return store.list(tx, rooms).stream()
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
