package lanyard.governance.custodian;

import de.connect2x.trixnity.vodozemac.megolm.InboundGroupSession;
import de.connect2x.trixnity.vodozemac.megolm.MegolmMessage;
import de.connect2x.trixnity.vodozemac.megolm.MegolmSessionConfig;
import de.connect2x.trixnity.vodozemac.megolm.SessionKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// The Megolm sessions of one room, and its messages opened with them. Keys of other rooms are not even remembered.
/// <https://spec.matrix.org/v1.18/client-server-api/#mmegolmv1aes-sha2>
final class RoomKeys implements AutoCloseable {
    private record Known(UserId owner, InboundGroupSession session) {}

    private final RoomId room;
    private final Map<String, Known> sessions = new HashMap<>();
    private final Set<String> seen = new HashSet<>();

    RoomKeys(RoomId room) {
        this.room = room;
    }

    int count() {
        return sessions.size();
    }

    /// Learns the session that an `m.room_key` of `sender` shares. Of two copies the one that reaches further back
    /// stays; nobody can take over another's session.
    void learn(UserId sender, ObjectNode payload) {
        var content = payload.path("content");
        if (!payload.path("type").asString("").equals("m.room_key")
                || !content.path("algorithm").asString("").equals(Algorithms.MEGOLM)
                || !content.path("room_id").asString("").equals(room.value())) {
            return;
        }
        var id = content.path("session_id").asString("");
        Vodozemac.attempt(() -> session(content.path("session_key").asString("")))
                .filter(session -> session.getSessionId().equals(id))
                .ifPresent(session -> sessions.merge(id, new Known(sender, session), RoomKeys::better));
    }

    private static InboundGroupSession session(String key) {
        return InboundGroupSession.Companion.invoke(
                SessionKey.Companion.invoke(key), MegolmSessionConfig.Companion.v1());
    }

    private static Known better(Known before, Known after) {
        var earlier = after.session().getFirstKnownIndex() < before.session().getFirstKnownIndex();
        return earlier && before.owner().equals(after.owner()) ? after : before;
    }

    /// What an encrypted event says: its real type and content. Empty when there is no key for it, when it is not from
    /// the session's owner, is meant for another room, or repeats another event's ciphertext.
    Optional<ObjectNode> open(ObjectNode event) {
        var content = event.path("content");
        var id = content.path("session_id").asString("");
        var known = sessions.get(id);
        if (known == null
                || !content.path("algorithm").asString("").equals(Algorithms.MEGOLM)
                || !event.path("sender").asString("").equals(known.owner().value())) {
            return Optional.empty();
        }
        return Vodozemac.attempt(() -> {
                    var message = MegolmMessage.Text.Companion.invoke(
                            content.path("ciphertext").asString(""));
                    return known.session().decrypt(message);
                })
                .filter(message -> seen.add(id + " " + message.getMessageIndex()))
                .flatMap(message -> parse(message.component1()))
                .filter(payload -> payload.path("room_id").asString("").equals(room.value()));
    }

    private static Optional<ObjectNode> parse(String plain) {
        try {
            return Optional.of(Json.object(PassphraseFile.utf8(plain)));
        } catch (MatrixException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        sessions.values().forEach(known -> known.session().close());
    }
}
