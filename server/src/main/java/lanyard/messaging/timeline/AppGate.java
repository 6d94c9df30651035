package lanyard.messaging.timeline;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lanyard.platform.http.Exchange;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.identity.Caller;

/// Stands before every request of an app that is not approved for clinical rooms. Whatever names a clinical room of the
/// person's in its path is refused, so that an operation added tomorrow is refused too; what lists rooms leaves them
/// out
/// itself, by [RoomView]. Our own interface is closed to such an app altogether: patients and decisions are there.
public final class AppGate {
    private final Timeline timeline;

    public AppGate(Timeline timeline) {
        this.timeline = timeline;
    }

    public void check(Caller caller, Exchange exchange) {
        var path = exchange.path();
        if (!path.startsWith("/_matrix/")) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "This app is not approved for that. Use Lanyard.");
        }
        for (var segment : path.split("/", -1)) {
            if (segment.startsWith("!") || segment.startsWith("%21")) {
                requireShown(caller, decoded(segment));
            }
        }
    }

    /// Whether the path names a clinical room of the caller's.
    public boolean namesClinicalRoom(Caller caller, Exchange exchange) {
        return Arrays.stream(exchange.path().split("/", -1))
                .filter(segment -> segment.startsWith("!") || segment.startsWith("%21"))
                .anyMatch(segment -> isClinical(caller, decoded(segment)));
    }

    private boolean isClinical(Caller caller, String id) {
        return timeline.memberships().of(caller.user()).keySet().stream()
                .filter(room -> room.value().equals(id))
                .flatMap(room -> timeline.findRoom(room).stream())
                .anyMatch(room -> !new RoomView(false).shows(room));
    }

    private void requireShown(Caller caller, String id) {
        // A room that is not theirs is refused like one that does not exist, further in.
        var view = RoomView.of(caller);
        timeline.memberships().of(caller.user()).keySet().stream()
                .filter(room -> room.value().equals(id))
                .flatMap(room -> timeline.findRoom(room).stream())
                .filter(room -> !view.shows(room))
                .findAny()
                .ifPresent(room -> {
                    throw notHere(room.id());
                });
    }

    private static MatrixException notHere(RoomId room) {
        return new MatrixException(
                ErrorCode.M_FORBIDDEN,
                "This app is not approved for clinical conversations, and " + room + " is one. Open it in Lanyard.");
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Further in it is found to be no path at all.
            return "";
        }
    }
}
