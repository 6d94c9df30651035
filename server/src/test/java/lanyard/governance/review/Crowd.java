package lanyard.governance.review;

import java.util.List;
import lanyard.messaging.timeline.Draft;

/// Many messages at once, as they stand in the log, without a request for each.
public final class Crowd {
    private static final int AT_ONCE = 500;

    private Crowd() {}

    public static void send(Reviews reviews, List<Draft> drafts) {
        var timeline = reviews.parts().conversations().timeline();
        for (var from = 0; from < drafts.size(); from += AT_ONCE) {
            var some = drafts.subList(from, Math.min(drafts.size(), from + AT_ONCE));
            reviews.parts().ground().writer().write(commit -> {
                some.forEach(draft -> timeline.append(commit, draft));
                return some;
            });
        }
    }
}
