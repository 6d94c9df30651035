package lanyard.governance.disclosure;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.trust.identity.Identity;

/// `docs/api.md`: what a participant sees of searches.
final class NoticeEndpoints {
    private final Identity identity;
    private final Notices notices;

    NoticeEndpoints(Identity identity, Notices notices) {
        this.identity = identity;
        this.notices = notices;
    }

    void addTo(Routes routes) {
        routes.add("GET /_lanyard/v1/me/searches", this::listSearches);
    }

    private Reply listSearches(Exchange x) {
        var reply = Json.object();
        var list = reply.putArray("searches");
        notices.list(identity.caller(x).user())
                .forEach(notice -> list.addObject()
                        .put("date", notice.day().toString())
                        .put("kind", notice.kind())
                        .put("what", notice.what()));
        return Reply.json(reply);
    }
}
