package lanyard.messaging.sync;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import lanyard.messaging.timeline.RoomState;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which rooms a list holds. <https://github.com/matrix-org/matrix-spec-proposals/pull/4186>, SlidingRoomFilter.
record SlidingFilter(ObjectNode source) {
    /// Whose list it is, and what they have said about their rooms.
    record Owner(SyncParts parts, UserId user, Set<String> directRooms) {
        static Owner of(SyncParts parts, UserId user) {
            var direct = new HashSet<String>();
            parts.accountData()
                    .find(user, "", "m.direct")
                    .ifPresent(content -> content.forEach(rooms -> rooms.forEach(room -> {
                        if (room.isString()) {
                            direct.add(room.stringValue());
                        }
                    })));
            return new Owner(parts, user, direct);
        }

        boolean isDirect(RoomState room) {
            return directRooms.contains(room.id().value());
        }
    }

    boolean accepts(RoomState room, Owner owner) {
        return source.isEmpty()
                || (is("is_dm", owner.isDirect(room))
                        && is(
                                "is_encrypted",
                                room.state(StateKey.of("m.room.encryption")).isPresent())
                        && is("is_invite", isInvited(room, owner))
                        && is("is_invited", isInvited(room, owner))
                        && acceptsType(room)
                        && acceptsTags(room, owner)
                        && acceptsSpace(room, owner)
                        && acceptsName(room));
    }

    private static boolean isInvited(RoomState room, Owner owner) {
        return room.membership(owner.user()).equals("invite");
    }

    private boolean is(String name, boolean actual) {
        return Json.optionalBoolean(source, name)
                .map(wanted -> wanted == actual)
                .orElse(true);
    }

    private boolean acceptsType(RoomState room) {
        var type = room.state(StateKey.of("m.room.create"))
                .map(create -> create.content().path("type"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue);
        return (!source.path("room_types").isArray() || has("room_types", type)) && !has("not_room_types", type);
    }

    /// `null` stands for a room without a type.
    private boolean has(String list, Optional<String> type) {
        return source.path(list)
                .valueStream()
                .anyMatch(item -> item.isNull() ? type.isEmpty() : type.equals(Optional.of(item.asString(""))));
    }

    private boolean acceptsTags(RoomState room, Owner owner) {
        if (!source.has("tags") && !source.has("not_tags")) {
            return true;
        }
        var tags = owner.parts()
                .accountData()
                .find(owner.user(), room.id().value(), "m.tag")
                .map(content -> content.path("tags"))
                .orElseGet(Json::object);
        return source.path("not_tags").valueStream().noneMatch(tag -> tags.has(tag.asString("")))
                && (!source.has("tags")
                        || source.path("tags").valueStream().anyMatch(tag -> tags.has(tag.asString(""))));
    }

    private boolean acceptsSpace(RoomState room, Owner owner) {
        return !source.path("spaces").isArray()
                || source.path("spaces")
                        .valueStream()
                        .map(space -> space.asString(""))
                        .filter(RoomId::isValid)
                        .flatMap(space -> owner.parts().timeline().findRoom(new RoomId(space)).stream())
                        .filter(space -> space.isJoined(owner.user()))
                        .flatMap(space -> space
                                .state(new StateKey("m.space.child", room.id().value()))
                                .stream())
                        .anyMatch(child -> !child.content().path("via").isEmpty());
    }

    private boolean acceptsName(RoomState room) {
        var part = source.path("room_name_like").asString("").toLowerCase(java.util.Locale.ROOT);
        return part.isEmpty()
                || SlidingRoom.text(room, "m.room.name", "name")
                        .map(name -> name.toLowerCase(java.util.Locale.ROOT).contains(part))
                        .orElse(false);
    }
}
