package lanyard.governance.custodian;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lanyard.governance.custodian.OfficerKeyStore.Prepared;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;

/// The keys that officers' passkeys make, and what waits sealed to them.
///
/// What could go wrong: a share goes to somebody who is no officer, or to a key that no passkey guards any more. The
/// principle: a key counts as long as its person has the duty and still has that passkey; both are asked each time.
final class OfficerKeys {
    private static final int KEY_BYTES = 32;

    private final CustodianParts parts;
    private final OfficerKeyStore store = new OfficerKeyStore();
    private final ShareStore shares = new ShareStore();
    private volatile Optional<OfficerFacts> facts = Optional.empty();

    OfficerKeys(CustodianParts parts) {
        this.parts = parts;
    }

    void knownBy(OfficerFacts others) {
        facts = Optional.of(others);
    }

    OfficerFacts facts() {
        return facts.orElseThrow(() -> new IllegalStateException("nobody has said who officers are"));
    }

    ShareStore shares() {
        return shares;
    }

    /// Keeps the key that the person's passkey made. Errors: `M_INVALID_PARAM`; `M_FORBIDDEN` when the passkey is not
    /// theirs.
    void put(String organization, UserId person, String publicKey, String credential) {
        if (!isKey(publicKey)) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Your browser sent no key. Try again.");
        }
        var id = credential.replace('+', '-').replace('/', '_').replace("=", "");
        if (!facts().hasPasskey(person, id)) {
            throw Order.refused(
                    "That passkey is not one that you sign in with here. Add it in the app under Me first.");
        }
        var key = new Prepared(person, facts().name(person), publicKey, id);
        var entry = new AuditEntry(
                "custodian.officer_ready",
                person.value(),
                organization,
                "a key of the officer's passkey",
                Json.object().put("passkey", id));
        parts.ground().writer().write(commit -> {
            store.put(commit.tx(), organization, key, parts.ground().clock().millis());
            parts.audit().record(commit, entry);
            return key;
        });
    }

    private static boolean isKey(String publicKey) {
        try {
            return Base64.getDecoder().decode(publicKey).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// Those of officers who can be given a share today.
    List<Prepared> ready(String organization) {
        return parts.ground().database().read(tx -> store.list(tx, organization)).stream()
                .filter(this::counts)
                .toList();
    }

    private boolean counts(Prepared key) {
        return facts().isOfficer(key.person()) && facts().hasPasskey(key.person(), key.credential());
    }

    Optional<Prepared> find(String organization, UserId person) {
        return parts.ground()
                .database()
                .read(tx -> store.find(tx, organization, person))
                .filter(this::counts);
    }

    /// A key is kept as long as its person has the duty.
    void sweep() {
        facts.ifPresent(known -> {
            var gone = parts.ground().database().read(store::listPeople).stream()
                    .filter(person -> !known.isOfficer(person))
                    .toList();
            if (!gone.isEmpty()) {
                parts.ground().writer().write(commit -> {
                    gone.forEach(person -> store.delete(commit.tx(), person));
                    return gone;
                });
            }
        });
    }

    /// Errors: `M_FORBIDDEN` for who has no passkey that guards a share of that organisation's.
    Guard guard(String organization, UserId person) {
        var key = find(organization, person)
                .orElseThrow(() -> Order.refused(facts().name(person)
                        + " has no passkey prepared for a share. They do that first, on the custodian's page, with the"
                        + " passkey of their own device."));
        var to = new WrappedShare.Guardian(person, key.name(), key.credential());
        return new Guard(to, Base64.getDecoder().decode(key.publicKey()));
    }

    /// Shares of these ceremonies, as `ceremony/officer`, that wait for the passkey they were made for to be tried.
    Set<String> untried(List<String> ceremonies) {
        return parts.ground()
                .database()
                .read(tx -> ceremonies.stream()
                        .flatMap(ceremony -> shares.list(tx, ceremony).stream())
                        .filter(kept -> !kept.confirmed())
                        .map(kept ->
                                kept.share().ceremony() + "/" + kept.share().officer())
                        .collect(Collectors.toSet()));
    }

    /// Sealed shares of the person's.
    List<ShareStore.Kept> waiting(UserId person) {
        return parts.ground().database().read(tx -> shares.listOf(tx, person));
    }
}
