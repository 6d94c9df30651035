package lanyard.messaging.sync;

import java.time.Duration;
import lanyard.messaging.timeline.Reader;
import lanyard.messaging.timeline.RoomView;
import lanyard.platform.stream.SyncToken;

/// What a device asks. `initial`: it has seen nothing, or what it saw was of another incarnation of the database; then
/// it has also lost its place.
/// `fullState`: all state, whatever it has seen. `stateAfter`: state as of the timeline's end, not of its beginning.
/// `view`:
/// which rooms are there for the device at all.
record SyncRequest(
        Reader reader,
        SyncToken since,
        boolean initial,
        boolean lostPlace,
        Duration timeout,
        boolean fullState,
        boolean stateAfter,
        SyncFilter filter,
        RoomView view) {}
