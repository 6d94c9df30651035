package lanyard.governance.custodian;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import lanyard.governance.custodian.OfficerStore.Holding;
import lanyard.governance.custodian.ReplacementStore.Pending;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Replacing an officer: the two others present their shares to a worker, which seals everything anew under fresh keys
/// and makes three new shares, each sealed to its officer's passkey.
///
/// What could go wrong, for ever: the old shares are given up before the new ones open anything, and what was said can
/// never be disclosed; the officer who goes still opens cases; one person gets two shares, or two people do it without
/// anybody seeing. The principles: the old shares count, and nothing of what they open is touched, until each of the
/// three new ones has been opened by its officer and found right by a worker; then everything changes in one deed,
/// after
/// which the database holds nothing that an old share opens; who goes takes no part, nor does anybody named in an open
/// case; every step leaves an audit entry.
final class Replacements {
    private static final Duration LIFE = Duration.ofMinutes(30);
    private static final int MOST = 3;
    private static final int LONGEST_REASON = 1_000;

    /// Whose share of which ceremony goes to whom, and why.
    record Wanted(String ceremony, int officer, UserId newcomer, String reason) {
        Wanted {
            if (reason.isBlank() || reason.length() > LONGEST_REASON) {
                throw Order.refused("Say why the officer is replaced, in at most 1000 characters.");
            }
        }
    }

    private final CustodianParts parts;
    private final CustodianStore devices;
    private final Officers officers;
    private final OfficerKeys keys;
    private final Supplier<Isolation> isolation;
    private final ReplacementStore store = new ReplacementStore();
    private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();

    Replacements(
            CustodianParts parts,
            CustodianStore devices,
            Officers officers,
            OfficerKeys keys,
            Supplier<Isolation> isolation) {
        this.parts = parts;
        this.devices = devices;
        this.officers = officers;
        this.keys = keys;
        this.isolation = isolation;
    }

    /// Errors: `M_FORBIDDEN` with a sentence that says why not.
    Attempt begin(UserId by, String organization, Wanted wanted) {
        sweep();
        if (attempts.size() >= MOST) {
            throw Order.refused("Three replacements are under way already. Wait a moment.");
        }
        requireNoneOpen(pending(organization), wanted.ceremony());
        requireMayTakePart(organization, wanted, by);
        requireNewcomer(organization, wanted);
        var id = newId();
        var worker = Unsealing.refusing(() -> WorkerProcess.start(isolation.get()));
        try {
            var attempt = new Attempt(id, organization, wanted, by, worker);
            Unsealing.refusing(() -> {
                attempt.start(LIFE, parts.ground().clock().instant());
                return id;
            });
            record("custodian.replacement_begun", by, attempt, Json.object());
            attempts.put(id, attempt);
            return attempt;
        } catch (RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    /// Nobody who goes, comes, or is named in a case that is open.
    private void requireMayTakePart(String organization, Wanted wanted, UserId person) {
        var replaced = holding(organization, wanted);
        if (replaced.person().filter(one -> isSame(one, person)).isPresent()) {
            throw Order.refused("Who is replaced takes no part in it: the other two officers do it together.");
        }
        if (isSame(wanted.newcomer(), person)) {
            throw Order.refused("Who comes new takes no part in it: the other two officers do it together.");
        }
        requireUnnamed(person);
    }

    private boolean isSame(UserId one, UserId other) {
        return keys.facts().isSame(one, other);
    }

    private void requireUnnamed(UserId person) {
        if (keys.facts().isNamedInOpenCase(person)) {
            throw Order.refused(keys.facts().name(person)
                    + " is named in a case that is open, and can take no part until it is closed.");
        }
    }

    private Holding holding(String organization, Wanted wanted) {
        return officers.list(organization).stream()
                .filter(one -> one.ceremony().equals(wanted.ceremony()) && one.officer() == wanted.officer())
                .filter(one -> !one.retired())
                .findFirst()
                .orElseThrow(() -> Order.refused("There is no such share, or it has been retired."));
    }

    private void requireNewcomer(String organization, Wanted wanted) {
        var newcomer = wanted.newcomer();
        if (!keys.facts().isOfficer(newcomer)) {
            throw Order.refused("The new officer does not have the duty of a custodian officer yet.");
        }
        var holds = officers.list(organization).stream()
                .filter(one -> one.ceremony().equals(wanted.ceremony()) && !one.retired())
                .anyMatch(one ->
                        one.person().filter(person -> isSame(person, newcomer)).isPresent());
        if (holds) {
            throw Order.refused("That person holds a share of this ceremony already; nobody holds two.");
        }
        requireUnnamed(newcomer);
        var _ = keys.guard(organization, newcomer);
    }

    /// One that waits for shares.
    Optional<Attempt> find(String id, String organization) {
        sweep();
        return Optional.ofNullable(attempts.get(id))
                .filter(one -> one.organization().equals(organization));
    }

    /// With the second share the new ones are made before this answers. Errors: `M_FORBIDDEN`.
    void present(Attempt attempt, UserId officer, byte[] sealedShare) {
        attempt.turn().lock();
        try {
            try {
                accept(attempt, officer, sealedShare);
            } catch (RuntimeException e) {
                record("custodian.replacement_share_refused", officer, attempt, Json.object());
                throw e;
            }
            if (attempt.holders().size() == SplitKey.NEEDED) {
                anew(attempt);
            }
        } finally {
            attempt.turn().unlock();
        }
    }

    private void accept(Attempt attempt, UserId officer, byte[] sealedShare) {
        if (!attempts.containsKey(attempt.id())) {
            throw Order.refused("This replacement is over. Begin it again.");
        }
        requireMayTakePart(attempt.organization(), attempt.wanted(), officer);
        if (officers.has(attempt.presented(), officer)) {
            throw Order.refused("You have presented your share. It takes the two other officers together.");
        }
        var _ = keys.guard(attempt.organization(), officer);
        var request = Json.object()
                .put("do", "share")
                .put("officer", officer.value())
                .put("sealed", Base64.getEncoder().encodeToString(sealedShare));
        request.set("officers", known(attempt));
        var accepted = Unsealing.refusing(() -> attempt.worker().ask(request)).path("accepted");
        officers.claim(attempt.organization(), officer, accepted);
        attempt.holders().put(accepted.path(0).path("officer").asInt(0), officer);
        var details = Json.object();
        details.set("shares", Officers.withoutCommitments(accepted));
        record("custodian.replacement_share_presented", officer, attempt, details);
    }

    /// That ceremony's officers, with a mark at the one who goes.
    private ArrayNode known(Attempt attempt) {
        var known = Json.array();
        for (JsonNode one : officers.known(attempt.organization())) {
            if (one.path("ceremony").asString("").equals(attempt.wanted().ceremony())) {
                var copy = (ObjectNode) one.deepCopy();
                known.add(copy.put(
                        "replaced",
                        one.path("officer").asInt(0) == attempt.wanted().officer()));
            }
        }
        return known;
    }

    private void anew(Attempt attempt) {
        try {
            var wanted = attempt.wanted();
            requireNewcomer(attempt.organization(), wanted);
            var guards = new ArrayList<Guard>();
            for (var officer = 1; officer <= SplitKey.OFFICERS; officer++) {
                var person = officer == wanted.officer()
                        ? wanted.newcomer()
                        : attempt.holders().get(officer);
                guards.add(keys.guard(attempt.organization(), Objects.requireNonNull(person)));
            }
            var request = Json.object().put("do", "resplit").put("ceremony", wanted.ceremony());
            request.set("sealed", parts.ground().database().read(tx -> devices.sealedBy(tx, wanted.ceremony())));
            request.set("guards", Guard.toJson(guards));
            var answer = Unsealing.refusing(() -> attempt.worker().ask(request));
            var pending = new Pending(
                    attempt.id(),
                    attempt.organization(),
                    wanted,
                    attempt.by(),
                    Json.text(answer, "ceremony"),
                    Json.objectField(answer, "sealed"));
            keep(pending, WrappedShare.listOf(answer), attempt);
        } finally {
            attempts.remove(attempt.id());
            attempt.worker().close();
        }
    }

    private void keep(Pending pending, List<WrappedShare> shares, Attempt attempt) {
        var now = parts.ground().clock().millis();
        parts.ground().writer().write(commit -> {
            requireNoneOpen(
                    store.list(commit.tx(), pending.organization()),
                    pending.wanted().ceremony());
            store.add(commit.tx(), pending, now);
            shares.forEach(share -> keys.shares().add(commit.tx(), pending.organization(), share));
            parts.audit()
                    .record(
                            commit,
                            entry("custodian.shares_made_anew", attempt.by(), pending.wanted(), details(pending)));
            return pending.id();
        });
    }

    /// Those whose new shares have not all been tried.
    List<Pending> pending(String organization) {
        return parts.ground().database().read(tx -> store.list(tx, organization));
    }

    Optional<Pending> findPending(String id, String organization) {
        return parts.ground()
                .database()
                .read(tx -> store.find(tx, id))
                .filter(one -> one.organization().equals(organization));
    }

    private static void requireNoneOpen(List<Pending> open, String ceremony) {
        if (open.stream().anyMatch(one -> one.wanted().ceremony().equals(ceremony))) {
            throw Order.refused("An officer of that ceremony is being replaced. Finish that, or call it off, first.");
        }
    }

    List<ShareStore.Kept> shares(Pending pending) {
        return parts.ground().database().read(tx -> keys.shares().list(tx, pending.newCeremony()));
    }

    /// New shares of the person's that wait to be tried, as a worker must know them.
    ArrayNode waiting(String organization, UserId person) {
        var known = Json.array();
        for (var pending : pending(organization)) {
            shares(pending).stream()
                    .map(ShareStore.Kept::share)
                    .filter(share -> share.to().person().equals(person))
                    .forEach(share -> known.addObject()
                            .put("ceremony", share.ceremony())
                            .put("officer", share.officer())
                            .put("commitment", share.commitment())
                            .put("person", person.value()));
        }
        return known;
    }

    /// A worker has found shares of the person's right. With the third new one of a replacement the old ones end.
    void confirm(String organization, UserId person, JsonNode accepted) {
        var replacements = pending(organization);
        for (JsonNode one : accepted) {
            var ceremony = one.path("ceremony").asString("");
            var ours = replacements.stream()
                    .filter(pending -> pending.newCeremony().equals(ceremony))
                    .findFirst();
            parts.ground()
                    .writer()
                    .write(commit -> ours.isPresent()
                            ? confirm(commit, ours.get().id(), person)
                            : tried(commit, ceremony, person));
        }
    }

    private boolean tried(Commit commit, String ceremony, UserId person) {
        keys.shares()
                .confirm(commit.tx(), ceremony, person, parts.ground().clock().millis());
        return false;
    }

    /// Whether it was the last one.
    private boolean confirm(Commit commit, String id, UserId person) {
        var tx = commit.tx();
        var now = parts.ground().clock().millis();
        var found = store.find(tx, id);
        if (found.isEmpty()) {
            return false;
        }
        var pending = found.get();
        keys.shares().confirm(tx, pending.newCeremony(), person, now);
        parts.audit().record(commit, entry("custodian.new_share_tried", person, pending.wanted(), details(pending)));
        var made = keys.shares().list(tx, pending.newCeremony());
        if (made.size() < SplitKey.OFFICERS || !made.stream().allMatch(ShareStore.Kept::confirmed)) {
            return false;
        }
        devices.move(tx, pending.wanted().ceremony(), pending.newCeremony(), pending.sealed(), now);
        officers.retire(tx, pending.wanted().ceremony(), now);
        officers.addWrapped(
                tx,
                pending.organization(),
                made.stream().map(ShareStore.Kept::share).toList());
        keys.shares().delete(tx, pending.wanted().ceremony());
        store.end(tx, id, "replaced", now);
        parts.audit()
                .record(
                        commit,
                        entry("custodian.officer_replaced", pending.askedBy(), pending.wanted(), details(pending)));
        return true;
    }

    /// The old shares stay what they were. Errors: `M_FORBIDDEN` for who is being replaced, or when it is over.
    void callOff(String id, String organization, UserId by) {
        parts.ground().writer().write(commit -> {
            var pending = store.find(commit.tx(), id)
                    .filter(one -> one.organization().equals(organization))
                    .orElseThrow(() -> Order.refused("This replacement is over."));
            if (holding(organization, pending.wanted())
                    .person()
                    .filter(one -> isSame(one, by))
                    .isPresent()) {
                throw Order.refused("Who is replaced takes no part in it: another officer calls it off.");
            }
            keys.shares().delete(commit.tx(), pending.newCeremony());
            store.end(commit.tx(), id, "called_off", parts.ground().clock().millis());
            parts.audit()
                    .record(commit, entry("custodian.replacement_called_off", by, pending.wanted(), details(pending)));
            return id;
        });
    }

    void sweep() {
        var now = parts.ground().clock().instant();
        attempts.values().removeIf(attempt -> {
            var over = attempt.isOver(now);
            if (over) {
                attempt.worker().close();
            }
            return over;
        });
    }

    void closeAll() {
        attempts.values().forEach(attempt -> attempt.worker().close());
        attempts.clear();
    }

    private static ObjectNode details(Pending pending) {
        return Json.object().put("replacement", pending.id()).put("new_ceremony", pending.newCeremony());
    }

    private void record(String action, UserId by, Attempt attempt, ObjectNode details) {
        details.put("replacement", attempt.id());
        var entry = entry(action, by, attempt.wanted(), details);
        parts.ground().writer().write(commit -> {
            parts.audit().record(commit, entry);
            return entry;
        });
    }

    private static AuditEntry entry(String action, UserId by, Wanted wanted, ObjectNode details) {
        details.put("ceremony", wanted.ceremony())
                .put("officer", wanted.officer())
                .put("newcomer", wanted.newcomer().value());
        return new AuditEntry(action, by.value(), wanted.newcomer().value(), wanted.reason(), details);
    }

    private String newId() {
        var bytes = new byte[9];
        parts.ground().random().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
