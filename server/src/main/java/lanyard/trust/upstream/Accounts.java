package lanyard.trust.upstream;

import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.NewPerson;
import lanyard.trust.identity.Organization;

/// Which of our people somebody is whom the provider vouches for.
///
/// What could go wrong: somebody is taken for a colleague whose name or address they have. So only the provider's
/// lasting key counts: one that came before, or the one that the directory gave as `externalId`.
final class Accounts {
    private final UpstreamParts parts;
    private final UpstreamStore store = new UpstreamStore();

    Accounts(UpstreamParts parts) {
        this.parts = parts;
    }

    /// Lets the person in; answers the login token. Errors: [UpstreamRefusal].
    String signIn(Organization organization, UpstreamSettings settings, Vouched vouched) {
        var at = at(organization, settings);
        return parts.ground().writer().write(commit -> {
            var user = person(commit, organization, settings, vouched);
            if (parts.identity().leavers().hasEnded(commit, user)) {
                throw UpstreamRefusal.person("Your account has ended. Ask your IT service desk.");
            }
            var details = Json.object().put("issuer", at.issuer());
            parts.ground()
                    .audit()
                    .record(commit, new AuditEntry("sign_in.elsewhere", user.value(), user.value(), "", details));
            return parts.identity().appSessions().giveLoginToken(commit, user);
        });
    }

    private UserId person(Commit commit, Organization organization, UpstreamSettings settings, Vouched vouched) {
        var at = at(organization, settings);
        var known = store.find(commit.tx(), at, vouched.key());
        if (known.isPresent()) {
            return known.get();
        }
        var user = parts.scim()
                .findByExternalId(commit, organization.odsCode(), vouched.key())
                .or(() -> made(commit, organization, settings, vouched))
                .orElseThrow(() -> UpstreamRefusal.person(
                        "Your organisation's directory has made no account for you yet. Ask your IT service desk."));
        store.link(commit.tx(), at, vouched, user, parts.ground().now());
        return user;
    }

    private Optional<UserId> made(
            Commit commit, Organization organization, UpstreamSettings settings, Vouched vouched) {
        if (!settings.makesPeople()) {
            return Optional.empty();
        }
        var people = parts.identity().people();
        var user = people.freeId(commit, organization.serverName(), vouched.name());
        var post = new NewPerson.Post(vouched.role(), "", "", "");
        people.add(commit, new NewPerson(user, organization.odsCode(), vouched.name(), post));
        var details = Json.object().put("issuer", at(organization, settings).issuer());
        parts.ground()
                .audit()
                .record(commit, new AuditEntry("person.made_elsewhere", user.value(), user.value(), "", details));
        return Optional.of(user);
    }

    /// The provider has ended somebody's session: so do we. Nobody is no error.
    void signOut(Organization organization, UpstreamSettings settings, String subject) {
        var at = at(organization, settings);
        parts.ground().writer().write(commit -> {
            var user = store.findBySubject(commit.tx(), at, subject);
            user.ifPresent(found -> parts.identity().signOutEverywhere(commit, found));
            return user;
        });
    }

    private static UpstreamStore.At at(Organization organization, UpstreamSettings settings) {
        return new UpstreamStore.At(
                organization.odsCode(), settings.client().issuer().toString());
    }
}
