package lanyard.trust.identity;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.audit.AuditEntry;

/// Tokens by which people register. They are made only where registration is open, in conformance mode: elsewhere
/// people come from the organisation's directory, and a token would let in whoever holds it.
public final class RegistrationTokens {
    private final IdentityGround ground;
    private final Organizations organizations;
    private final boolean open;
    private final RegistrationTokenStore store = new RegistrationTokenStore();

    RegistrationTokens(IdentityGround ground, Organizations organizations, boolean open) {
        this.ground = ground;
        this.organizations = organizations;
        this.open = open;
    }

    public List<RegistrationToken> list(String organization) {
        return ground.database().read(tx -> store.list(tx, organization));
    }

    /// Errors: `M_FORBIDDEN` where nobody registers, `M_INVALID_PARAM` for one that is there already.
    public void add(Caller caller, RegistrationToken token) {
        if (!open) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "People come from the organisation's directory; a token would let in whoever holds it.");
        }
        ground.writer().write(commit -> {
            if (store.lock(commit.tx(), caller.organization(), token.token()).isPresent()) {
                throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That token is there already.");
            }
            store.put(commit.tx(), caller.organization(), token);
            audit(commit, caller, "registration_token.made");
            return token;
        });
    }

    /// Errors: `M_NOT_FOUND`.
    public RegistrationToken change(Caller caller, String token, UnaryOperator<RegistrationToken> change) {
        return ground.writer().write(commit -> {
            var changed = store.lock(commit.tx(), caller.organization(), token)
                    .map(change)
                    .orElseThrow(RegistrationTokens::unknown);
            store.put(commit.tx(), caller.organization(), changed);
            audit(commit, caller, "registration_token.changed");
            return changed;
        });
    }

    /// Errors: `M_NOT_FOUND`.
    public void remove(Caller caller, String token) {
        ground.writer().write(commit -> {
            if (!store.remove(commit.tx(), caller.organization(), token)) {
                throw unknown();
            }
            audit(commit, caller, "registration_token.deleted");
            return true;
        });
    }

    /// One registration less to come. False for a token that is unknown, used up or over.
    boolean use(String host, String token) {
        if (!open) {
            return false;
        }
        var organization = organizations.forHost(host).odsCode();
        return ground.writer().write(commit -> {
            var found = store.lock(commit.tx(), organization, token).filter(known -> known.isValid(ground.now()));
            found.ifPresent(known -> store.put(commit.tx(), organization, known.usedOnceMore()));
            return found.isPresent();
        });
    }

    public Optional<RegistrationToken> find(String organization, String token) {
        return list(organization).stream()
                .filter(known -> known.token().equals(token))
                .findFirst();
    }

    public static MatrixException unknown() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such token.");
    }

    private void audit(Commit commit, Caller caller, String action) {
        ground.audit()
                .record(
                        commit,
                        new AuditEntry(action, caller.user().value(), caller.organization(), "", Json.object()));
    }
}
