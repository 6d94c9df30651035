package lanyard.messaging.sync;

import tools.jackson.databind.node.ObjectNode;

/// The parts of a client's filter that change what is sent.
/// <https://spec.matrix.org/v1.18/client-server-api/#filtering>
record SyncFilter(int timelineLimit, boolean lazyMembers, boolean threadCounts) {
    private static final int USUAL = 20;
    private static final int MOST = 100;

    static SyncFilter of(ObjectNode filter) {
        var room = filter.path("room");
        return new SyncFilter(
                Math.clamp(room.path("timeline").path("limit").asInt(USUAL), 1, MOST),
                room.path("state").path("lazy_load_members").asBoolean(false),
                room.path("timeline").path("unread_thread_notifications").asBoolean(false));
    }
}
