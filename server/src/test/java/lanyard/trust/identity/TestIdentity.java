package lanyard.trust.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lanyard.platform.TestClock;
import lanyard.platform.db.Database;
import lanyard.platform.db.TestDatabase;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.sealing.Secrets;
import lanyard.platform.stream.Writer;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ServerName;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.Audit;
import lanyard.trust.audit.AuditKeys;
import lanyard.trust.audit.Witness;

/// A database with one organisation, `TEST1` at `ward.test`, and everything identity stands on. For the tests of every
/// feature that needs people. Close it after the test.
public final class TestIdentity implements AutoCloseable {
    public static final Organization ORGANIZATION =
            new Organization("TEST1", new ServerName("ward.test"), "Test NHS Trust", true);

    public final TestClock clock = new TestClock();
    public final SecureRandom random = new SecureRandom();
    public final Database database = TestDatabase.fresh();
    public final KeyStore keys;
    public final Audit audit;
    public final Writer writer;
    public final Identity identity;
    private final Path directory;

    private final Secrets secrets;

    private TestIdentity(boolean conformance, Optional<Organization> hosted) {
        this(conformance, hosted, Secrets::quick);
    }

    private TestIdentity(
            boolean conformance, Optional<Organization> hosted, Function<SecureRandom, Secrets> howSecrets) {
        secrets = howSecrets.apply(random);
        directory = newDirectory();
        keys = KeyStore.open(directory.resolve("keys"), clock, random);
        var auditKeys = new AuditKeys(keys, random, ORGANIZATION.serverName());
        audit = new Audit(database, auditKeys, new Witness(witness()), clock);
        writer = Writer.start(database, "test");
        var targets = List.of(URI.create("https://app.example.org/"), URI.create("element://vector/webapp/"));
        identity = new Identity(ground(), new IdentitySettings(URI.create("https://ward.test"), targets, conformance));
        hosted.ifPresent(organization -> writer.write(commit -> {
            identity.host(commit, organization);
            return true;
        }));
    }

    public static TestIdentity start() {
        return new TestIdentity(false, Optional.of(ORGANIZATION));
    }

    /// Where each password costs what it costs an attacker.
    public static TestIdentity withDearPasswords() {
        return new TestIdentity(false, Optional.of(ORGANIZATION), Secrets::new);
    }

    /// With another organisation than the usual one.
    public static TestIdentity hosting(Organization organization) {
        return new TestIdentity(false, Optional.of(organization));
    }

    /// With no organisation at all.
    public static TestIdentity empty() {
        return new TestIdentity(false, Optional.empty());
    }

    public static TestIdentity startForConformance() {
        return new TestIdentity(true, Optional.of(ORGANIZATION));
    }

    public IdentityGround ground() {
        return new IdentityGround(database, writer, keys, audit, clock, random, secrets);
    }

    public static UserId user(String localpart) {
        return UserId.of(localpart, ORGANIZATION.serverName());
    }

    /// The file beside the database in which the audit's checkpoints are.
    public Path witness() {
        return directory.resolve("witness");
    }

    /// Somebody new who has never signed in.
    public UserId person(String localpart, String name) {
        return person(localpart, name, new NewPerson.Post("Nurse", "Ward 7", "NMC", "18A" + localpart));
    }

    public UserId person(String localpart, String name, NewPerson.Post post) {
        var id = user(localpart);
        writer.write(commit -> {
            identity.people().add(commit, new NewPerson(id, ORGANIZATION.odsCode(), name, post));
            return true;
        });
        return id;
    }

    /// A password and a second step for somebody.
    public Credentials credentials(UserId user) {
        var fresh = Credentials.fresh(user, keys, secrets, random);
        writer.write(commit -> {
            identity.signIn().giveCredentials(commit, user, fresh);
            return true;
        });
        return fresh;
    }

    public String code(Credentials credentials) {
        return Totp.code(Base32.decode(credentials.totpSecret()), clock.instant());
    }

    /// A new device of somebody's, without the ceremony of two steps.
    public NewSession signedIn(UserId user) {
        var prepared = identity.devices().prepare(DeviceRequest.ANY);
        return writer.write(commit -> identity.signIn().device(commit, user, prepared));
    }

    public NewSession signedIn(UserId user, DeviceId device) {
        var request = new DeviceRequest(Optional.of(device), Optional.empty(), false);
        var prepared = identity.devices().prepare(request);
        return writer.write(commit -> identity.signIn().device(commit, user, prepared));
    }

    @Override
    public void close() {
        writer.close();
        database.close();
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("lanyard-identity-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
