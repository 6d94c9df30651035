package lanyard.governance.custodian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.SealingKey;
import lanyard.platform.sealing.Secrets;
import lanyard.standards.matrix.UserId;

/// An officer with their share opened, as their browser has it: seals it to a session's worker.
public final class TestOfficer {
    private final UserId person;
    private final Optional<OfficerShare> held;
    private final ShareSeal own;

    private TestOfficer(UserId person, OfficerShare share) {
        this(person, Optional.of(share), new ShareSeal());
    }

    private TestOfficer(UserId person, Optional<OfficerShare> held, ShareSeal own) {
        this.person = person;
        this.held = held;
        this.own = own;
    }

    /// Somebody who has a passkey and no share yet.
    public static TestOfficer without(String person) {
        return new TestOfficer(new UserId(person), Optional.empty(), new ShareSeal());
    }

    private OfficerShare share() {
        return held.orElseThrow();
    }

    /// What their passkey says as a key.
    public String publicKey() {
        return Base64.getEncoder().encodeToString(own.publicKey());
    }

    /// The same officer with the share that waits for them.
    public TestOfficer opening(String ceremony, String sealed) {
        var info = ShareSeal.keptInfo(ceremony, person.value());
        var plain = own.open(Base64.getDecoder().decode(sealed), info).orElseThrow();
        return new TestOfficer(person, Optional.of(OfficerShare.read(Json.object(plain))), own);
    }

    public static TestOfficer of(String person, Path file, String passphrase) {
        return new TestOfficer(new UserId(person), shareIn(file, passphrase));
    }

    /// Opens a share file as the officer's browser does. Errors: `SealedDataException`.
    static OfficerShare shareIn(Path file, String passphrase) {
        try {
            var content = Json.object(Files.readAllBytes(file));
            var random = new SecureRandom();
            var decoder = Base64.getDecoder();
            var salt = decoder.decode(Json.text(content, "salt"));
            var key = new Secrets(random).deriveKey(passphrase.toCharArray(), salt);
            var clear = Json.objectField(content, "clear");
            var secret = SealingKey.of(new KeyName("passphrase", "file"), key, random)
                    .open(decoder.decode(Json.text(content, "sealed")), Json.bytes(clear));
            var share = Json.object();
            share.set("clear", clear);
            share.set("secret", Json.largeObject(secret));
            return OfficerShare.read(share);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public UserId person() {
        return person;
    }

    /// The same share in another person's hands.
    public TestOfficer as(String other) {
        return new TestOfficer(new UserId(other), share());
    }

    /// The same officer with the share's bytes changed.
    public TestOfficer damaged() {
        var parts = new java.util.HashMap<>(share().parts());
        parts.replaceAll((what, part) -> {
            var changed = part.clone();
            changed[0] ^= 1;
            return changed;
        });
        return new TestOfficer(person, new OfficerShare(share().holder(), share().caseKey(), parts));
    }

    public byte[] sealed(Session session) {
        return sealed(session.id(), session.publicKey());
    }

    public byte[] sealed(String session, String publicKey) {
        var json = Json.object();
        json.putArray("shares").add(share().toJson());
        return ShareSeal.seal(
                Base64.getDecoder().decode(publicKey), ShareSeal.info(session, person.value()), Json.bytes(json));
    }

    public void present(Unsealing unsealing, Session session) {
        unsealing.present(session, person, sealed(session));
    }

    /// What nobody but officers and the worker may hold in memory: the parts of two shares, and what they join to.
    public List<byte[]> secretsWith(TestOfficer other) {
        var secrets = new ArrayList<byte[]>();
        for (var what : share().parts().keySet()) {
            secrets.add(share().part(what).share());
            secrets.add(other.share().part(what).share());
            var key = SplitKey.join(share().part(what), other.share().part(what));
            secrets.add(key);
            secrets.add(SealingKey.of(new KeyName("custodian", "split"), key, new SecureRandom())
                    .derive("olm pickle"));
        }
        return secrets;
    }

    public static Session begin(Unsealing unsealing, Order order, Duration life) {
        return unsealing.begin(order, life);
    }

    /// What the machine gives to keep workers apart, as each session's audit entry says it.
    public static List<String> enforcedFor(Unsealing unsealing) {
        return unsealing.isolation().get().enforced();
    }

    public static ProcessHandle workerOf(Session session) {
        return session.worker().handle();
    }
}
