package lanyard;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import lanyard.governance.custodian.Custodian;
import lanyard.governance.custodian.CustodianCommand;
import lanyard.governance.custodian.CustodianParts;
import lanyard.messaging.encryption.Encryption;
import lanyard.messaging.encryption.EncryptionParts;
import lanyard.messaging.timeline.Timeline;
import lanyard.messaging.timeline.TimelineParts;
import lanyard.platform.notify.Wakes;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.sealing.Secrets;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;
import lanyard.trust.audit.AuditKeys;
import lanyard.trust.audit.VerifyAudit;
import lanyard.trust.audit.Witness;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;
import lanyard.trust.identity.IdentitySettings;

/// What `custodian ceremony` needs of the server's data, whether or not a server runs on it.
record CustodianTools(Map<String, String> environment) {
    /// A writer of its own slot: with the server's name it would take the running server's slot away.
    private static final String NODE = "tools";

    CustodianCommand.Tools tools() {
        return new CustodianCommand.Tools(this::open, InstantSource.system(), new SecureRandom());
    }

    private CustodianCommand.Opened open() {
        var settings = Settings.readForCommand(environment);
        var opened = CommandDatabase.of(settings);
        var writer = Writer.start(opened.database(), NODE);
        AutoCloseable rest = () -> {
            writer.close();
            opened.close();
        };
        var clock = InstantSource.system();
        var random = new SecureRandom();
        var keys = KeyStore.open(settings.data().resolve("keys"), clock, random);
        var base = new CustodianParts.Ground(opened.database(), writer, keys, clock, random);
        return opened(settings, base, rest);
    }

    private static CustodianCommand.Opened opened(Settings settings, CustodianParts.Ground base, AutoCloseable rest) {
        var database = base.database();
        var auditKeys = new AuditKeys(base.keys(), base.random(), settings.serverName());
        var witness = new Witness(VerifyAudit.witnessIn(settings.data()));
        var audit = new Audit(database, auditKeys, witness, base.clock());
        var wakes = new Wakes();
        var identity = new Identity(
                new IdentityGround(
                        database,
                        base.writer(),
                        base.keys(),
                        audit,
                        base.clock(),
                        base.random(),
                        new Secrets(base.random())),
                new IdentitySettings(settings.publicUrl(), settings.ssoRedirects(), settings.conformance()));
        var timeline = new Timeline(new TimelineParts(database, base.writer(), base.keys(), wakes, base.clock()));
        var encryption =
                new Encryption(new EncryptionParts(database, base.writer(), timeline, identity, wakes, base.clock()));
        var custodian = new Custodian(new CustodianParts(base, audit, timeline, encryption), Optional.empty());
        return new CustodianCommand.Opened(
                custodian, code -> identity.organizations().get(code).custodian(), rest);
    }
}
