package lanyard.governance.retention;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lanyard.messaging.room.Conversation;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Identity;
import tools.jackson.databind.node.ObjectNode;

/// "Retention" in `docs/api.md`, and what Matrix clients ask:
/// <https://github.com/matrix-org/matrix-spec-proposals/pull/1763>.
final class RetentionEndpoints {
    private static final int MOST_LISTED = 1_000;
    private static final String ROOM = "/_lanyard/v1/rooms/{roomId}/retention";
    private static final String DISPOSALS = "/_lanyard/v1/disposals";
    private static final String CERTIFICATES = "/_lanyard/v1/certificates";

    private final Retention retention;
    private final RetentionGround ground;
    private final Identity identity;
    private final Rooms rooms;
    private final Timeline timeline;
    private final RoomRetentionStore store = new RoomRetentionStore();
    private final OrderStore orders = new OrderStore();

    RetentionEndpoints(
            Retention retention, RetentionGround ground, Retention.Conversations conversations, Identity identity) {
        this.retention = retention;
        this.ground = ground;
        this.identity = identity;
        this.rooms = conversations.rooms();
        this.timeline = conversations.timeline();
    }

    void addTo(Routes routes) {
        routes.add(
                "GET /_matrix/client/unstable/org.matrix.msc1763/retention/configuration",
                this::getRetentionConfiguration);
        routes.add("GET " + ROOM, this::getRoomRetention);
        routes.add("PUT " + ROOM, this::chooseRetention);
        routes.add("GET " + DISPOSALS, this::listDisposals);
        routes.add("GET " + DISPOSALS + "/{orderId}", this::getCertificate);
        routes.add("GET " + CERTIFICATES, this::listCertificates);
        routes.add("GET " + CERTIFICATES + "/{certificateId}", this::getOtherCertificate);
        routes.add("POST " + DISPOSALS + "/{orderId}/call-off", this::callOffDisposal);
        routes.add("GET /_lanyard/v1/retention/worklist", this::listRetentionWork);
        routes.add("POST /_lanyard/v1/files/{mediaId}/not-needed", this::releaseFile);
    }

    private Reply getRetentionConfiguration(Exchange x) {
        var caller = identity.caller(x);
        var reply = Json.object();
        var policies = reply.putObject("policies");
        var schedule = retention.schedule();
        var longest = Schedule.kinds().stream()
                .map(kind -> schedule.keep(caller.organization(), kind))
                .max(java.time.Duration::compareTo)
                .orElseThrow();
        policies.putObject("*").put("max_lifetime", longest.toMillis());
        var joined = timeline.memberships().joined(caller.user()).toList();
        rooms.byRoom(joined)
                .values()
                .forEach(room -> policies.set(
                        room.room().value(),
                        schedule.lifetime(room.organization(), room.kind().word())));
        return Reply.json(reply);
    }

    /// A member's, or the records manager's. Errors: `M_FORBIDDEN`, also for a room that is not there.
    private Conversation room(Caller caller, RoomId id) {
        return rooms.find(id)
                .filter(room -> room.organization().equals(caller.organization()))
                .filter(room -> timeline.findRoom(id)
                                .filter(state -> state.isJoined(caller.user()))
                                .isPresent()
                        || identity.duties().of(caller.user()).contains(Duty.RECORDS))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_FORBIDDEN, "You are not in this conversation."));
    }

    private Reply getRoomRetention(Exchange x) {
        var caller = identity.caller(x);
        var room = room(caller, new RoomId(x.param("roomId")));
        var keep = retention.schedule().keep(room.organization(), room.kind().word());
        var reply = Json.object()
                .put("kind", room.kind().word())
                .put("keep_days", keep.toDays())
                .put("asks", false);
        ground.database().read(tx -> store.find(tx, room.room())).ifPresent(known -> {
            reply.put("asks", known.askedTs() != null && known.choice() == null);
            reply.put("oldest_ts", known.oldest().toEpochMilli());
            reply.put("goes_ts", known.oldest().plus(keep).toEpochMilli());
            reply.put("untransferred", known.untransferred());
            Optional.ofNullable(known.choice()).ifPresent(choice -> reply.put("choice", choice));
            Optional.ofNullable(known.chosenBy()).ifPresent(by -> reply.put("chosen_by", by));
            Optional.ofNullable(known.chosenTs()).ifPresent(ts -> reply.put("chosen_ts", ts));
        });
        var list = reply.putArray("disposals");
        ground.database()
                .read(tx -> orders.listOf(tx, room.room(), MOST_LISTED))
                .forEach(order -> list.add(retention.certificates().line(order)));
        return Reply.json(reply);
    }

    private Reply chooseRetention(Exchange x) {
        var caller = identity.caller(x);
        var body = x.body();
        var choice = Choice.of(Json.text(body, "choice"));
        retention.choices().choose(caller, new RoomId(x.param("roomId")), choice, events(body));
        return Reply.empty();
    }

    private static List<EventId> events(ObjectNode body) {
        var events = new ArrayList<EventId>();
        Json.optionalArray(body, "event_ids")
                .ifPresent(list -> list.forEach(event -> {
                    if (!event.isString()) {
                        throw new MatrixException(ErrorCode.M_BAD_JSON, "event_ids must be a list of event ids.");
                    }
                    events.add(new EventId(event.stringValue()));
                }));
        return events.stream().distinct().toList();
    }

    private Caller records(Exchange x) {
        var caller = identity.caller(x);
        identity.duties().require(caller, Duty.RECORDS, Duty.INFORMATION_GOVERNANCE, Duty.DATA_PROTECTION_OFFICER);
        return ground.looked(caller, x.path());
    }

    private Reply listDisposals(Exchange x) {
        var caller = records(x);
        var reply = Json.object();
        var list = reply.putArray("disposals");
        ground.database()
                .read(tx -> orders.list(tx, caller.organization(), MOST_LISTED))
                .forEach(order -> list.add(retention.certificates().line(order)));
        return Reply.json(reply);
    }

    private Order order(Caller caller, String id) {
        return ground.database()
                .read(tx -> orders.find(tx, id))
                .filter(order -> order.organization().equals(caller.organization()))
                .orElseThrow(Marking::notFound);
    }

    private Reply getCertificate(Exchange x) {
        var caller = records(x);
        return Reply.json(retention.certificates().certificate(order(caller, x.param("orderId"))));
    }

    /// The schedule's too, which say so by their `order_id`.
    private Reply listCertificates(Exchange x) {
        var caller = records(x);
        var reply = Json.object();
        var list = reply.putArray("certificates");
        retention.certificates().list(caller.organization(), MOST_LISTED).forEach(list::add);
        return Reply.json(reply);
    }

    private Reply getOtherCertificate(Exchange x) {
        var caller = records(x);
        var id = x.param("certificateId");
        var all = retention.certificates();
        return Reply.json(all.find(caller.organization(), id)
                .map(all::certificate)
                .orElseGet(() -> all.certificate(order(caller, id))));
    }

    private Reply callOffDisposal(Exchange x) {
        var caller = identity.caller(x);
        identity.duties().require(caller, Duty.RECORDS);
        var id = order(caller, x.param("orderId")).id();
        var reason = Json.text(x.body(), "reason");
        ground.writer().write(commit -> retention.marking().callOff(commit, id, caller.user(), reason));
        return Reply.empty();
    }

    private Reply listRetentionWork(Exchange x) {
        var caller = records(x);
        var reply = Json.object();
        var list = reply.putArray("rooms");
        var schedule = retention.schedule();
        for (var known : ground.database().read(tx -> store.listWaiting(tx, caller.organization()))) {
            var keep = schedule.keep(known.organization(), known.kind());
            var entry = list.addObject()
                    .put("room_id", known.room().value())
                    .put("kind", known.kind())
                    .put("why", known.choice() == null ? "unanswered" : "untransferred")
                    .put("messages", known.untransferred())
                    .put("goes_ts", known.oldest().plus(keep).toEpochMilli())
                    .put(
                            "overdue",
                            !known.oldest().plus(keep).isAfter(ground.clock().instant()));
            rooms.find(known.room())
                    .ifPresent(room ->
                            entry.put("owner_user_id", room.owner().value()).put("purpose", room.purpose()));
        }
        var files = reply.putArray("files");
        retention
                .releases()
                .listWaiting(caller.organization())
                .forEach(file -> files.addObject()
                        .put("media_id", file.media())
                        .put("owner_user_id", file.owner().value())
                        .put("uploaded_ts", file.uploaded().toEpochMilli()));
        return Reply.json(reply);
    }

    private Reply releaseFile(Exchange x) {
        var caller = identity.caller(x);
        retention.releases().notNeeded(caller, x.param("mediaId"), Json.text(x.body(), "reason"));
        return Reply.empty();
    }
}
