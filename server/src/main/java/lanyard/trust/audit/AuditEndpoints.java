package lanyard.trust.audit;

import java.util.function.Consumer;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// The section "Audit" of docs/api.md: what a monitor outside asks, to see for itself that the log only grows.
final class AuditEndpoints implements Feature {
    private final AuditProofs proofs;
    private final Consumer<Exchange> mayAsk;

    /// `mayAsk` refuses who is not signed in, or has no duty for it.
    AuditEndpoints(AuditProofs proofs, Consumer<Exchange> mayAsk) {
        this.proofs = proofs;
        this.mayAsk = mayAsk;
    }

    @Override
    public void routes(Routes routes) {
        routes.add("GET /_lanyard/v1/audit/checkpoints", this::checkpoints);
        routes.add("GET /_lanyard/v1/audit/inclusion", this::inclusion);
        routes.add("GET /_lanyard/v1/audit/consistency", this::consistency);
    }

    private Reply checkpoints(Exchange exchange) {
        mayAsk.accept(exchange);
        var reply = Json.object().put("verifier_key", proofs.verifierKey());
        proofs.newest().forEach(reply.putArray("checkpoints")::add);
        return Reply.json(reply);
    }

    private Reply inclusion(Exchange exchange) {
        mayAsk.accept(exchange);
        return Reply.json(proofs.inclusion((int) number(exchange, "slot"), number(exchange, "index")));
    }

    private Reply consistency(Exchange exchange) {
        mayAsk.accept(exchange);
        return Reply.json(proofs.consistency((int) number(exchange, "slot"), number(exchange, "size")));
    }

    private static long number(Exchange exchange, String name) {
        var typed = exchange.query(name).orElse("");
        if (!typed.matches("[0-9]{1,9}")) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The parameter " + name + " is a whole number.");
        }
        return Long.parseLong(typed);
    }

    @Override
    public PersonalData personalData() {
        return PersonalData.none("hashes and signatures only.");
    }
}
