package lanyard.governance.custodian;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.sealing.SealingKey;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.CanonicalJson;
import tools.jackson.databind.node.ObjectNode;

/// The custodian's mail: what its senders encrypted to its devices, sealed once more under the month's destroyable key.
/// The server can take off the outer seal and not the inner one; once the month's key is destroyed nobody can take off
/// either, officers included, and no backup brings it back.
final class Mailbox {
    private final KeyStore keys;
    private final MailboxStore store = new MailboxStore();

    Mailbox(KeyStore keys) {
        this.keys = keys;
    }

    /// The key whose destruction forgets the custodian's month.
    static KeyName keyName(String organization, YearMonth month) {
        return new KeyName("custodian", organization + "/general/" + month);
    }

    /// Made at the ceremony, so that no message has to wait for a key.
    void prepare(String organization, YearMonth month) {
        keys.key(keyName(organization, month));
    }

    void add(Commit commit, String organization, YearMonth month, MailboxStore.Envelope envelope, ObjectNode content) {
        try {
            var sealed = keys.key(keyName(organization, month)).seal(CanonicalJson.bytes(content), place(envelope));
            store.add(commit.tx(), new MailboxStore.Kept(organization, month, envelope, sealed));
        } catch (DestroyedKeyException e) {
            // The month has been forgotten: there is nothing left that this could open.
            return;
        }
    }

    /// Errors: [CustodianRefusal] when the month's key has been destroyed.
    List<CaseFile.Mail> list(Tx tx, MailboxStore.Wanted wanted) {
        var mail = new ArrayList<CaseFile.Mail>();
        var kept = store.list(tx, wanted);
        if (kept.isEmpty()) {
            return mail;
        }
        var key = key(wanted);
        for (var one : kept) {
            var envelope = one.envelope();
            var content = Json.object(key.open(one.sealed(), place(envelope)));
            mail.add(new CaseFile.Mail(envelope.device(), envelope.sender(), envelope.ts(), content));
        }
        return mail;
    }

    private SealingKey key(MailboxStore.Wanted wanted) {
        try {
            return keys.key(keyName(wanted.organization(), wanted.month()));
        } catch (DestroyedKeyException e) {
            throw new CustodianRefusal("The custodian's mail of " + wanted.month()
                    + " has been destroyed; what was said then can no longer be opened.");
        }
    }

    private static byte[] place(MailboxStore.Envelope envelope) {
        return ("mail " + envelope.device() + " " + envelope.sender() + " " + envelope.senderDevice() + " "
                        + envelope.ts())
                .getBytes(UTF_8);
    }
}
