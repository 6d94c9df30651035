package lanyard.trust.identity;

import java.util.Optional;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.sealing.Secrets;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// Registration by anybody and login by password alone: for conformance and load tests against the demonstration
/// organisation. [Identity] refuses to start with it beside a real one, and every method refuses outside that mode.
public final class OpenRegistration {
    private final IdentityGround ground;
    private final Identity identity;
    private final Secrets secrets;
    private final boolean conformance;

    OpenRegistration(IdentityGround ground, Identity identity, Secrets secrets, boolean conformance) {
        this.ground = ground;
        this.identity = identity;
        this.secrets = secrets;
        this.conformance = conformance;
    }

    private void requireConformance() {
        if (!conformance) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "This is for test suites only.");
        }
    }

    public Optional<Reply> challenge(Exchange exchange, ObjectNode body) {
        requireConformance();
        return identity.interactiveAuth().challengeRegistration(exchange, body);
    }

    /// Errors: `M_USER_IN_USE`, `M_INVALID_USERNAME`, `M_EXCLUSIVE`.
    public NewSession register(String host, Optional<String> name, String password, DeviceRequest device) {
        requireConformance();
        var organization = identity.organizations().forHost(host);
        var local = name.orElseGet(() -> "u" + Long.toString(ground.random().nextLong(Long.MAX_VALUE), 36));
        if (!NewPerson.isGoodLocalpart(local)) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_USERNAME, "A user name has lower-case letters, digits and . _ = - / + only.");
        }
        if (NewPerson.isReserved(local)) {
            throw new MatrixException(ErrorCode.M_EXCLUSIVE, "That user name is kept for the organisation itself.");
        }
        var user = UserId.of(local, organization.serverName());
        if (identity.people().find(user).isPresent()) {
            throw new MatrixException(ErrorCode.M_USER_IN_USE, "That user name is taken.");
        }
        var credentials = Credentials.withPassword(password, secrets);
        var prepared = identity.devices().prepare(device);
        var person = new NewPerson(user, organization.odsCode(), local, NewPerson.Post.NONE);
        return ground.writer().write(commit -> {
            identity.people().add(commit, person);
            identity.signIn().giveCredentials(commit, user, credentials);
            return identity.signIn().device(commit, user, prepared);
        });
    }

    /// Something random that is good once.
    public String nonce() {
        requireConformance();
        return Token.fresh("", ground.random()).value();
    }

    public boolean isFree(String host, String name) {
        requireConformance();
        var user = UserId.of(name, identity.organizations().forHost(host).serverName());
        return identity.people().find(user).isEmpty();
    }

    /// Errors: `M_FORBIDDEN`.
    public NewSession login(String host, String user, String password, DeviceRequest device) {
        requireConformance();
        var organization = identity.organizations().forHost(host);
        return identity.signIn()
                .loginWithPassword(new SignIn.Attempt(organization, user, password, Optional.empty(), ""), device);
    }
}
