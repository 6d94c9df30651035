package lanyard.governance.custodian;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import tools.jackson.databind.JsonNode;

/// Holds ceremonies, in two ways: with files that passphrases open, made in this process; or in a worker, for officers
/// whose passkeys have made keys, so that no share is in this process at any time.
///
/// What could go wrong: devices are used whose shares nobody has, and what is sealed to them is lost. The principle:
/// shares are where their officers can fetch them before, or in the transaction in which, devices are in the database.
final class Ceremonies {
    private final CustodianParts parts;
    private final CustodianStore store;
    private final Officers officers;
    private final OfficerKeys keys;
    private final Mailbox mailbox;

    Ceremonies(CustodianParts parts, CustodianStore store, Officers officers, OfficerKeys keys) {
        this.parts = parts;
        this.store = store;
        this.officers = officers;
        this.keys = keys;
        this.mailbox = new Mailbox(parts.ground().keys());
    }

    /// Errors: [CustodianRefusal] when one of the months has its device already.
    CustodianPublic withFiles(CeremonyOrder order, byte[] caseKey, Path directory) {
        var making = order.making();
        requireFree(making);
        var shares = new ShareFiles(directory, parts.ground().random());
        settle(directory);
        var result = new Ceremony(making, caseKey, parts.ground().random()).hold();
        shares.stage(result, order.officers());
        prepare(making, result);
        parts.ground().writer().write(commit -> {
            officersAndDevices(commit, making, result, List.of());
            record(commit, making, result, making.custodian());
            return result.ceremony();
        });
        settle(directory);
        return result.known();
    }

    /// `people` have prepared their passkeys. Errors: `M_FORBIDDEN` when one has not; [CustodianRefusal].
    CustodianPublic inBrowsers(
            CeremonyOrder.Making making,
            byte[] caseKey,
            List<UserId> people,
            UserId by,
            Supplier<Isolation> isolation) {
        requireFree(making);
        var guards = Guard.requireThree(people.stream()
                .map(person -> keys.guard(making.organization(), person))
                .toList());
        requireThreePeople(people);
        try (var worker = WorkerProcess.start(isolation.get())) {
            var answer = worker.ask(CeremonyWire.request(making, caseKey, guards));
            var made = CeremonyWire.read(making.custodian(), answer);
            prepare(making, made.result());
            parts.ground().writer().write(commit -> {
                officersAndDevices(commit, making, made.result(), made.shares());
                record(commit, making, made.result(), by);
                return made.result().ceremony();
            });
            return made.result().known();
        }
    }

    private void requireThreePeople(List<UserId> people) {
        for (var one : people) {
            if (people.stream().filter(other -> keys.facts().isSame(one, other)).count() > 1) {
                throw new CustodianRefusal(
                        keys.facts().name(one) + " is there twice, by two accounts. It takes three different people.");
            }
        }
    }

    private void requireFree(CeremonyOrder.Making making) {
        var last = making.first().plusMonths(CeremonyOrder.MONTHS - 1L);
        var taken = parts.ground().database().read(tx -> store.listMonths(tx, making.organization(), making.first()));
        if (!taken.isEmpty() && !taken.getFirst().isAfter(last)) {
            throw new CustodianRefusal("A ceremony has made the device of " + taken.getFirst() + " already.");
        }
    }

    private void prepare(CeremonyOrder.Making making, CeremonyResult result) {
        result.known().months().forEach(month -> mailbox.prepare(making.organization(), month.month()));
    }

    private void officersAndDevices(
            Commit commit, CeremonyOrder.Making making, CeremonyResult result, List<WrappedShare> wrapped) {
        var tx = commit.tx();
        store.add(tx, making, result, parts.ground().clock().millis());
        officers.add(tx, making.organization(), result.shares());
        officers.addWrapped(tx, making.organization(), wrapped);
        wrapped.forEach(share -> keys.shares().add(tx, making.organization(), share));
    }

    private void record(Commit commit, CeremonyOrder.Making making, CeremonyResult result, UserId by) {
        var details = Json.object()
                .put("ceremony", result.ceremony())
                .put("first_month", making.first().toString())
                .put("months", CeremonyOrder.MONTHS);
        var names = details.putArray("officers");
        making.officers().forEach(names::add);
        JsonNode master = result.known().masterKey().path("keys");
        details.set("master_key", master);
        parts.audit()
                .record(
                        commit,
                        new AuditEntry(
                                "custodian.ceremony", by.value(), making.organization(), "key ceremony", details));
    }

    /// Finishes what a crash in the middle of a ceremony left of its share files.
    void settle(Path directory) {
        var ceremonies = parts.ground().database().read(store::listCeremonies);
        new ShareFiles(directory, parts.ground().random()).settle(ceremonies);
    }
}
