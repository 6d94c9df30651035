package lanyard.governance.disclosure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.messaging.patient.PatientId;
import lanyard.platform.db.Tx;
import lanyard.platform.jobs.Turns;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.hold.Doomed;
import lanyard.trust.identity.Caller;

/// Destroys what a case kept once its time is over.
///
/// What could go wrong, for ever: a court or a complaint needs the answer that was given, and it is gone; a case is
/// forgotten that another case's hold keeps; a crash leaves copies of messages that nobody knows of. The principles: it
/// is marked a week before, for people to see and call off; the deed that ends it asks again whether its time is over,
/// keeps holds out and asks whether any stands over a person, a patient or a conversation of the case, and writes down
/// which files are left; their keys and the case's own go after that deed and go again at the next run until all have,
/// one that fails keeping no other back; the audit keeps what was done.
final class CaseDisposals {
    /// Appeals are over by then.
    static final Duration KEPT = Duration.ofDays(3 * 365 + 1);
    /// Files of NHS complaints are kept for ten years: Records Management Code of Practice, appendix II.
    static final Duration COMPLAINTS_KEPT = Duration.ofDays(10 * 365 + 3);

    static final Duration UNDO = Duration.ofDays(7);
    private static final Duration REST = Duration.ofDays(28);
    static final int MOST = 20;
    private static final String ACTOR = "lanyard.retention";
    private static final String WHY = "the case's time is over";

    private final CaseDesk desk;
    private final CaseDisposalStore store = new CaseDisposalStore();
    private final List<CaseKeeper> keepers = new CopyOnWriteArrayList<>();

    CaseDisposals(CaseDesk desk) {
        this.desk = desk;
    }

    void keptBy(CaseKeeper keeper) {
        keepers.add(keeper);
    }

    /// Once: marks, ends what is due, and destroys what an ended case has left. Answers how many cases ended.
    int carryOut() {
        var ground = desk.ground();
        var now = ground.clock().instant();
        markAll(now);
        var ended = 0;
        for (var id : ground.database().read(tx -> store.listDue(tx, now, MOST))) {
            ended += ground.writer().write(commit -> end(commit, id)) ? 1 : 0;
        }
        destroyAll(ground.database().read(store::listGoing));
        return ended;
    }

    /// A file that cannot be destroyed keeps no other case back; that it could not be is said when all have had their
    /// turn.
    private void destroyAll(List<CaseDisposalStore.Line> lines) {
        var turns = new Turns();
        lines.forEach(line -> turns.take(() -> destroy(line)));
        turns.end();
    }

    /// Those that are held stay on the list: it is gone through to its end, so that they keep no other back.
    private void markAll(Instant now) {
        var ground = desk.ground();
        for (var last = ""; ; ) {
            var after = new CaseDisposalStore.After(last, MOST);
            var some = ground.database().read(tx -> store.listOver(tx, over(now), now, after));
            if (some.isEmpty()) {
                return;
            }
            some.forEach(id -> ground.writer().write(commit -> mark(commit, id)));
            last = some.getLast().value();
        }
    }

    private static CaseDisposalStore.Closed over(Instant now) {
        return new CaseDisposalStore.Closed(now.minus(KEPT), now.minus(COMPLAINTS_KEPT));
    }

    private boolean mark(Commit commit, CaseId id) {
        desk.others().holds().keepOut(commit.tx());
        var now = desk.ground().clock().instant();
        if (isHeld(commit.tx(), id)) {
            return false;
        }
        store.mark(commit.tx(), id, now, now.plus(UNDO));
        record(commit, "case.disposal_marked", ACTOR, id, "");
        return true;
    }

    /// Whoever it was about, and every conversation it looked into. Of a case whose key is destroyed nothing is left to
    /// keep: what a restored backup brought back of it goes again.
    private boolean isHeld(Tx tx, CaseId id) {
        var about = desk.store().find(tx, id);
        if (about.isEmpty()) {
            return false;
        }
        var scope = about.get().scope();
        var rooms = Stream.concat(
                        scope.rooms().stream(),
                        desk.rooms().list(tx, id).stream()
                                .map(room -> room.span().room()))
                .distinct()
                .toList();
        var known = desk.others().patients().doomed(tx, rooms).withPeople(scope.persons());
        var patients = Stream.concat(
                        known.patients().stream(), scope.patients().stream().map(PatientId::value))
                .collect(Collectors.toSet());
        return desk.others().holds().covers(tx, new Doomed(known.rooms(), known.people(), patients));
    }

    /// The point of no return. False when a hold stands, it was called off, or its time is not over: it may have been
    /// marked when another was the rule.
    boolean end(Commit commit, CaseId id) {
        var tx = commit.tx();
        desk.others().holds().keepOut(tx);
        var now = desk.ground().clock().instant();
        var line = store.lock(tx, id)
                .filter(one -> one.state().equals("marked"))
                .filter(one -> !one.from().isAfter(now));
        if (line.isEmpty()) {
            return false;
        }
        if (!store.isOver(tx, id, over(now))) {
            store.unmark(tx, id);
            record(commit, "case.disposal_unmarked", ACTOR, id, "its time is not over");
            return false;
        }
        if (isHeld(tx, id)) {
            store.callOff(tx, id, now.plus(REST));
            record(commit, "case.disposal_kept", ACTOR, id, "a hold stands");
            return false;
        }
        var files = new ArrayList<String>();
        var messages = 0;
        for (var keeper : keepers) {
            var cleared = keeper.clear(commit, id);
            files.addAll(cleared.files());
            messages += cleared.messages();
        }
        store.clear(tx, id);
        store.destroying(tx, id, new CaseKeeper.Cleared(messages, files), now);
        var details = Json.object().put("messages", messages).put("files", files.size());
        desk.ground().audit().record(commit, new AuditEntry("case.disposed", ACTOR, id.value(), WHY, details));
        return true;
    }

    private void destroy(CaseDisposalStore.Line line) {
        keepers.forEach(keeper -> keeper.destroy(line.files(), WHY));
        desk.ground().keys().destroy(CaseSeal.name(line.id()), WHY);
        desk.ground().writer().write(commit -> {
            store.destroyed(commit.tx(), line.id());
            record(commit, "case.key_destroyed", ACTOR, line.id(), WHY);
            return line;
        });
    }

    /// Errors: `M_FORBIDDEN` without the duty or with a part in the case; `M_BAD_STATE` when it is not marked.
    void callOff(Caller caller, CaseId id, String reason) {
        var words = CaseDesk.reason(reason);
        desk.ground().writer().write(commit -> {
            var _ = desk.locked(commit.tx(), caller, id, Cases.WORKERS);
            if (!store.callOff(commit.tx(), id, desk.ground().clock().instant().plus(REST))) {
                throw CaseDesk.badState("This case is not marked. Nothing of it goes.");
            }
            desk.note(commit, id, caller.user(), new CaseDesk.Step("case.disposal_called_off", words));
            return id;
        });
    }

    /// Those that are there still are shown to who may see the case only.
    List<CaseDisposalStore.Line> list(Caller caller) {
        var visible = desk.list(caller).stream().map(Case::id).collect(Collectors.toSet());
        return desk.ground().database().read(tx -> store.list(tx, caller.organization())).stream()
                .filter(line -> line.ended().isPresent() || visible.contains(line.id()))
                .toList();
    }

    private void record(Commit commit, String action, String by, CaseId id, String reason) {
        desk.ground().audit().record(commit, new AuditEntry(action, by, id.value(), reason, Json.object()));
    }
}
