package lanyard.governance.custodian;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.connect2x.trixnity.vodozemac.olm.Account;
import java.security.SecureRandom;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lanyard.governance.custodian.CustodianPublic.MonthDevice;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Ed25519;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.SealingKey;
import lanyard.standards.matrix.CanonicalJson;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UnpaddedBase64;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// The key ceremony: makes one cross-signed identity and twelve monthly devices, all signed at once, and splits what
/// opens them among three officers.
///
/// What could go wrong: one person, or the server, can read the staff's messages afterwards; or nobody can, when a
/// request must be answered. The principles: every private key leaves this class sealed under a random key of its own,
/// and that key leaves it only as shares, two of which are needed; nothing is kept; each month is its own key, so an
/// opened or leaked month opens no other.
/// <https://spec.matrix.org/v1.18/client-server-api/#cross-signing>
final class Ceremony {
    private final CeremonyOrder.Making order;
    private final byte[] caseKey;
    private final SecureRandom random;
    private final String id;
    private final byte[] master;
    private final byte[] selfSigning;
    private final List<Map<String, byte[]>> parts = new ArrayList<>();

    /// `caseKey` is the public key that this server signs case files with.
    Ceremony(CeremonyOrder.Making order, byte[] caseKey, SecureRandom random) {
        this.order = order;
        this.caseKey = caseKey;
        this.random = random;
        this.id = HexFormat.of().formatHex(bytes(8));
        this.master = Ed25519.newPrivateKey(random);
        this.selfSigning = Ed25519.newPrivateKey(random);
        for (var i = 0; i < SplitKey.OFFICERS; i++) {
            parts.add(new HashMap<>());
        }
    }

    /// Once: what is private is overwritten afterwards.
    CeremonyResult hold() {
        var devices = new ArrayList<MonthDevice>();
        var accounts = new TreeMap<YearMonth, byte[]>();
        for (var i = 0; i < CeremonyOrder.MONTHS; i++) {
            var month = order.first().plusMonths(i);
            try (var account = Account.Companion.invoke()) {
                devices.add(device(month, account));
                accounts.put(month, sealAccount(month, account));
            }
        }
        var known = new CustodianPublic(
                order.custodian(),
                crossSigningKey("master", master),
                crossSigningKey("self_signing", selfSigning),
                devices);
        var sealedIdentity = sealIdentity();
        Arrays.fill(master, (byte) 0);
        Arrays.fill(selfSigning, (byte) 0);
        return new CeremonyResult(id, known, accounts, sealedIdentity, shares());
    }

    private MonthDevice device(YearMonth month, Account account) {
        var device = new DeviceId(
                "RECORDS-" + month + "-" + HexFormat.of().withUpperCase().formatHex(bytes(3)));
        account.generateFallbackKey();
        var fallback = account.getFallbackKey();
        var fallbackKey = Json.object()
                .put("fallback", true)
                .put("key", fallback.getSecond().getBase64());
        addSignature(fallbackKey, device.value(), sign(account, fallbackKey));
        var keys = deviceKeys(device, account);
        account.markKeysAsPublished();
        return new MonthDevice(month, device, keys, "signed_curve25519:" + fallback.getFirst(), fallbackKey);
    }

    private ObjectNode deviceKeys(DeviceId device, Account account) {
        var keys = Json.object().put("user_id", order.custodian().value()).put("device_id", device.value());
        keys.putArray("algorithms").add(Algorithms.OLM).add(Algorithms.MEGOLM);
        keys.putObject("keys")
                .put("curve25519:" + device, account.getCurve25519Key().getBase64())
                .put("ed25519:" + device, account.getEd25519Key().getBase64());
        var own = sign(account, keys);
        var cross = sign(selfSigning, keys);
        addSignature(keys, device.value(), own);
        addSignature(keys, publicKey(selfSigning), cross);
        return keys;
    }

    private ObjectNode crossSigningKey(String usage, byte[] privateKey) {
        var key = Json.object().put("user_id", order.custodian().value());
        key.putArray("usage").add(usage);
        key.putObject("keys").put("ed25519:" + publicKey(privateKey), publicKey(privateKey));
        addSignature(key, publicKey(master), sign(master, key));
        return key;
    }

    private byte[] sealAccount(YearMonth month, Account account) {
        var key = split(month.toString());
        var pickle = Vodozemac.pickle(account, key.derive(PICKLE));
        return key.seal(pickle.getBytes(UTF_8), place(id, month.toString()));
    }

    /// Kept for the ceremony of the year after, which must sign its devices with the same identity.
    private byte[] sealIdentity() {
        var secret = Json.object()
                .put("master", UnpaddedBase64.encode(master))
                .put("self_signing", UnpaddedBase64.encode(selfSigning));
        return split(OfficerShare.IDENTITY).seal(Json.bytes(secret), place(id, OfficerShare.IDENTITY));
    }

    private SealingKey split(String what) {
        var split = SplitKey.make(random);
        for (var i = 0; i < SplitKey.OFFICERS; i++) {
            parts.get(i).put(what, split.shares().get(i));
        }
        var key = sealing(split.key(), random);
        Arrays.fill(split.key(), (byte) 0);
        return key;
    }

    private List<OfficerShare> shares() {
        var shares = new ArrayList<OfficerShare>();
        for (var i = 0; i < SplitKey.OFFICERS; i++) {
            var name = order.officers().get(i);
            var holder = new OfficerShare.Holder(id, order.organization(), i + 1, name);
            shares.add(new OfficerShare(holder, caseKey, parts.get(i)));
        }
        return shares;
    }

    static final String PICKLE = "olm pickle";
    private static final KeyName NAME = new KeyName("custodian", "split");

    static SealingKey sealing(byte[] key, SecureRandom random) {
        return SealingKey.of(NAME, key, random);
    }

    /// Opens what [#sealAccount] sealed. Errors: [lanyard.platform.sealing.SealedDataException] when `key` is not the
    /// one that was split.
    static Account openAccount(byte[] key, byte[] sealed, byte[] place, SecureRandom random) {
        var sealing = sealing(key, random);
        return Vodozemac.unpickle(new String(sealing.open(sealed, place), UTF_8), sealing.derive(PICKLE));
    }

    /// Binds a sealed private part to its ceremony and month.
    static byte[] place(String ceremony, String what) {
        return ("custodian " + ceremony + " " + what).getBytes(UTF_8);
    }

    private void addSignature(ObjectNode object, String keyId, String signature) {
        var user = object.withObject("/signatures").withObject("/" + escaped(order.custodian()));
        user.put("ed25519:" + keyId, signature);
    }

    /// JSON pointer's escapes; a user id may hold a slash.
    private static String escaped(UserId user) {
        return user.value().replace("~", "~0").replace("/", "~1");
    }

    private static String sign(byte[] privateKey, ObjectNode unsigned) {
        return UnpaddedBase64.encode(Ed25519.sign(privateKey, CanonicalJson.bytes(unsigned)));
    }

    private static String sign(Account account, ObjectNode unsigned) {
        return account.sign(CanonicalJson.bytes(unsigned)).getBase64();
    }

    private static String publicKey(byte[] privateKey) {
        return UnpaddedBase64.encode(Ed25519.publicKey(privateKey));
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
