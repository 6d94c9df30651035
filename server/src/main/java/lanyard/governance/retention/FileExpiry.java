package lanyard.governance.retention;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.messaging.media.Media;
import lanyard.messaging.media.StoredMedia;
import lanyard.platform.CrashPoint;
import lanyard.platform.db.Tx;
import lanyard.platform.jobs.Turns;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Hashes;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Organizations;

/// Marks files that retention has run out of, and destroys them once the time to call that off is over.
///
/// What could go wrong, for ever: a file goes that the record or a hold needs; or a schedule is shortened by mistake or
/// malice and all files go the same day. The principles: as with messages ([Marking]), between the mark and the
/// destruction lies the time that the policy gives to call it off; whether a file may go is asked when it is marked and
/// again in the transaction that destroys ([FileKeeping]), which notes what went; what waits for the record is on the
/// worklist until somebody says. A crash leaves an order that the next run carries on.
///
/// A day's files run out together, at its end, so that a day has few orders and not one for every minute.
final class FileExpiry {
    private static final int MOST_A_RUN = 500;
    private static final int ORDERS_A_RUN = 20;
    private static final Duration REST_AFTER_CALLING_OFF = Duration.ofDays(28);
    private static final String ACTOR = "lanyard.retention";
    private static final String WHY = "retention has run out";

    private final RetentionGround ground;
    private final Schedule schedule;
    private final FileKeeping keeping;
    private final Media media;
    private final FileStore store = new FileStore();
    private final FileOrderStore orders = new FileOrderStore();
    private final CertificateStore certified = new CertificateStore();
    /// Where the next run goes on, so that files that stay do not stand in the way of those behind them.
    private final Map<String, Instant> reached = new ConcurrentHashMap<>();

    FileExpiry(RetentionGround ground, Schedule schedule, FileKeeping keeping, Media media) {
        this.ground = ground;
        this.schedule = schedule;
        this.keeping = keeping;
        this.media = media;
    }

    /// What fails, be it one file, keeps nothing else back; that it failed is thrown when all have had their turn.
    void carryOut(Organizations organizations) {
        var turns = new Turns();
        organizations.list().forEach(organization -> turns.take(() -> mark(organization.odsCode())));
        var now = now();
        ground.database()
                .read(tx -> orders.listDue(tx, now, ORDERS_A_RUN))
                .forEach(order -> turns.take(() -> carryOut(order)));
        turns.end();
    }

    private Instant now() {
        return ground.clock().instant();
    }

    private void mark(String organization) {
        var now = now();
        var before = keeping.runsOut(organization, now).truncatedTo(ChronoUnit.DAYS);
        var after = reached.getOrDefault(organization, Instant.EPOCH);
        var due = media.listBetween(organization, after, before, MOST_A_RUN);
        if (due.size() < MOST_A_RUN) {
            reached.remove(organization);
        } else {
            reached.put(organization, due.getLast().uploadedAt());
        }
        var ids = due.stream().map(StoredMedia::id).toList();
        var marked = ground.database().read(tx -> orders.marked(tx, ids, now.minus(REST_AFTER_CALLING_OFF)));
        var going = due.stream()
                .filter(file -> !marked.contains(file.id()) && mayGo(file, now))
                .map(StoredMedia::id)
                .toList();
        if (!going.isEmpty()) {
            ground.writer().write(commit -> mark(commit, organization, going, now));
        }
    }

    private boolean mayGo(StoredMedia file, Instant now) {
        return ground.database().write(tx -> {
            var why = keeping.ask(tx, file, now);
            if (why.filter(one -> one == FileKeeping.Why.NOT_RECORDED).isPresent()) {
                store.waits(tx, file);
            }
            return why.isEmpty();
        });
    }

    private String mark(Commit commit, String organization, List<String> files, Instant now) {
        var version = schedule.version(organization);
        var from = now.plus(schedule.disposal(organization).undo());
        var order = new FileOrder(
                newId(), organization, version, files.size(), now, from, Order.State.MARKED, 0, null, null, null);
        orders.mark(commit.tx(), order, files);
        var details = Json.object()
                .put("files", files.size())
                .put("destroy_from_ts", from.toEpochMilli())
                .put("policy_version", version);
        ground.audit().record(commit, new AuditEntry("files.marked", ACTOR, order.id(), "", details));
        return order.id();
    }

    private String newId() {
        var bytes = new byte[12];
        ground.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void carryOut(FileOrder order) {
        var turns = new Turns();
        for (var id : ground.database().read(tx -> orders.listLeft(tx, order.id()))) {
            turns.take(() -> media.find(id).ifPresent(this::destroy));
            CrashPoint.at("retention.file-gone");
        }
        turns.end();
        ground.writer().write(commit -> finish(commit, order));
    }

    /// One file of an order that is due.
    void destroy(StoredMedia file) {
        try {
            media.destroy(file.id(), ACTOR, WHY, tx -> {
                if (whyKept(tx, file).isPresent()) {
                    throw new Kept();
                }
            });
        } catch (Kept e) {
            // It is marked again when nothing keeps it any more.
        }
    }

    /// The last questions, in the transaction that destroys the file. When nothing keeps it, it is noted as gone.
    Optional<FileKeeping.Why> whyKept(Tx tx, StoredMedia file) {
        var why = keeping.ask(tx, file, now());
        if (why.isPresent()) {
            return why;
        }
        var order = orders.lockOf(tx, file.id()).filter(one -> one.isDue(now()));
        order.ifPresent(one -> {
            orders.went(tx, one, file.id());
            store.noLongerWaits(tx, file.id());
        });
        return order.isEmpty() ? Optional.of(FileKeeping.Why.NOT_DUE) : Optional.empty();
    }

    /// False when it was called off or finished meanwhile.
    private boolean finish(Commit commit, FileOrder found) {
        var tx = commit.tx();
        if (orders.lock(tx, found.id()).filter(FileOrder::isOpen).isEmpty()) {
            return false;
        }
        orders.end(tx, found.id(), new FileOrderStore.End(Order.State.DESTROYED, ACTOR, now(), WHY));
        var ended = orders.find(tx, found.id()).orElseThrow();
        var details = Json.object()
                .put("files", ended.files())
                .put("gone", ended.gone())
                .put("policy_version", ended.policyVersion());
        var tally = tally(orders.listGone(tx, ended.id()));
        details.put("files_sha256", HexFormat.of().formatHex(tally.chain()));
        var leaf = OrderStore.Leaf.of(
                ground.audit(), commit, new AuditEntry("files.destroyed", ACTOR, ended.id(), "", details));
        if (tally.messages() > 0) {
            certified.add(tx, certificate(ended, tally), leaf, null);
        }
        return true;
    }

    private Certificate certificate(FileOrder order, Tally tally) {
        return new Certificate(
                order.id(),
                Certificate.Kind.FILE,
                order.organization(),
                null,
                "retention",
                "policy version " + order.policyVersion(),
                tally,
                now(),
                ACTOR);
    }

    private static Tally tally(List<String> files) {
        var chain = Tally.NOTHING.chain();
        for (var file : files) {
            chain = Hashes.sha256(chain, file.getBytes(StandardCharsets.UTF_8));
        }
        return new Tally(files.size(), null, null, chain);
    }

    /// The file stays; nobody sees this.
    private static final class Kept extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Kept() {
            super("kept", null, false, false);
        }
    }

    /// Errors: `M_NOT_FOUND`; `M_BAD_STATE` once destruction has begun; `M_INVALID_PARAM` without a reason.
    FileOrder callOff(Commit commit, String id, UserId by, String reason) {
        var tx = commit.tx();
        var order = orders.lock(tx, id).orElseThrow(Marking::notFound);
        if (order.state() != Order.State.MARKED) {
            throw new MatrixException(ErrorCode.M_BAD_STATE, Marking.TOO_LATE);
        }
        Marking.mustBeReason(reason);
        orders.end(tx, id, new FileOrderStore.End(Order.State.CALLED_OFF, by.value(), now(), reason));
        var details = Json.object().put("files", order.files());
        ground.audit().record(commit, new AuditEntry("files.called_off", by.value(), id, reason, details));
        return order;
    }

    Optional<FileOrder> find(String organization, String id) {
        return ground.database()
                .read(tx -> orders.find(tx, id))
                .filter(order -> order.organization().equals(organization));
    }

    /// The newest first.
    List<FileOrder> list(String organization, int most) {
        return ground.database().read(tx -> orders.list(tx, organization, most));
    }
}
