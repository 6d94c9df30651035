package lanyard.governance.custodian;

import static org.assertj.core.api.Assertions.assertThat;

import de.connect2x.trixnity.vodozemac.Curve25519PublicKey;
import de.connect2x.trixnity.vodozemac.megolm.GroupSession;
import de.connect2x.trixnity.vodozemac.megolm.MegolmSessionConfig;
import de.connect2x.trixnity.vodozemac.olm.Account;
import de.connect2x.trixnity.vodozemac.olm.OlmMessage;
import de.connect2x.trixnity.vodozemac.olm.OlmSessionConfig;
import de.connect2x.trixnity.vodozemac.olm.Session;
import java.util.HashMap;
import java.util.Map;
import lanyard.governance.custodian.CustodianPublic.MonthDevice;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Ed25519;
import lanyard.standards.matrix.CanonicalJson;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UnpaddedBase64;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// A member of staff's client, as strict as a strict one: it sends to a custodian's device only when the whole chain of
/// signatures from the master key to the fallback key holds.
public final class Sender {
    final UserId user;
    final DeviceId device = new DeviceId("PHONE");
    private final Account account = Account.Companion.invoke();
    private final Map<DeviceId, Session> olm = new HashMap<>();
    private GroupSession group = newGroup();

    public Sender(String user) {
        this.user = new UserId(user);
    }

    private static GroupSession newGroup() {
        return GroupSession.Companion.invoke(MegolmSessionConfig.Companion.v1());
    }

    /// Starts a new Megolm session, as clients do each week and whenever somebody leaves.
    void rotate() {
        group = newGroup();
    }

    /// The to-device content that shares the present session with a custodian's device.
    public ObjectNode share(CustodianPublic custodian, MonthDevice to, RoomId room) {
        checkSignatures(custodian, to);
        var content = Json.object()
                .put("algorithm", "m.megolm.v1.aes-sha2")
                .put("room_id", room.value())
                .put("session_id", group.getSessionId())
                .put("session_key", group.getSessionKey().getBase64());
        var payload = Json.object()
                .put("type", "m.room_key")
                .put("sender", user.value())
                .put("recipient", custodian.user().value());
        payload.set("content", content);
        payload.putObject("recipient_keys").put("ed25519", key(to, "ed25519"));
        payload.putObject("keys").put("ed25519", account.getEd25519Key().getBase64());
        return encrypted(to, payload);
    }

    /// The same, with whatever payload somebody may think of.
    ObjectNode encrypted(MonthDevice to, ObjectNode payload) {
        var session = olm.computeIfAbsent(
                to.device(),
                _ -> account.createOutboundSession(
                        Curve25519PublicKey.Companion.invoke(key(to, "curve25519")),
                        Curve25519PublicKey.Companion.invoke(
                                to.fallbackKey().path("key").asString()),
                        OlmSessionConfig.Companion.v1()));
        var message = session.encrypt(new String(Json.bytes(payload), java.nio.charset.StandardCharsets.UTF_8));
        assertThat(message).isInstanceOf(OlmMessage.PreKey.class);
        var content = Json.object()
                .put("algorithm", "m.olm.v1.curve25519-aes-sha2")
                .put("sender_key", account.getCurve25519Key().getBase64());
        content.putObject("ciphertext")
                .putObject(key(to, "curve25519"))
                .put("type", 0)
                .put("body", message.getBase64());
        return content;
    }

    /// An encrypted message's content, for the room.
    public ObjectNode say(RoomId room, String text) {
        return sayContent(room, Json.object().put("msgtype", "m.text").put("body", text));
    }

    public ObjectNode sayContent(RoomId room, ObjectNode said) {
        var payload = Json.object().put("type", "m.room.message").put("room_id", room.value());
        payload.set("content", said);
        return Json.object()
                .put("algorithm", "m.megolm.v1.aes-sha2")
                .put("session_id", group.getSessionId())
                .put(
                        "ciphertext",
                        group.encrypt(new String(Json.bytes(payload), java.nio.charset.StandardCharsets.UTF_8))
                                .getBase64());
    }

    static String key(MonthDevice of, String algorithm) {
        return of.deviceKeys().path("keys").path(algorithm + ":" + of.device()).asString();
    }

    static void checkSignatures(CustodianPublic custodian, MonthDevice device) {
        var master = onlyKey(custodian.masterKey());
        var selfSigning = onlyKey(custodian.selfSigningKey());
        assertSigned(custodian.masterKey(), custodian.user(), master, master);
        assertSigned(custodian.selfSigningKey(), custodian.user(), master, master);
        assertSigned(device.deviceKeys(), custodian.user(), selfSigning, selfSigning);
        assertSigned(device.deviceKeys(), custodian.user(), device.device().value(), key(device, "ed25519"));
        assertSigned(device.fallbackKey(), custodian.user(), device.device().value(), key(device, "ed25519"));
    }

    private static String onlyKey(ObjectNode crossSigningKey) {
        return crossSigningKey.path("keys").values().iterator().next().asString();
    }

    private static void assertSigned(ObjectNode object, UserId user, String keyId, String key) {
        var signature = object.path("signatures")
                .path(user.value())
                .path("ed25519:" + keyId)
                .asString();
        var unsigned = object.deepCopy();
        unsigned.remove("signatures");
        assertThat(Ed25519.verify(
                        UnpaddedBase64.decode(key).orElseThrow(),
                        CanonicalJson.bytes(unsigned),
                        UnpaddedBase64.decode(signature).orElseThrow()))
                .isTrue();
    }
}
