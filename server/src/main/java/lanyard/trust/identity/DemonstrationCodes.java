package lanyard.trust.identity;

import java.time.Instant;
import lanyard.platform.CannotStartException;
import lanyard.platform.db.Database;
import lanyard.platform.sealing.KeyStore;
import lanyard.standards.matrix.UserId;

/// Stands in for the authenticator apps of people who do not exist.
///
/// What could go wrong: the same way opens real people's second step. The principle: the organisation's own row says
/// whether it is the demonstration, it is read each time, and nothing else is accepted.
public final class DemonstrationCodes {
    private final Database database;
    private final KeyStore keys;
    private final CredentialStore credentials = new CredentialStore();
    private final OrganizationStore organizations = new OrganizationStore();

    public DemonstrationCodes(Database database, KeyStore keys) {
        this.database = database;
        this.keys = keys;
    }

    /// The next code that the server will take for `name` (a user id, or its first part). Errors:
    /// [CannotStartException] with a sentence.
    public String code(String name, Instant now) {
        var demonstration = database.read(organizations::list).stream()
                .filter(Organization::demonstration)
                .findFirst()
                .orElseThrow(() -> new CannotStartException(
                        "Codes are given for the demonstration organisation only, and there is none here."));
        var id = name.startsWith("@") ? name : "@" + name + ":" + demonstration.serverName();
        if (!UserId.isValid(id)) {
            throw unknown(name);
        }
        var known = database.read(tx -> credentials.find(tx, new UserId(id)))
                .filter(person -> person.organization().equals(demonstration.odsCode()))
                .orElseThrow(() -> unknown(name));
        return code(known, now);
    }

    /// The present one or, when that has been used, the one of the step to come, which the server takes as well.
    private String code(CredentialStore.Known known, Instant now) {
        var totp = known.totp().orElseThrow(() -> new CannotStartException("That person has no second step."));
        var secret = keys.find(SecondStep.keyOf(totp.key()))
                .orElseThrow(() -> new CannotStartException("The key store of this data directory lacks their key."))
                .open(totp.sealed(), SecondStep.associated(known.user()));
        var used = database.read(tx -> credentials.lastStep(tx, known.user())).orElse(-1L);
        for (var at = now; !at.isAfter(now.plus(Totp.STEP)); at = at.plus(Totp.STEP)) {
            if (Totp.step(at) > used) {
                return Totp.code(secret, at);
            }
        }
        var left = Totp.STEP.toSeconds() - now.getEpochSecond() % Totp.STEP.toSeconds();
        throw new CannotStartException(
                "The present code and the next have been used. Ask again in " + left + " seconds.");
    }

    private static CannotStartException unknown(String name) {
        return new CannotStartException("Nobody in the demonstration organisation signs in as " + name + ".");
    }
}
