package lanyard.trust.identity;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.UserId;

/// Ten recovery codes that are made and not kept yet. What is stored of them is keyed with a key of the person's own,
/// which lies outside the database, so that a copy of the database alone does not let anyone try codes.
public final class PaperCodes {
    private static final String PURPOSE = "lanyard recovery codes";
    private static final int ID_BYTES = 16;

    private final UserId user;
    private final String keyId;
    private final List<String> codes;
    private final List<byte[]> hashes;
    private final IdentityGround ground;

    private PaperCodes(UserId user, String keyId, IdentityGround ground) {
        this.user = user;
        this.keyId = keyId;
        this.ground = ground;
        var key = hashingKey(ground.keys(), keyId);
        codes = RecoveryCodes.fresh(ground.random());
        hashes = codes.stream()
                .flatMap(code -> RecoveryCodes.normalise(code).stream())
                .map(code -> RecoveryCodes.hash(key, code))
                .toList();
    }

    static PaperCodes fresh(UserId user, Optional<String> knownKey, IdentityGround ground) {
        return new PaperCodes(user, knownKey.orElseGet(() -> freshId(ground)), ground);
    }

    /// Key names stand in clear, so the id is random and says nothing about the person.
    private static String freshId(IdentityGround ground) {
        var bytes = new byte[ID_BYTES];
        ground.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static byte[] hashingKey(KeyStore keys, String id) {
        return keys.key(keyOf(id)).derive(PURPOSE);
    }

    static KeyName keyOf(String id) {
        return new KeyName("recovery", id);
    }

    /// To be told to the person once.
    public List<String> codes() {
        return codes;
    }

    /// In the place of all codes before.
    public void keep(Commit commit) {
        var store = new CredentialStore();
        store.deleteRecoveryCodes(commit.tx(), user);
        store.putRecoveryKey(commit.tx(), user, keyId);
        store.addRecoveryCodes(commit.tx(), user, hashes, ground.now());
    }

    @Override
    public String toString() {
        return "PaperCodes[hidden]";
    }
}
