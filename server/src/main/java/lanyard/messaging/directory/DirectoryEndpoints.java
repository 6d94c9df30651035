package lanyard.messaging.directory;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Employer;
import lanyard.trust.identity.Person;
import tools.jackson.databind.node.ObjectNode;

/// The section "Directory" of docs/api.md, and Matrix's user directory.
/// <https://spec.matrix.org/v1.18/client-server-api/#user-directory>
final class DirectoryEndpoints {
    private static final int LONGEST_TERM = 200;
    private static final int USUAL_LIMIT = 20;
    private static final int USUAL_MATRIX_LIMIT = 10;

    private static final int MOST_NEAR = 20;
    /// As many cards as somebody compares.
    private static final int MOST_CARDS = 6;

    private final Directory directory;
    private final ToldApart toldApart;
    private final Photos photos;
    private final DirectoryParts parts;

    DirectoryEndpoints(Directory directory, ToldApart toldApart, Photos photos, DirectoryParts parts) {
        this.directory = directory;
        this.toldApart = toldApart;
        this.photos = photos;
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("POST /_lanyard/v1/directory/search", this::search);
        routes.add("GET /_lanyard/v1/people/{userId}", this::person);
        routes.add("PUT /_lanyard/v1/people/{userId}/told-apart", this::toldApart);
        routes.add("POST /_matrix/client/v3/user_directory/search", this::searchUserDirectory);
    }

    private Reply search(Exchange exchange) {
        var caller = parts.identity().caller(exchange);
        var body = exchange.body();
        var found = directory.search(caller, term(body, "term"), limit(body, USUAL_LIMIT));
        var known = toldApart.known(caller);
        var versions = photos.versions(found.people().stream().map(Person::id).toList());
        var reply = Json.object();
        var people = reply.putArray("people");
        for (var person : found.people()) {
            var near = toldApart.near(caller, person);
            var card = card(person, versions).put("ask", ToldApart.asks(known, person, near));
            var ids = card.putArray("near");
            near.stream().limit(MOST_NEAR).forEach(other -> ids.add(other.id().value()));
            people.add(card);
        }
        return Reply.json(reply.put("limited", found.limited()));
    }

    private Reply person(Exchange exchange) {
        var caller = parts.identity().caller(exchange);
        var person = directory.person(caller, new UserId(exchange.param("userId")));
        var near = toldApart.near(caller, person);
        var shown = near.stream().limit(MOST_CARDS).toList();
        var versions = photos.versions(
                Stream.concat(Stream.of(person), shown.stream()).map(Person::id).toList());
        var shared = person.id().equals(caller.user())
                ? List.<RoomId>of()
                : parts.shared().apply(caller.user(), person.id());
        var reply = card(person, versions);
        reply.put("ask", ToldApart.asks(toldApart.known(caller), person, near));
        var why =
                toldApart.why(caller, person, shared, exchange.query("room_id").map(RoomId::new));
        reply.put("ask_because", why.name().toLowerCase(Locale.ROOT));
        var cards = reply.putArray("near_people");
        shown.forEach(other -> cards.add(card(other, versions)));
        var rooms = reply.putArray("shared_room_ids");
        shared.forEach(room -> rooms.add(room.value()));
        return Reply.json(reply);
    }

    private Reply toldApart(Exchange exchange) {
        var caller = parts.identity().caller(exchange);
        exchange.body();
        toldApart.told(caller, new UserId(exchange.param("userId")));
        return Reply.empty();
    }

    private Reply searchUserDirectory(Exchange exchange) {
        var caller = parts.identity().caller(exchange);
        var body = exchange.body();
        var found = directory.search(caller, term(body, "search_term"), limit(body, USUAL_MATRIX_LIMIT));
        var reply = Json.object();
        var results = reply.putArray("results");
        for (var person : found.people()) {
            results.addObject().put("user_id", person.id().value()).put("display_name", person.displayName());
        }
        return Reply.json(reply.put("limited", found.limited()));
    }

    private ObjectNode card(Person person, Map<UserId, Long> photoVersions) {
        var organization = parts.identity().organizations().get(person.organization());
        var own = person.employer().equals(Employer.OWN);
        var card = Json.object()
                .put("user_id", person.id().value())
                .put("display_name", person.displayName())
                .put("role", person.role())
                .put("ward", person.ward())
                .put("organization", organization.name())
                .put(
                        "employer_ods",
                        own ? organization.odsCode() : person.employer().ods())
                .put("employer", own ? organization.name() : person.employer().name())
                .put("outsider", person.isOutsider())
                .put("professional_body", person.professionalBody())
                .put("registration", person.registration())
                .put("bleep", person.bleep())
                .put("photo_version", photoVersions.getOrDefault(person.id(), 0L))
                .put("confirmed_ts", person.confirmed().last().toEpochMilli())
                .put("reachable", person.reachable());
        person.confirmed().until().ifPresent(until -> card.put("confirmed_until_ts", until.toEpochMilli()));
        card.set("availability", directory.availabilityOf(person.id()));
        return card;
    }

    private static String term(ObjectNode body, String field) {
        var term = Json.text(body, field);
        if (term.length() > LONGEST_TERM) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Search for something shorter.");
        }
        return term;
    }

    private static int limit(ObjectNode body, int usual) {
        var limit = Json.optionalLong(body, "limit").orElse((long) usual);
        if (limit < 1) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The limit must be at least 1.");
        }
        return (int) Math.min(limit, Directory.MOST_FOUND);
    }
}
