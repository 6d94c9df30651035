package lanyard.messaging.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.VAPIDKeyPairs;
import com.zerodeplibs.webpush.key.PrivateKeySources;
import com.zerodeplibs.webpush.key.PublicKeySources;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.platform.sealing.KeyName;

/// By which key push services know an organisation: <https://www.rfc-editor.org/rfc/rfc8292>. Made when it is first
/// asked for; the private half is sealed.
final class VapidKeys {
    private final PushParts parts;
    private final VapidKeyStore store = new VapidKeyStore();
    private final Map<String, VAPIDKeyPair> known = new ConcurrentHashMap<>();

    VapidKeys(PushParts parts) {
        this.parts = parts;
    }

    VAPIDKeyPair of(String organization) {
        return known.computeIfAbsent(organization, this::load);
    }

    private VAPIDKeyPair load(String organization) {
        var row = parts.database().read(tx -> store.find(tx, organization)).orElseGet(() -> fresh(organization));
        var name = new KeyName("web-push", organization);
        var privateKey = parts.secrets().keys().key(name).open(row.sealed(), associated(organization));
        return VAPIDKeyPairs.of(
                PrivateKeySources.ofPKCS8Bytes(privateKey), PublicKeySources.ofX509Bytes(row.publicKey()));
    }

    /// Ours, or that of whoever was quicker.
    private VapidKeyStore.Row fresh(String organization) {
        var made = made(organization);
        return parts.database().write(tx -> {
            store.addUnlessThere(tx, organization, made, parts.clock().instant());
            return store.find(tx, organization).orElseThrow();
        });
    }

    private VapidKeyStore.Row made(String organization) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(
                    new ECGenParameterSpec("secp256r1"), parts.secrets().random());
            var pair = generator.generateKeyPair();
            var key = parts.secrets().keys().key(new KeyName("web-push", organization));
            return new VapidKeyStore.Row(
                    pair.getPublic().getEncoded(), key.seal(pair.getPrivate().getEncoded(), associated(organization)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no P-256", e);
        }
    }

    private static byte[] associated(String organization) {
        return ("web push key of " + organization).getBytes(UTF_8);
    }
}
