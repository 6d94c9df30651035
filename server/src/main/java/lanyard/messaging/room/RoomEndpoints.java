package lanyard.messaging.room;

import java.util.Optional;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomVersion;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.trust.identity.Caller;

/// <https://spec.matrix.org/v1.18/client-server-api/#creation>
final class RoomEndpoints {
    private final Rooms rooms;
    private final RoomParts parts;

    RoomEndpoints(Rooms rooms, RoomParts parts) {
        this.rooms = rooms;
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("POST /_matrix/client/v3/createRoom", this::createRoom);
    }

    private Reply createRoom(Exchange x) {
        var caller = parts.identity().caller(x);
        var asked = new CreateRoomBody(x.body());
        if (asked.kind() == RoomKind.CLINICAL && !caller.seesClinicalRooms()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "This app is not approved for clinical conversations. Start the conversation in Lanyard.");
        }
        var order = new RoomOrder(
                caller.user(),
                caller.organization(),
                asked.version(),
                asked.kind(),
                asked.topic(),
                asked.guests(),
                asked.shape(caller.user().server()),
                Optional.empty());
        checkGuests(caller, order);
        if (!parts.conformance()) {
            mustBeFitForTheOrganisation(order);
        }
        return Reply.json(Json.object().put("room_id", rooms.create(order).value()));
    }

    private void checkGuests(Caller caller, RoomOrder order) {
        var guests = order.guests().invited();
        var most = rooms.rules().mostAtOnce(caller.organization());
        if (guests.size() > most) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Add at most " + most + " people at once, each with care.");
        }
        if (!guests.stream().allMatch(guest -> isColleague(caller, guest))) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "That person is not in your organisation's directory.");
        }
        rooms.rules().mayStartWith(guests);
        if (parts.conformance()) {
            guests.forEach(rooms::mustBeAskable);
        }
    }

    private boolean isColleague(Caller caller, UserId guest) {
        return parts.people()
                .find(guest)
                .filter(person -> person.organization().equals(caller.organization()))
                .isPresent();
    }

    /// What would make a room public or take it from the organisation is refused, not quietly changed.
    private static void mustBeFitForTheOrganisation(RoomOrder order) {
        var shape = order.shape();
        if (order.version() != RoomVersion.DEFAULT) {
            throw new MatrixException(
                    ErrorCode.M_UNSUPPORTED_ROOM_VERSION,
                    "Your organisation makes its conversations in room version " + RoomVersion.DEFAULT + " only.");
        }
        if (shape.published() || shape.alias().isPresent() || shape.preset() == Preset.PUBLIC_CHAT || isOpen(order)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "Your organisation's conversations are not public. Make a private one and add colleagues.");
        }
    }

    private static boolean isOpen(RoomOrder order) {
        return order.shape().state().stream()
                .anyMatch(piece -> (piece.key().equals(StateKey.of("m.room.join_rules"))
                                && !piece.content()
                                        .path("join_rule")
                                        .asString("")
                                        .equals("invite"))
                        || piece.content()
                                .path("history_visibility")
                                .asString("")
                                .equals("world_readable"));
    }
}
