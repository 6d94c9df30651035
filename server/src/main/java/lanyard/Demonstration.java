package lanyard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lanyard.platform.CannotStartException;
import lanyard.platform.sealing.Secrets;
import lanyard.standards.matrix.ServerName;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Credentials;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;
import lanyard.trust.identity.NewPerson;
import lanyard.trust.identity.Organization;

/// An organisation with nothing real in it, made on the first start so that Lanyard can be looked at. Its code is no
/// organisation's in the Organisation Data Service.
final class Demonstration {
    static final String ODS_CODE = "X26DEMO";
    static final String NAME = "Lanyard Demonstration NHS Trust";

    private final IdentityGround ground;
    private final Identity identity;

    Demonstration(IdentityGround ground, Identity identity) {
        this.ground = ground;
        this.identity = identity;
    }

    /// How one of the made-up people signs in: told once, kept nowhere in clear.
    record SignIn(String user, String password, String setupKey, String who) {
        @Override
        public String toString() {
            return "SignIn[" + user + ", hidden]";
        }
    }

    /// Makes the organisation when this database has none, in one transaction; the answer is empty when there was one.
    /// Errors: [CannotStartException] when there is none and none may be made.
    List<SignIn> start(ServerName server, boolean wanted) {
        if (!identity.organizations().list().isEmpty()) {
            return List.of();
        }
        if (!wanted) {
            throw new CannotStartException(
                    "This database holds no organisation, and " + SettingName.LANYARD_DEMONSTRATION
                            + " is false: leave it out to look at the demonstration. A real one cannot be set up yet.");
        }
        var organization = new Organization(ODS_CODE, server, NAME, true);
        var credentials = credentials(server);
        ground.writer().write(commit -> {
            identity.host(commit, organization);
            for (var made : DemonstrationPeople.ALL) {
                var user = UserId.of(made.user(), server);
                identity.people().add(commit, new NewPerson(user, ODS_CODE, made.name(), made.post()));
                identity.signIn().giveCredentials(commit, user, got(credentials, made));
            }
            return organization;
        });
        return DemonstrationPeople.ALL.stream()
                .map(made -> signIn(made, got(credentials, made)))
                .toList();
    }

    private Map<String, Credentials> credentials(ServerName server) {
        var secrets = new Secrets(ground.random());
        var credentials = new LinkedHashMap<String, Credentials>();
        for (var made : DemonstrationPeople.ALL) {
            var user = UserId.of(made.user(), server);
            credentials.put(made.user(), Credentials.fresh(user, ground.keys(), secrets, ground.random()));
        }
        return credentials;
    }

    private static Credentials got(Map<String, Credentials> credentials, DemonstrationPeople.Made made) {
        var got = credentials.get(made.user());
        if (got == null) {
            throw new IllegalStateException("everybody was given credentials");
        }
        return got;
    }

    private static SignIn signIn(DemonstrationPeople.Made made, Credentials credentials) {
        var who = made.name() + ", " + made.post().role() + ", " + made.post().ward();
        return new SignIn(made.user(), credentials.password(), credentials.totpSecret(), who);
    }
}
