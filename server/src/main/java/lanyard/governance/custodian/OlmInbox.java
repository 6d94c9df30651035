package lanyard.governance.custodian;

import de.connect2x.trixnity.vodozemac.Curve25519PublicKey;
import de.connect2x.trixnity.vodozemac.olm.Account;
import de.connect2x.trixnity.vodozemac.olm.OlmMessage;
import de.connect2x.trixnity.vodozemac.olm.Session;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lanyard.governance.custodian.CaseFile.Mail;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// Opens the mail of one month's device. As the custodian never answers, every message is a pre-key message of one
/// session for each sending device.
/// <https://spec.matrix.org/v1.18/client-server-api/#molmv1curve25519-aes-sha2>
final class OlmInbox implements AutoCloseable {
    private static final int PRE_KEY = 0;

    private final UserId custodian;
    private final Account account;
    private final String identityKey;
    private final String signingKey;
    private final Map<String, Session> sessions = new HashMap<>();

    OlmInbox(UserId custodian, Account account) {
        this.custodian = custodian;
        this.account = account;
        this.identityKey = account.getCurve25519Key().getBase64();
        this.signingKey = account.getEd25519Key().getBase64();
    }

    /// What the message says, if it was for this device and from whom it claims. Everything else is passed over.
    Optional<ObjectNode> open(Mail mail) {
        var content = mail.content();
        var message = content.path("ciphertext").path(identityKey);
        var sender = content.path("sender_key").asString("");
        if (!content.path("algorithm").asString("").equals(Algorithms.OLM)
                || message.path("type").asInt(-1) != PRE_KEY
                || sender.isEmpty()) {
            return Optional.empty();
        }
        return Vodozemac.attempt(() -> decrypt(sender, message.path("body").asString("")))
                .flatMap(OlmInbox::parse)
                .filter(payload -> isFor(payload, mail.sender()));
    }

    private String decrypt(String sender, String body) {
        var message = OlmMessage.PreKey.Text.Companion.invoke(body);
        var known = sessions.get(message.getSessionKeys().getSessionId());
        if (known != null) {
            return known.decrypt((OlmMessage.Text) message);
        }
        var created = account.createInboundSession(message, Curve25519PublicKey.Companion.invoke(sender));
        sessions.put(created.getSession().getSessionId(), created.getSession());
        return created.component1();
    }

    private static Optional<ObjectNode> parse(String plain) {
        try {
            return Optional.of(Json.object(PassphraseFile.utf8(plain)));
        } catch (MatrixException e) {
            return Optional.empty();
        }
    }

    private boolean isFor(ObjectNode payload, UserId sender) {
        return payload.path("sender").asString("").equals(sender.value())
                && payload.path("recipient").asString("").equals(custodian.value())
                && payload.path("recipient_keys").path("ed25519").asString("").equals(signingKey);
    }

    @Override
    public void close() {
        sessions.values().forEach(Session::close);
        account.close();
    }
}
