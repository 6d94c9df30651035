package lanyard.messaging.account;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#client-config>, tags and filters.
final class AccountDataEndpoints {
    private static final String USER = "/_matrix/client/v3/user/{userId}/";
    private static final String ROOM = USER + "rooms/{roomId}/";
    private static final String TAGS = "m.tag";
    /// What the server says of itself in account data; clients do not write it.
    private static final Set<String> SERVERS = Set.of("m.fully_read", PushRules.TYPE);

    private final AccountParts parts;
    private final AccountData accountData;
    private final Filters filters;

    AccountDataEndpoints(AccountParts parts, AccountData accountData, Filters filters) {
        this.parts = parts;
        this.accountData = accountData;
        this.filters = filters;
    }

    void addTo(Routes routes) {
        routes.add("PUT " + USER + "account_data/{type}", x -> setAccountData(x, ""));
        routes.add("GET " + USER + "account_data/{type}", x -> getAccountData(x, ""));
        routes.add("PUT " + ROOM + "account_data/{type}", x -> setAccountData(x, room(x)));
        routes.add("GET " + ROOM + "account_data/{type}", x -> getAccountData(x, room(x)));
        routes.add("GET " + ROOM + "tags", this::getRoomTags);
        routes.add("PUT " + ROOM + "tags/{tag}", this::setRoomTag);
        routes.add("DELETE " + ROOM + "tags/{tag}", this::deleteRoomTag);
        routes.add("POST " + USER + "filter", this::defineFilter);
        routes.add("GET " + USER + "filter/{filterId}", this::getFilter);
    }

    /// Everybody's own and nobody else's. Errors: `M_FORBIDDEN`.
    private UserId self(Exchange x) {
        var caller = parts.identity().caller(x);
        if (!caller.user().value().equals(x.param("userId"))) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You can only read and write your own settings.");
        }
        return caller.user();
    }

    private String room(Exchange x) {
        var room = new RoomId(x.param("roomId"));
        return parts.timeline()
                .getRoomOf(parts.identity().caller(x).user(), room)
                .id()
                .value();
    }

    private Reply setAccountData(Exchange x, String room) {
        var user = self(x);
        var type = x.param("type");
        if (SERVERS.contains(type)) {
            throw new MatrixException(ErrorCode.M_BAD_JSON, "The server writes " + type + " itself.").status(405);
        }
        accountData.put(user, room, type, own(x));
        return Reply.empty();
    }

    /// A tag's `order` is a fraction, and what apps keep for themselves may hold others.
    private static ObjectNode own(Exchange x) {
        var body = x.bytes(Exchange.USUAL_BODY_BYTES);
        return body.length == 0 ? Json.object() : Json.ownObject(body);
    }

    private Reply getAccountData(Exchange x, String room) {
        var user = self(x);
        var type = x.param("type");
        if (room.isEmpty() && type.equals(PushRules.TYPE)) {
            return Reply.json(accountData.pushRules(user));
        }
        return Reply.json(accountData
                .find(user, room, type)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "You have not saved that.")));
    }

    private static ObjectNode tags(Optional<ObjectNode> stored) {
        var content = stored.map(ObjectNode::deepCopy).orElseGet(Json::object);
        if (!content.path("tags").isObject()) {
            content.putObject("tags");
        }
        return content;
    }

    private Reply getRoomTags(Exchange x) {
        return Reply.json(tags(accountData.find(self(x), room(x), TAGS)));
    }

    private Reply setRoomTag(Exchange x) {
        var tag = own(x);
        return changeTags(x, tags -> tags.set(x.param("tag"), tag));
    }

    private Reply deleteRoomTag(Exchange x) {
        return changeTags(x, tags -> tags.remove(x.param("tag")));
    }

    private Reply changeTags(Exchange x, Consumer<ObjectNode> change) {
        accountData.change(self(x), room(x), TAGS, stored -> {
            var content = tags(stored);
            change.accept((ObjectNode) content.get("tags"));
            return content;
        });
        return Reply.empty();
    }

    private Reply defineFilter(Exchange x) {
        var user = self(x);
        return Reply.json(Json.object().put("filter_id", filters.put(user, x.body())));
    }

    private Reply getFilter(Exchange x) {
        return Reply.json(filters.get(self(x), x.param("filterId")));
    }
}
