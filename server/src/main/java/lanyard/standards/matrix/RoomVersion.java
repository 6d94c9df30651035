package lanyard.standards.matrix;

import java.util.Optional;

/// The room versions that Lanyard speaks. Code asks a version for a difference by name, never compares versions.
/// <https://spec.matrix.org/v1.18/rooms/#feature-matrix>
public enum RoomVersion {
    /// Integer power levels and `knock_restricted`. <https://spec.matrix.org/v1.18/rooms/v10/>
    V10("10"),
    /// New redaction rules; the creator is the sender. <https://spec.matrix.org/v1.18/rooms/v11/>
    V11("11"),
    /// Room id is a hash; creators cannot lose power; state resolution 2.1. <https://spec.matrix.org/v1.18/rooms/v12/>
    V12("12");

    /// What a new room gets.
    public static final RoomVersion DEFAULT = V12;

    private final String id;

    RoomVersion(String id) {
        this.id = id;
    }

    /// Errors: `M_UNSUPPORTED_ROOM_VERSION`.
    public static RoomVersion of(String id) {
        return find(id).orElseThrow(() -> new MatrixException(
                ErrorCode.M_UNSUPPORTED_ROOM_VERSION,
                "This server has rooms of versions 10, 11 and 12 only. Choose one of these."));
    }

    public static Optional<RoomVersion> find(String id) {
        for (var version : values()) {
            if (version.id.equals(id)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    public String id() {
        return id;
    }

    /// The creator is named in `content.creator` of the create event; later it is simply the sender.
    public boolean namesCreatorInContent() {
        return this == V10;
    }

    /// `redacts` stands in the content of a redaction, not beside it.
    public boolean redactsInContent() {
        return this != V10;
    }

    /// MSC2176, MSC3821 and MSC3989: what redaction keeps.
    public boolean newRedactionRules() {
        return this != V10;
    }

    /// The room id is the create event's reference hash, so the create event has no `room_id` and nobody cites it in
    /// `auth_events`.
    public boolean roomIdIsCreateHash() {
        return this == V12;
    }

    /// Creators (the sender and `additional_creators`) stand above every power level.
    public boolean creatorsHaveInfinitePower() {
        return this == V12;
    }

    /// State resolution 2.1: replay from the empty map, with the conflicted subgraph.
    public boolean resolvesFromEmptyState() {
        return this == V12;
    }

    @Override
    public String toString() {
        return id;
    }
}
