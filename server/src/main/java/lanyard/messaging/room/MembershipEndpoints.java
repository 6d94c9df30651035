package lanyard.messaging.room;

import java.util.Collection;
import java.util.Set;
import lanyard.messaging.timeline.History;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.RoomView;
import lanyard.messaging.timeline.StateEvent;
import lanyard.messaging.timeline.StateFormat;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.trust.audit.AuditEntry;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#room-membership>
final class MembershipEndpoints {
    private static final String ROOM = "/_matrix/client/v3/rooms/{roomId}/";
    private static final Set<String> GONE = Set.of("leave", "ban");

    private final Rooms rooms;
    private final RoomParts parts;

    MembershipEndpoints(Rooms rooms, RoomParts parts) {
        this.rooms = rooms;
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("GET /_matrix/client/v3/joined_rooms", this::getJoinedRooms);
        routes.add("POST /_matrix/client/v3/join/{roomIdOrAlias}", this::joinRoom);
        routes.add("POST /_matrix/client/v3/knock/{roomIdOrAlias}", this::knockRoom);
        routes.add("POST " + ROOM + "join", this::joinRoomById);
        routes.add("POST " + ROOM + "leave", this::leaveRoom);
        routes.add("POST " + ROOM + "invite", this::inviteUser);
        routes.add("POST " + ROOM + "kick", this::kick);
        routes.add("POST " + ROOM + "ban", this::ban);
        routes.add("POST " + ROOM + "unban", this::unban);
        routes.add("POST " + ROOM + "forget", this::forgetRoom);
        routes.add("GET " + ROOM + "members", this::getMembersByRoom);
        routes.add("GET " + ROOM + "joined_members", this::getJoinedMembersByRoom);
    }

    private Reply getJoinedRooms(Exchange x) {
        var caller = parts.identity().caller(x);
        var reply = Json.object();
        var list = reply.putArray("joined_rooms");
        var view = RoomView.of(caller);
        parts.timeline()
                .memberships()
                .joined(caller.user())
                .filter(room -> view.shows(parts.timeline().getRoom(room)))
                .forEach(room -> list.add(room.value()));
        return Reply.json(reply);
    }

    private Reply joinRoom(Exchange x) {
        return join(x, x.param("roomIdOrAlias"));
    }

    private Reply joinRoomById(Exchange x) {
        return join(x, x.param("roomId"));
    }

    private Reply join(Exchange x, String idOrAlias) {
        var caller = parts.identity().caller(x);
        var reason = Json.optionalText(x.body(), "reason").orElse("");
        var room = rooms.aliases().resolve(idOrAlias);
        // The answer for a room that does not exist is the one for a room that one may not enter.
        if (parts.timeline().findRoom(room).isEmpty()) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You have not been invited to this room.");
        }
        parts.writer().write(commit -> {
            rooms.joining().join(commit, room, caller.user(), reason);
            return room;
        });
        return Reply.json(Json.object().put("room_id", room.value()));
    }

    private Reply knockRoom(Exchange x) {
        var caller = parts.identity().caller(x);
        var content = Json.object();
        Json.optionalText(x.body(), "reason").ifPresent(reason -> content.put("reason", reason));
        var room = rooms.aliases().resolve(x.param("roomIdOrAlias"));
        if (rooms.joining().findKnown(room, caller.user()).isEmpty()) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You cannot ask to enter this room.");
        }
        parts.writer().write(commit -> {
            rooms.members().knock(commit, room, caller.user(), content);
            return room;
        });
        return Reply.json(Json.object().put("room_id", room.value()));
    }

    private Reply leaveRoom(Exchange x) {
        var caller = parts.identity().caller(x);
        change(caller.user(), room(x), caller.user(), content("leave", x.body()), Set.of());
        return Reply.empty();
    }

    private Reply inviteUser(Exchange x) {
        var caller = parts.identity().caller(x);
        var body = x.body();
        var guest = new UserId(Json.text(body, "user_id"));
        var room = parts.timeline().getRoomOf(caller.user(), room(x));
        if (parts.people()
                .find(guest)
                .filter(person -> person.organization().equals(room.organization()))
                .isEmpty()) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "That person is not in your organisation's directory.");
        }
        rooms.rules().mayInvite(room, guest);
        rooms.mustBeAskable(guest);
        var content = Json.object();
        Json.optionalText(body, "reason").ifPresent(reason -> content.put("reason", reason));
        parts.writer().write(commit -> {
            rooms.members().invite(commit, room.id(), caller.user(), guest, content);
            var details = Json.object().put("member", guest.value());
            rooms.audit(
                    commit,
                    new AuditEntry(
                            "room.member_invited",
                            caller.user().value(),
                            room.id().value(),
                            "",
                            details));
            return room.id();
        });
        return Reply.empty();
    }

    private Reply kick(Exchange x) {
        return removeOther(x, "leave", "join", "invite", "knock");
    }

    private Reply ban(Exchange x) {
        return removeOther(x, "ban", "join", "invite", "knock", "leave");
    }

    private Reply unban(Exchange x) {
        return removeOther(x, "leave", "ban");
    }

    private Reply removeOther(Exchange x, String to, String... from) {
        var caller = parts.identity().caller(x);
        var body = x.body();
        var member = new UserId(Json.text(body, "user_id"));
        var room = parts.timeline().getRoomOf(caller.user(), room(x));
        change(caller.user(), room.id(), member, content(to, body), Set.of(from));
        return Reply.empty();
    }

    private static ObjectNode content(String membership, ObjectNode body) {
        var reason = Json.optionalText(body, "reason").orElse("");
        var content = Json.object().put("membership", membership);
        if (!reason.isEmpty()) {
            content.put("reason", reason);
        }
        return content;
    }

    /// `from`: what the member has to be when the turn has come; none means that the rules alone say.
    private void change(UserId by, RoomId room, UserId member, ObjectNode content, Set<String> from) {
        if (parts.timeline().findRoom(room).isEmpty()) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You are not in this room.");
        }
        parts.writer().write(commit -> {
            if (!from.isEmpty()
                    && !from.contains(parts.timeline().getRoom(commit, room).membership(member))) {
                throw new MatrixException(ErrorCode.M_FORBIDDEN, "That person's membership does not allow this.");
            }
            rooms.members().change(commit, room, by, member, content);
            var details = Json.object().put("member", member.value());
            details.set("membership", content.get("membership"));
            rooms.audit(commit, new AuditEntry("room.member_changed", by.value(), room.value(), "", details));
            return room;
        });
    }

    /// The room leaves the person's list; the organisation keeps what it must.
    private Reply forgetRoom(Exchange x) {
        var caller = parts.identity().caller(x);
        var room = room(x);
        var known = parts.timeline().memberships().of(caller.user()).containsKey(room);
        parts.writer().write(commit -> {
            // Asked when the turn has come: whoever was let in again meanwhile must not lose the room.
            if (!known || !GONE.contains(parts.timeline().getRoom(commit, room).membership(caller.user()))) {
                throw new MatrixException(ErrorCode.M_UNKNOWN, "Leave the conversation before you forget it.")
                        .status(400);
            }
            parts.timeline().forget(commit, caller.user(), room);
            return caller;
        });
        return Reply.empty();
    }

    private Reply getMembersByRoom(Exchange x) {
        var caller = parts.identity().caller(x);
        var history = new History(parts.timeline());
        var room = history.roomToRead(caller.user(), room(x));
        var reply = Json.object();
        var chunk = reply.putArray("chunk");
        var at = x.query("at").map(token -> history.place(room, token));
        at
                .map(place -> history.stateAt(room, Math.min(place, room.lastSeqFor(caller.user()))))
                .map(state -> (Collection<StateEvent>) state)
                .orElseGet(() -> history.stateFor(room, caller.user()))
                .stream()
                .filter(StateEvent::isMember)
                .filter(event -> wanted(x, event.content().path("membership").asString("")))
                .forEach(event -> chunk.add(StateFormat.client(event, room, caller.user())));
        return Reply.json(reply);
    }

    private static boolean wanted(Exchange x, String membership) {
        return x.query("membership").map(membership::equals).orElse(true)
                && x.query("not_membership").map(not -> !membership.equals(not)).orElse(true);
    }

    private Reply getJoinedMembersByRoom(Exchange x) {
        var caller = parts.identity().caller(x);
        var room = parts.timeline().getRoomOf(caller.user(), room(x));
        var reply = Json.object();
        var joined = reply.putObject("joined");
        room.joined().forEach(user -> joined.set(user.value(), profile(room, user)));
        return Reply.json(reply);
    }

    private static ObjectNode profile(RoomState room, UserId user) {
        var profile = Json.object();
        room.state(StateKey.member(user.value()))
                .map(event -> event.content().get("displayname"))
                .ifPresent(name -> profile.set("display_name", name));
        return profile;
    }

    private static RoomId room(Exchange x) {
        return new RoomId(x.param("roomId"));
    }
}
