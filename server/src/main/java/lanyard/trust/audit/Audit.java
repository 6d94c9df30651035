package lanyard.trust.audit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.db.Database;
import lanyard.platform.http.Exchange;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The log of governance deeds: no deed without its leaf, because both are one transaction.
///
/// What could go wrong: a deed goes unrecorded, a record is changed or removed unseen, or the log keeps what a person
/// has a right to have erased. The principles: a leaf is written in the transaction of the deed; a signed checkpoint
/// fixes the log each second, in the database and in a file outside it; what is erased leaves its salted hash, and an
/// erasure is itself a leaf, so that nothing can be blanked quietly.
public final class Audit implements Feature {
    static final String ERASED = "audit.erased";

    private final AuditKeys keys;
    private final InstantSource clock;
    private final AuditStore store = new AuditStore();
    private final AuditJob job;
    private final AuditProofs proofs;
    private final AuditSearch search;
    // Of the last committed leaf of this writer's slot; null until the database has been asked once.
    private volatile AuditStore.@Nullable Tip committed;

    public Audit(Database database, AuditKeys keys, Witness witness, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
        this.job = new AuditJob(database, keys, witness);
        this.proofs = new AuditProofs(database, keys);
        this.search = new AuditSearch(database, keys);
        keys.month(AuditKeys.monthOf(clock.millis()));
    }

    /// Appends `entry`, kept if and only if the deed is.
    public void record(Commit commit, AuditEntry entry) {
        append(commit, entry);
    }

    /// The same, for whoever will prove the entry by [#proofOf].
    public AuditPlace recordForProof(Commit commit, AuditEntry entry) {
        var place = append(commit, entry);
        return new AuditPlace(place.slot(), place.index());
    }

    /// Appends what somebody typed about a person, as an entry apart from the deed's own, and has it erased once it was
    /// `kept` for so long: that it was said, when and by whom stays in the deed's entry.
    public void recordWords(Commit commit, AuditEntry words, Duration kept) {
        var place = append(commit, words);
        store.eraseAt(commit.tx(), place, clock.instant().plus(kept));
    }

    /// Erases entries of [#recordWords] whose time has come, a thousand at most: whoever opens the deed asks again
    /// later. An erasure is an entry itself.
    public void eraseDue(Commit commit) {
        for (var place : store.takeDue(commit.tx(), clock.instant())) {
            if (store.erase(commit.tx(), place)) {
                erased(commit, place, "lanyard", "what was typed has been kept long enough");
            }
        }
    }

    /// Takes one entry's content away for good; its hash stays, and a leaf says who erased which place and why.
    void erase(Commit commit, Leaf.Place place, String actor, String reason) {
        if (!store.erase(commit.tx(), place)) {
            throw new IllegalArgumentException("there is no entry to erase at that place");
        }
        erased(commit, place, actor, reason);
    }

    private void erased(Commit commit, Leaf.Place place, String actor, String reason) {
        var details = Json.object().put("slot", place.slot()).put("index", place.index());
        append(commit, new AuditEntry(ERASED, actor, place.slot() + "/" + place.index(), reason, details));
    }

    public AuditProofs proofs() {
        return proofs;
    }

    public AuditSearch search() {
        return search;
    }

    /// A proof that whoever has the public key can check by `verify-proof`, with the entry unless it was erased.
    /// Errors: `M_NOT_FOUND`.
    public ObjectNode proofOf(int slot, long index) {
        return proofs.inclusionOf(new Leaf.Place(slot, index))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such entry."));
    }

    /// `mayAsk` refuses who is not signed in, or may not ask for proofs.
    public Feature provedTo(Consumer<Exchange> mayAsk) {
        return new AuditEndpoints(proofs, mayAsk);
    }

    Leaf.Place append(Commit commit, AuditEntry entry) {
        var before = tip(commit);
        // Never earlier than the leaf before, whatever the clock does: the verifier relies on it.
        var after = new AuditStore.Tip(before.index() + 1, Math.max(clock.millis(), before.ts()));
        var place = new Leaf.Place(commit.slot(), after.index());
        var content = new Leaf.Opened(keys.newSalt(), entry.canonical(after.ts()));
        var key = keys.month(AuditKeys.monthOf(after.ts()));
        store.append(commit.tx(), Leaf.sealed(place, after.ts(), content, key));
        commit.stage(this, after);
        commit.afterCommit(() -> committed = after);
        return place;
    }

    private AuditStore.Tip tip(Commit commit) {
        var staged = commit.staged(this);
        if (staged.isPresent()) {
            return (AuditStore.Tip) staged.get();
        }
        var known = committed;
        return known != null ? known : store.tip(commit.tx(), commit.slot()).orElseGet(() -> new AuditStore.Tip(-1, 0));
    }

    /// Signs what is new since the last checkpoint. For tests and shutdown; the job does it each second.
    public void checkpoint() {
        job.checkpoint();
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("audit-checkpoint", Duration.ofSeconds(1), this::checkpoint);
        jobs.every("audit-next-month", Duration.ofHours(6), this::prepareNextMonth);
    }

    /// Making a key takes two fsyncs, which the writer's thread should not wait for at the turn of a month.
    private void prepareNextMonth() {
        keys.month(AuditKeys.monthOf(clock.instant().plus(Duration.ofDays(2)).toEpochMilli()));
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Who did which governance deed, when and why: user ids, room and event ids, reasons typed by staff.",
                "Entries naming the person as actor or subject, from the sealed leaves.",
                "An entry is blanked on its own (how the help desk made sure of somebody: after a year), or a month is"
                        + " erased by destroying its key; salted hashes stay.");
    }
}
