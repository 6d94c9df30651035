package lanyard.messaging.admin;

import java.util.LinkedHashSet;
import java.util.Set;
import lanyard.messaging.timeline.History;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.Timeline;

/// Which files a room's readable messages show: their ids, never the messages.
final class ShownFiles {
    private static final int A_PAGE = 500;
    private static final int MOST_SCANNED = 20_000;
    private static final String MXC = "mxc://";

    private final History history;

    ShownFiles(Timeline timeline) {
        this.history = new History(timeline);
    }

    Set<String> of(RoomState room) {
        var files = new LinkedHashSet<String>();
        var from = Math.max(0, room.seq() - MOST_SCANNED);
        while (from < room.seq()) {
            var page = history.originals(room, from, A_PAGE);
            if (page.isEmpty()) {
                break;
            }
            page.forEach(event -> {
                var url = event.pdu().path("content").path("url").asString("");
                if (url.startsWith(MXC) && url.indexOf('/', MXC.length()) > 0) {
                    files.add(url.substring(url.indexOf('/', MXC.length()) + 1));
                }
            });
            from = page.getLast().seq();
        }
        return files;
    }
}
