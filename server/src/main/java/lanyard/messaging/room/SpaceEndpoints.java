package lanyard.messaging.room;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import lanyard.messaging.timeline.RoomState;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#spaces>, room summaries, the room directory, and rooms that two
/// people share.
final class SpaceEndpoints {
    private static final int USUAL = 50;
    private static final int MOST = 100;
    private static final int MOST_VISITED = 1000;
    private static final Pattern PAGE = Pattern.compile("h([0-9]{1,4})_([01])_(-?[0-9]{1,4})");

    private final Rooms rooms;
    private final RoomParts parts;

    SpaceEndpoints(Rooms rooms, RoomParts parts) {
        this.rooms = rooms;
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("GET /_matrix/client/v1/room_summary/{roomIdOrAlias}", this::getRoomSummary);
        routes.add("GET /_matrix/client/v1/rooms/{roomId}/hierarchy", this::getSpaceHierarchy);
        routes.add("GET /_matrix/client/v1/mutual_rooms", this::getMutualRooms);
    }

    private Reply getRoomSummary(Exchange x) {
        var caller = parts.identity().caller(x);
        var id = rooms.aliases().resolve(x.param("roomIdOrAlias"));
        var room = rooms.joining()
                .findKnown(id, caller.user())
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such conversation."));
        return Reply.json(Summaries.of(room).put("membership", room.membership(caller.user())));
    }

    /// How a walk through a space goes.
    private record Walk(UserId user, boolean suggestedOnly, int depth) {}

    private Reply getSpaceHierarchy(Exchange x) {
        var caller = parts.identity().caller(x);
        var root = rooms.joining()
                .findKnown(new RoomId(x.param("roomId")), caller.user())
                .orElseThrow(() -> new MatrixException(ErrorCode.M_FORBIDDEN, "You are not in this conversation."));
        var suggestedOnly = x.query("suggested_only").map(Boolean::parseBoolean).orElse(false);
        var depth = number(x, "max_depth", MOST_VISITED);
        var limit = Math.clamp(number(x, "limit", USUAL), 1, MOST);
        var from = from(x, suggestedOnly, depth);
        var found = new ArrayList<RoomState>();
        visit(root, new Walk(caller.user(), suggestedOnly, depth), new HashSet<>(), found);
        var end = Math.min(found.size(), from + limit);
        var reply = Json.object();
        var list = reply.putArray("rooms");
        found.subList(Math.min(from, end), end).forEach(room -> list.add(entry(room, suggestedOnly)));
        if (end < found.size()) {
            reply.put("next_batch", "h" + end + "_" + (suggestedOnly ? 1 : 0) + "_" + depth);
        }
        return Reply.json(reply);
    }

    private static int number(Exchange x, String name, int usual) {
        return x.query(name)
                .map(text -> {
                    if (!text.matches("[0-9]{1,9}")) {
                        throw new MatrixException(ErrorCode.M_INVALID_PARAM, name + " is a whole number.");
                    }
                    return Math.min(Integer.parseInt(text), MOST_VISITED);
                })
                .orElse(usual);
    }

    private static int from(Exchange x, boolean suggestedOnly, int depth) {
        return x.query("from")
                .map(token -> {
                    var page = PAGE.matcher(token);
                    if (!page.matches()
                            || page.group(2).equals("1") != suggestedOnly
                            || Integer.parseInt(page.group(3)) != depth) {
                        throw new MatrixException(
                                ErrorCode.M_INVALID_PARAM,
                                "That is not a page of this space, or suggested_only or max_depth have changed.");
                    }
                    return Integer.parseInt(page.group(1));
                })
                .orElse(0);
    }

    /// Depth first, each room once; rooms that the person may not know of are not there.
    private void visit(RoomState room, Walk walk, Set<RoomId> visited, List<RoomState> found) {
        if (visited.size() >= MOST_VISITED || !visited.add(room.id())) {
            return;
        }
        found.add(room);
        if (walk.depth() > 0 && isSpace(room)) {
            var below = new Walk(walk.user(), walk.suggestedOnly(), walk.depth() - 1);
            for (var child : Summaries.children(room, walk.suggestedOnly())) {
                rooms.joining()
                        .findKnown(new RoomId(child.stateKey()), walk.user())
                        .ifPresent(known -> visit(known, below, visited, found));
            }
        }
    }

    private static boolean isSpace(RoomState room) {
        return Summaries.inDirectory(room).path("room_type").asString("").equals("m.space");
    }

    private static ObjectNode entry(RoomState room, boolean suggestedOnly) {
        var entry = Summaries.of(room);
        var children = entry.putArray("children_state");
        if (isSpace(room)) {
            Summaries.children(room, suggestedOnly).forEach(child -> children.add(Summaries.child(child)));
        }
        return entry;
    }

    private Reply getMutualRooms(Exchange x) {
        var caller = parts.identity().caller(x);
        var other = new UserId(x.query("user_id")
                .orElseThrow(() -> new MatrixException(ErrorCode.M_MISSING_PARAM, "user_id says whose rooms.")));
        if (other.equals(caller.user())) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Ask about somebody else.");
        }
        var reply = Json.object();
        var joined = reply.putArray("joined");
        parts.timeline()
                .memberships()
                .joined(caller.user())
                .filter(room -> parts.timeline().getRoom(room).isJoined(other))
                .sorted((one, two) -> one.value().compareTo(two.value()))
                .forEach(room -> joined.add(room.value()));
        return Reply.json(reply.put("count", joined.size()));
    }
}
