package lanyard.messaging.room;

import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// What the organisation knows of a room beyond Matrix: its kind, purpose and owner, and when its membership is
/// reviewed.
/// Times are milliseconds since 1970.
public record Conversation(
        RoomId room,
        String organization,
        RoomKind kind,
        String purpose,
        UserId owner,
        long createdTs,
        long reviewTs,
        Optional<UserId> deputy,
        ReviewStanding standing) {
    public Conversation ownedBy(UserId person, Optional<UserId> other) {
        return new Conversation(room, organization, kind, purpose, person, createdTs, reviewTs, other, standing);
    }

    public Conversation reviewAt(long ts, ReviewStanding now) {
        return new Conversation(room, organization, kind, purpose, owner, createdTs, ts, deputy, now);
    }

    Conversation in(RoomId other) {
        return new Conversation(other, organization, kind, purpose, owner, createdTs, reviewTs, deputy, standing);
    }

    /// As the room itself says it, in `org.lanyard.room`.
    ObjectNode face() {
        var face = Json.object()
                .put("kind", kind.word())
                .put("purpose", purpose)
                .put("owner", owner.value())
                .put("created_ts", createdTs)
                .put("review_ts", reviewTs)
                .put("posting", standing.posting());
        deputy.ifPresent(person -> face.put("deputy", person.value()));
        return face;
    }
}
