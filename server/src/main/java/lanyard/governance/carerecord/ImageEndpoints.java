package lanyard.governance.carerecord;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.identity.Identity;

/// "Decisions" in `docs/api.md`: pictures for the record.
final class ImageEndpoints {
    private final DecisionImages images;
    private final Identity identity;

    ImageEndpoints(DecisionImages images, Identity identity) {
        this.images = images;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("PUT /_lanyard/v1/rooms/{roomId}/decision-images/{mediaId}", this::putDecisionImage);
    }

    private Reply putDecisionImage(Exchange exchange) {
        var caller = identity.caller(exchange);
        images.put(
                caller,
                new RoomId(exchange.param("roomId")),
                exchange.param("mediaId"),
                () -> exchange.bytes(DecisionImages.LARGEST));
        return Reply.empty();
    }
}
