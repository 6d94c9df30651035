package lanyard;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import lanyard.platform.Feature;
import lanyard.platform.db.Database;
import lanyard.platform.http.Exchange;
import lanyard.platform.notify.Wakes;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.sealing.Secrets;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;
import lanyard.trust.audit.AuditKeys;
import lanyard.trust.audit.VerifyAudit;
import lanyard.trust.audit.Witness;
import lanyard.trust.console.Console;
import lanyard.trust.console.ConsoleParts;
import lanyard.trust.handset.Handsets;
import lanyard.trust.handset.PrfShares;
import lanyard.trust.hold.Holds;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;
import lanyard.trust.identity.IdentitySettings;
import lanyard.trust.oauth.OAuth;
import lanyard.trust.oauth.OAuthParts;
import lanyard.trust.passkey.Passkeys;
import lanyard.trust.policy.Policies;
import lanyard.trust.scim.Scim;
import lanyard.trust.scim.ScimParts;
import lanyard.trust.upstream.Upstream;
import lanyard.trust.upstream.UpstreamParts;

/// The platform and the trust layer, built in the order in which they need each other.
record Ground(
        Settings settings, Database database, KeyStore keys, Writer writer, Wakes wakes, Given given, Trust trust) {
    /// What is asked for rather than looked up.
    record Given(InstantSource clock, SecureRandom random, Secrets secrets) {
        static Given of(Settings settings, InstantSource clock) {
            var random = new SecureRandom();
            return new Given(clock, random, settings.conformance() ? Secrets.quick(random) : new Secrets(random));
        }
    }

    /// What every action asks first.
    record Trust(
            Audit audit,
            Identity identity,
            Passkeys passkeys,
            Scim scim,
            Upstream upstream,
            OAuth oauth,
            Handsets handsets,
            PrfShares prfShares,
            Holds holds,
            Policies policies,
            Console console) {}

    static Ground build(Settings settings, Database database, Given given, Running running) {
        var keys = KeyStore.open(settings.data().resolve("keys"), given.clock(), given.random());
        var writer =
                Writer.start(database, Node.in(settings.data(), given.random()).id());
        running.add(writer::close);
        var auditKeys = new AuditKeys(keys, given.random(), settings.serverName());
        var witness = new Witness(VerifyAudit.witnessIn(settings.data()));
        var audit = new Audit(database, auditKeys, witness, given.clock());
        var ground = new IdentityGround(database, writer, keys, audit, given.clock(), given.random(), given.secrets());
        var signIn = new IdentitySettings(settings.publicUrl(), settings.ssoRedirects(), settings.conformance());
        var identity = new Identity(ground, signIn);
        var passkeys = new Passkeys(ground, identity, signIn);
        var handsets = new Handsets(ground, identity);
        var policies = new Policies(database, writer, audit, keys, given.clock());
        var scim = new Scim(new ScimParts(ground, identity, settings.publicUrl(), !settings.conformance()));
        // One organisation, so far: the settings are its.
        var upstream = new Upstream(
                new UpstreamParts(ground, identity, scim, settings.publicUrl(), code -> settings.upstream()));
        running.add(upstream::close);
        if (!settings.conformance()) {
            handsets.gate().enforce(organization -> policies.of(organization).handsets());
        }
        var holds = new Holds(writer, audit, given.clock(), given.random());
        var trust = new Trust(
                audit,
                identity,
                passkeys,
                scim,
                upstream,
                new OAuth(
                        new OAuthParts(ground, identity, settings.publicUrl(), settings.conformance(), given.clock())),
                handsets,
                new PrfShares(ground, identity, handsets, passkeys, policies),
                holds,
                policies,
                new Console(new ConsoleParts(
                        ground, identity, passkeys, settings.publicUrl(), ConsoleParts.Assets.in(settings.web()))));
        return new Ground(settings, database, keys, writer, new Wakes(), given, trust);
    }

    IdentityGround identityGround() {
        return new IdentityGround(
                database, writer, keys, trust.audit(), given.clock(), given.random(), given.secrets());
    }

    InstantSource clock() {
        return given.clock();
    }

    Identity identity() {
        return trust.identity();
    }

    /// Who may see for themselves that the audit only grows.
    private void requireOversight(Exchange exchange) {
        identity().duties().require(identity().caller(exchange), Console.OVERSIGHT);
    }

    Stream<Feature> features() {
        return List.of(
                trust.audit(),
                trust.audit().provedTo(this::requireOversight),
                trust.identity(),
                trust.passkeys(),
                trust.scim(),
                trust.upstream(),
                trust.oauth(),
                trust.handsets(),
                trust.prfShares(),
                trust.holds(),
                trust.console(),
                trust.handsets().pagesOn(trust.console()),
                trust.oauth().pagesOn(trust.console()),
                trust.policies().shownTo(x -> identity().caller(x).organization()))
                .stream();
    }
}
