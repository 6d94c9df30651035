package lanyard.messaging.account;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Person;

/// <https://spec.matrix.org/v1.18/client-server-api/#profiles>. Names are the organisation's word: nobody can call
/// themselves
/// somebody else.
final class ProfileEndpoints {
    private static final String PROFILE = "/_matrix/client/v3/profile/{userId}";

    private final AccountParts parts;

    ProfileEndpoints(AccountParts parts) {
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("GET " + PROFILE, this::getUserProfile);
        routes.add("GET " + PROFILE + "/{keyName}", this::getProfileField);
        routes.add("PUT " + PROFILE + "/{keyName}", this::setProfileField);
    }

    private Reply getUserProfile(Exchange x) {
        return Reply.json(Json.object().put("displayname", person(x).displayName()));
    }

    private Reply getProfileField(Exchange x) {
        var person = person(x);
        if (!x.param("keyName").equals("displayname")) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "The profile has no such field.");
        }
        return Reply.json(Json.object().put("displayname", person.displayName()));
    }

    private Person person(Exchange x) {
        var caller = parts.identity().caller(x);
        return parts.identity()
                .people()
                .find(new UserId(x.param("userId")))
                .filter(person -> person.organization().equals(caller.organization()))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such person here."));
    }

    private Reply setProfileField(Exchange x) {
        var caller = parts.identity().caller(x);
        if (!parts.conformance()
                || !x.param("keyName").equals("displayname")
                || !caller.user().value().equals(x.param("userId"))) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "Names come from your organisation's directory. Ask your IT team to change it.");
        }
        var name = Json.text(x.body(), "displayname");
        parts.writer().write(commit -> {
            parts.identity().people().rename(commit, caller.user(), name);
            return name;
        });
        return Reply.empty();
    }
}
