package lanyard.messaging.room;

import java.util.List;
import java.util.Optional;
import lanyard.messaging.room.AliasStore.Entry;
import lanyard.messaging.timeline.RoomState;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.PowerLevels;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Names of rooms, and which rooms the directory lists. A hospital's rooms have neither: the product refuses both.
final class Aliases {
    private static final int MOST_PUBLISHED = 5000;

    private final RoomParts parts;
    private final AliasStore store = new AliasStore();

    Aliases(RoomParts parts) {
        this.parts = parts;
    }

    /// Errors: `M_FORBIDDEN` wherever an organisation's own rooms are.
    void mustBeAllowed() {
        if (!parts.conformance()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "Your organisation's conversations are not public and have no public names. Add colleagues instead.");
        }
    }

    Optional<Entry> find(RoomAlias alias) {
        return parts.database().read(tx -> store.find(tx, alias));
    }

    /// The room that an id or an alias means. Errors: `M_NOT_FOUND` for an unknown alias, `M_INVALID_PARAM`.
    RoomId resolve(String idOrAlias) {
        return idOrAlias.startsWith("#")
                ? find(new RoomAlias(idOrAlias)).orElseThrow(Aliases::unknown).room()
                : new RoomId(idOrAlias);
    }

    static MatrixException unknown() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "There is no conversation under that name.");
    }

    List<RoomAlias> list(RoomId room) {
        return parts.database().read(tx -> store.list(tx, room));
    }

    /// Errors: `M_UNKNOWN` (409) when the name is taken.
    void add(UserId user, RoomAlias alias, RoomId room) {
        parts.writer().write(commit -> {
            if (!store.add(commit.tx(), new Entry(alias, room, user))) {
                throw new MatrixException(ErrorCode.M_UNKNOWN, "There is a room under that name already.").status(409);
            }
            return alias;
        });
    }

    /// For a new room. Errors: `M_ROOM_IN_USE`.
    void add(Commit commit, UserId user, RoomAlias alias, RoomId room) {
        if (!store.add(commit.tx(), new Entry(alias, room, user))) {
            throw new MatrixException(ErrorCode.M_ROOM_IN_USE, "There is a room under that name already.");
        }
    }

    /// Whoever gave the name, or may name the room, may take it away. Errors: `M_NOT_FOUND`, `M_FORBIDDEN`.
    void remove(UserId user, RoomAlias alias) {
        var entry = find(alias).orElseThrow(Aliases::unknown);
        var room = parts.timeline().getRoom(entry.room());
        if (!entry.creator().equals(user) && !mayName(room, user)) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "Only who gave that name can take it away.");
        }
        parts.writer().write(commit -> {
            store.remove(commit.tx(), alias);
            return alias;
        });
    }

    private static boolean mayName(RoomState room, UserId user) {
        var levels = PowerLevels.of(room.version(), room);
        return room.isJoined(user) && levels.user(user.value()) >= levels.required("m.room.canonical_alias", true);
    }

    void move(Commit commit, RoomId from, RoomId to) {
        store.move(commit.tx(), from, to);
    }

    boolean isPublished(RoomId room) {
        return parts.database().read(tx -> store.isPublished(tx, room));
    }

    void publish(Commit commit, RoomId room, boolean published) {
        if (published) {
            store.publish(commit.tx(), room);
        } else {
            store.withdraw(commit.tx(), room);
        }
    }

    List<RoomId> listPublished() {
        return parts.database().read(tx -> store.listPublished(tx, MOST_PUBLISHED));
    }

    /// A room may only call itself by names that lead to it.
    /// <https://spec.matrix.org/v1.18/client-server-api/#mroomcanonical_alias> Errors: `M_BAD_ALIAS`,
    /// `M_INVALID_PARAM`.
    void checkCanonical(RoomState room, ObjectNode content) {
        var before = room.state(lanyard.standards.matrix.rules.StateKey.of("m.room.canonical_alias"))
                .map(event -> event.content().toString())
                .orElse("");
        check(room, content.path("alias"), before);
        content.path("alt_aliases").forEach(alias -> check(room, alias, before));
    }

    private void check(RoomState room, JsonNode alias, String before) {
        if (alias.isMissingNode() || alias.isNull() || alias.asString("").isEmpty()) {
            return;
        }
        if (!RoomAlias.isValid(alias.asString(""))) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That is not a room alias.");
        }
        var leadsHere = find(new RoomAlias(alias.stringValue()))
                .filter(entry -> entry.room().equals(room.id()))
                .isPresent();
        if (!leadsHere && !before.contains(alias.toString())) {
            throw new MatrixException(ErrorCode.M_BAD_ALIAS, "That name does not lead to this room.");
        }
    }
}
