package lanyard.messaging.directory;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.Person;
import tools.jackson.databind.node.ObjectNode;

/// The section "Directory" of docs/api.md, and Matrix's user directory.
/// <https://spec.matrix.org/v1.18/client-server-api/#user-directory>
final class DirectoryEndpoints {
    private static final int LONGEST_TERM = 200;
    private static final int USUAL_LIMIT = 20;
    private static final int USUAL_MATRIX_LIMIT = 10;

    private final Directory directory;
    private final Identity identity;

    DirectoryEndpoints(Directory directory, Identity identity) {
        this.directory = directory;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("POST /_lanyard/v1/directory/search", this::search);
        routes.add("GET /_lanyard/v1/people/{userId}", this::person);
        routes.add("POST /_matrix/client/v3/user_directory/search", this::searchUserDirectory);
    }

    private Reply search(Exchange exchange) {
        var caller = identity.caller(exchange);
        var body = exchange.body();
        var found = directory.search(caller, term(body, "term"), limit(body, USUAL_LIMIT));
        var reply = Json.object();
        var people = reply.putArray("people");
        for (var person : found.people()) {
            var near = people.addObject().setAll(card(person)).putArray("near");
            directory.near(person).forEach(other -> near.add(other.id().value()));
        }
        return Reply.json(reply.put("limited", found.limited()));
    }

    private Reply person(Exchange exchange) {
        var caller = identity.caller(exchange);
        var person = directory.person(caller, new UserId(exchange.param("userId")));
        var reply = card(person);
        var near = reply.putArray("near_people");
        directory.near(person).forEach(other -> near.add(card(other)));
        return Reply.json(reply);
    }

    private Reply searchUserDirectory(Exchange exchange) {
        var caller = identity.caller(exchange);
        var body = exchange.body();
        var found = directory.search(caller, term(body, "search_term"), limit(body, USUAL_MATRIX_LIMIT));
        var reply = Json.object();
        var results = reply.putArray("results");
        for (var person : found.people()) {
            results.addObject().put("user_id", person.id().value()).put("display_name", person.displayName());
        }
        return Reply.json(reply.put("limited", found.limited()));
    }

    private ObjectNode card(Person person) {
        var organization = identity.organizations().get(person.organization());
        return Json.object()
                .put("user_id", person.id().value())
                .put("display_name", person.displayName())
                .put("role", person.role())
                .put("ward", person.ward())
                .put("organization", organization.name())
                .put("professional_body", person.professionalBody())
                .put("registration", person.registration())
                .put("reachable", person.reachable());
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
