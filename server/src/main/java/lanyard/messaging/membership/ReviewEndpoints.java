package lanyard.messaging.membership;

import lanyard.messaging.room.Conversation;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// `docs/api.md`, Members: reviews.
final class ReviewEndpoints {
    private static final String REVIEW = "/_lanyard/v1/rooms/{roomId}/review";

    private final MembershipParts parts;
    private final Reviewers reviewers;
    private final Reviewing reviewing;
    private final MemberEndpoints members;

    ReviewEndpoints(MembershipParts parts, Reviewers reviewers, Reviewing reviewing, MemberEndpoints members) {
        this.parts = parts;
        this.reviewers = reviewers;
        this.reviewing = reviewing;
        this.members = members;
    }

    void addTo(Routes routes) {
        routes.add("GET " + REVIEW, this::getReview);
        routes.add("POST " + REVIEW, this::reviewMembers);
        routes.add("GET /_lanyard/v1/reviews", this::listReviews);
    }

    private Reply getReview(Exchange x) {
        var caller = parts.identity().caller(x);
        var conversation = reviewing.get(caller, new RoomId(x.param("roomId")));
        var reply = face(conversation)
                .put("may_review", reviewers.as(caller.user(), conversation).isPresent());
        reviewing
                .findNewest(conversation.room())
                .ifPresent(last -> reply.putObject("last")
                        .put("reviewed_ts", last.reviewedTs())
                        .put("reviewed_by", last.reviewer().value())
                        .put("kept", last.kept().size())
                        .put("removed", last.removed().size()));
        reply.set("members", members.members(conversation));
        return Reply.json(reply);
    }

    private ObjectNode face(Conversation conversation) {
        var every = parts.trust()
                .policies()
                .of(conversation.organization())
                .roomKind(conversation.kind().word())
                .reviewEvery();
        var face = Json.object()
                .put("room_id", conversation.room().value())
                .put("kind", conversation.kind().word())
                .put("purpose", conversation.purpose())
                .put("owner_user_id", conversation.owner().value())
                .put("due_ts", conversation.reviewTs())
                .put("every_days", every.toDays())
                .put("standing", conversation.standing().word())
                .put("posting", conversation.standing().posting());
        conversation.deputy().map(UserId::value).ifPresent(deputy -> face.put("deputy_user_id", deputy));
        return face;
    }

    private Reply reviewMembers(Exchange x) {
        var caller = parts.identity().caller(x);
        var body = x.body();
        var answer = new Reviewing.Answer(
                MemberEndpoints.users(body, "keep"),
                MemberEndpoints.users(body, "remove"),
                Json.text(body, "request_id"));
        reviewing.review(caller, new RoomId(x.param("roomId")), answer);
        return Reply.empty();
    }

    private Reply listReviews(Exchange x) {
        var caller = parts.identity().caller(x);
        var person = parts.identity().people().get(caller.user());
        var reply = Json.object();
        var list = reply.putArray("reviews");
        reviewers
                .asked(person, parts.rooms().list(caller.user()))
                .forEach(asked ->
                        list.add(face(asked.conversation()).put("as", asked.as().word())));
        return Reply.json(reply);
    }
}
