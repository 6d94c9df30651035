package lanyard.governance.custodian;

import java.time.YearMonth;
import java.util.List;
import lanyard.platform.db.Database;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;
import lanyard.trust.audit.AuditEntry;

/// Forgets the custodian's mail of whole months: without it nobody opens what was said then, in backups either.
///
/// What could go wrong, for ever: messages that are held, or still wanted for the record, can never be disclosed. The
/// principle: this class decides nothing; `governance.retention` calls it once nothing is left that the month's mail
/// opens. The key goes first, then the mail and the audit leaf in one deed; a crash in between is made good by the next
/// call.
public final class Forgetting {
    private static final String ACTOR = "lanyard.retention";

    private final Database database;
    private final Writer writer;
    private final Audit audit;
    private final KeyStore keys;
    private final ForgettingStore store = new ForgettingStore();

    Forgetting(CustodianParts parts) {
        this.database = parts.ground().database();
        this.writer = parts.ground().writer();
        this.audit = parts.audit();
        this.keys = parts.ground().keys();
    }

    /// Forgetting before that one whose mail is still there or may come, the oldest first.
    public List<YearMonth> listBefore(String organization, YearMonth month) {
        return database.read(tx -> store.listKept(tx, organization, month));
    }

    /// Forgetting whose mail is gone, the oldest first.
    public List<YearMonth> listForgotten(String organization) {
        return database.read(tx -> store.listForgotten(tx, organization));
    }

    public void forget(String organization, YearMonth month, String why) {
        keys.destroy(Mailbox.keyName(organization, month), why);
        writer.write(commit -> {
            var mail = store.forget(commit.tx(), organization, month);
            var details = Json.object().put("month", month.toString()).put("mail", mail);
            audit.record(commit, new AuditEntry("custodian.month_forgotten", ACTOR, organization, why, details));
            return month;
        });
    }
}
