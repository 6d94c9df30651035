package lanyard.trust.passkey;

import java.util.Optional;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.PaperCodes;
import tools.jackson.databind.node.ObjectNode;

/// The section "Passkeys" of docs/api.md, for somebody who is signed in.
final class PasskeyEndpoints {
    private static final int LONGEST_NAME = 100;

    private final Passkeys passkeys;
    private final Identity identity;

    PasskeyEndpoints(Passkeys passkeys, Identity identity) {
        this.passkeys = passkeys;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("GET /_lanyard/v1/me/passkeys", this::list);
        routes.add("POST /_lanyard/v1/me/passkeys/options", this::newOptions);
        routes.add("POST /_lanyard/v1/me/passkeys", this::add);
        routes.add("PUT /_lanyard/v1/me/passkeys/{id}", this::rename);
        routes.add("DELETE /_lanyard/v1/me/passkeys/{id}", this::remove);
        routes.add("POST /_lanyard/v1/me/step-up/options", this::stepUpOptions);
    }

    private Reply list(Exchange exchange) {
        var caller = identity.caller(exchange);
        var reply = Json.object();
        var list = reply.putArray("passkeys");
        passkeys.list(caller.user()).forEach(passkey -> list.add(face(passkey)));
        return Reply.json(reply);
    }

    private static ObjectNode face(Passkey passkey) {
        var face = Json.object()
                .put("passkey_id", passkey.id())
                .put("name", passkey.name())
                .put("created_ts", passkey.createdAt().toEpochMilli())
                .put("backed_up", passkey.backedUp());
        passkey.lastUsedAt().ifPresent(used -> face.put("last_used_ts", used.toEpochMilli()));
        passkey.transports().forEach(face.putArray("transports")::add);
        return face;
    }

    private Reply newOptions(Exchange exchange) {
        var caller = fresh(exchange);
        return options(passkeys.askForNew(Purpose.adding(caller), caller.user()));
    }

    /// The challenge was given to somebody who had just proved themselves, and is good for as long as such a proof.
    private Reply add(Exchange exchange) {
        var caller = identity.caller(exchange);
        var body = exchange.body();
        var fresh = passkeys.checkNew(
                Purpose.adding(caller), caller.user(), name(body), Json.objectField(body, "credential"));
        var paper = paper(identity, body, caller.user());
        passkeys.addNow(fresh, paper);
        var reply = Json.object().put("passkey_id", fresh.passkey().id());
        paper.ifPresent(codes -> codes.codes().forEach(reply.putArray("recovery_codes")::add));
        return Reply.json(reply);
    }

    /// Codes for paper, for who asks and has none: an app that does not show them must not be given any.
    static Optional<PaperCodes> paper(Identity identity, ObjectNode body, UserId user) {
        return Json.optionalBoolean(body, "recovery_codes").orElse(false)
                ? identity.signIn().paperFor(user)
                : Optional.empty();
    }

    private Reply rename(Exchange exchange) {
        var caller = identity.caller(exchange);
        identity.stepUp().requireOwnApp(caller);
        passkeys.rename(caller.user(), exchange.param("id"), name(exchange.body()));
        return Reply.empty();
    }

    private Reply remove(Exchange exchange) {
        var caller = fresh(exchange);
        passkeys.remove(caller.user(), exchange.param("id"));
        return Reply.empty();
    }

    private Reply stepUpOptions(Exchange exchange) {
        var caller = identity.caller(exchange);
        identity.stepUp().requireOwnApp(caller);
        return options(passkeys.ask(Purpose.stepUp(caller), caller.user()));
    }

    private Caller fresh(Exchange exchange) {
        var caller = identity.caller(exchange);
        identity.stepUp().require(caller);
        return caller;
    }

    static Reply options(ObjectNode publicKey) {
        var reply = Json.object();
        reply.set("publicKey", publicKey);
        return Reply.json(reply);
    }

    static String name(ObjectNode body) {
        var name = Json.text(body, "name").strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "A passkey's name has 1 to " + LONGEST_NAME + " characters.");
        }
        return name;
    }
}
