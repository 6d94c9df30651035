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
    private final Profiles profiles;

    ProfileEndpoints(AccountParts parts, Profiles profiles) {
        this.parts = parts;
        this.profiles = profiles;
    }

    void addTo(Routes routes) {
        routes.add("GET " + PROFILE, this::getUserProfile);
        routes.add("GET " + PROFILE + "/{keyName}", this::getProfileField);
        routes.add("PUT " + PROFILE + "/{keyName}", this::setProfileField);
        routes.add("DELETE " + PROFILE + "/{keyName}", this::deleteProfileField);
    }

    private Reply getUserProfile(Exchange x) {
        return Reply.json(profiles.of(person(x)));
    }

    private Reply getProfileField(Exchange x) {
        var person = person(x);
        var key = x.param("keyName");
        var value = profiles.of(person).get(key);
        if (value == null) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "The profile has no such field.");
        }
        var reply = Json.object();
        reply.set(key, value);
        return Reply.json(reply);
    }

    private Person person(Exchange x) {
        var caller = parts.identity().caller(x);
        return parts.identity()
                .people()
                .find(new UserId(x.param("userId")))
                .filter(person -> person.organization().equals(caller.organization()))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such person here."));
    }

    /// Oneself, when the field is one's own to change. Errors: `M_FORBIDDEN`, and as [Profiles#goodKey].
    private Person self(Exchange x, String key) {
        var caller = parts.identity().caller(x);
        if (!caller.user().value().equals(x.param("userId"))) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You can only change your own profile.");
        }
        if (Profiles.OF_THE_ORGANIZATION.contains(key) && !parts.conformance()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "Names and pictures come from your organisation's directory. Ask your IT team to change them.");
        }
        return parts.identity().people().get(caller.user());
    }

    private Reply setProfileField(Exchange x) {
        parts.identity().caller(x);
        var key = Profiles.goodKey(x.param("keyName"));
        var person = self(x, key);
        var value = x.body().get(key);
        if (value == null) {
            throw new MatrixException(ErrorCode.M_MISSING_PARAM, "The body must hold the field " + key + ".");
        }
        profiles.put(person, key, value);
        return Reply.empty();
    }

    private Reply deleteProfileField(Exchange x) {
        parts.identity().caller(x);
        var key = Profiles.goodKey(x.param("keyName"));
        profiles.delete(self(x, key), key);
        return Reply.empty();
    }
}
