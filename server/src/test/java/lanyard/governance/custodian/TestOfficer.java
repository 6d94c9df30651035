package lanyard.governance.custodian;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;

/// An officer with their share opened, as their browser has it: seals it to a session's worker.
public final class TestOfficer {
    private final UserId person;
    private final OfficerShare share;

    private TestOfficer(UserId person, OfficerShare share) {
        this.person = person;
        this.share = share;
    }

    public static TestOfficer of(String person, Path file, String passphrase) {
        return new TestOfficer(
                new UserId(person), OfficerShare.read(new PassphraseFile(new SecureRandom()), file, passphrase));
    }

    public UserId person() {
        return person;
    }

    /// The same share in another person's hands.
    public TestOfficer as(String other) {
        return new TestOfficer(new UserId(other), share);
    }

    /// The same officer with the share's bytes changed.
    public TestOfficer damaged() {
        var parts = new java.util.HashMap<>(share.parts());
        parts.replaceAll((what, part) -> {
            var changed = part.clone();
            changed[0] ^= 1;
            return changed;
        });
        return new TestOfficer(person, new OfficerShare(share.holder(), share.caseKey(), parts));
    }

    public byte[] sealed(Session session) {
        var json = Json.object();
        json.putArray("shares").add(share.toJson());
        return ShareSeal.seal(
                Base64.getDecoder().decode(session.publicKey()),
                ShareSeal.info(session.id(), person.value()),
                Json.bytes(json));
    }

    public void present(Unsealing unsealing, Session session) {
        unsealing.present(session, person, sealed(session));
    }

    /// What nobody but this officer and the worker may ever hold in memory.
    public java.util.Collection<byte[]> secrets() {
        return share.parts().values();
    }

    public static Session begin(Unsealing unsealing, Order order, Duration life) {
        return unsealing.begin(order, life);
    }

    public static ProcessHandle workerOf(Session session) {
        return session.worker().handle();
    }
}
