package lanyard.trust.policy;

import java.util.function.Function;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;

/// `GET /_lanyard/v1/policy`: what the app obeys.
final class PolicyEndpoints implements Feature {
    private final Policies policies;
    private final Function<Exchange, String> organizationOf;

    /// `organizationOf` refuses who is not signed in.
    PolicyEndpoints(Policies policies, Function<Exchange, String> organizationOf) {
        this.policies = policies;
        this.organizationOf = organizationOf;
    }

    @Override
    public void routes(Routes routes) {
        routes.add("GET /_lanyard/v1/policy", this::getPolicy);
    }

    private Reply getPolicy(Exchange exchange) {
        return Reply.json(policies.document(organizationOf.apply(exchange)));
    }

    @Override
    public PersonalData personalData() {
        return PersonalData.none("a policy is about an organisation; who changed it is in the audit log.");
    }
}
