package lanyard.governance.disclosure;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Caller;

/// A case's clock and what it has cost.
public final class Timing {
    private static final ZoneId HERE = ZoneId.of("Europe/London");

    private final CaseDesk desk;
    private final Deadlines deadlines = new Deadlines(new BankHolidays());
    private final TimeStore store = new TimeStore();

    Timing(CaseDesk desk) {
        this.desk = desk;
    }

    static LocalDate day(Instant at) {
        return at.atZone(HERE).toLocalDate();
    }

    public LocalDate today() {
        return day(desk.ground().clock().instant());
    }

    public Deadline deadline(Case about) {
        return deadlines.of(about.clock());
    }

    void requireReceived(LocalDate day) {
        if (day.isAfter(today())) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "A request was not received in the future.");
        }
    }

    /// The clock stands still while the organisation waits for the requester. Errors: `M_INVALID_PARAM` for what this
    /// kind of case does not wait for.
    public void stop(Caller caller, CaseId id, Stop.Why why, LocalDate from, String reason) {
        var words = CaseDesk.reason(reason);
        requireReceived(from);
        desk.step(caller, id, Cases.WORKERS, (commit, found) -> {
            Deadlines.requireStops(found.kind(), why);
            if (found.clock().standing().isPresent()) {
                throw CaseDesk.badState("The clock is stopped already.");
            }
            if (from.isBefore(found.clock().received())) {
                throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The clock stops on or after the day of receipt.");
            }
            desk.store().stop(commit.tx(), id, new Stop(why, from, Optional.empty()));
            var details = Json.object().put("why", why.word()).put("from", from.toString());
            return new CaseDesk.Step("case.clock_stopped", words, details);
        });
    }

    /// What was waited for came on `day`.
    public void start(Caller caller, CaseId id, LocalDate day) {
        requireReceived(day);
        desk.step(caller, id, Cases.WORKERS, (commit, found) -> {
            var standing = found.clock().standing().orElseThrow(() -> CaseDesk.badState("The clock is running."));
            if (day.isBefore(standing.from())) {
                throw new MatrixException(ErrorCode.M_INVALID_PARAM, "It did not come before it was asked for.");
            }
            desk.store().start(commit.tx(), id, day);
            return new CaseDesk.Step("case.clock_started", "", Json.object().put("day", day.toString()));
        });
    }

    /// More time. Errors: `M_INVALID_PARAM` when the requester was not told in time.
    public void extend(Caller caller, CaseId id, Extension extension) {
        var words = CaseDesk.reason(extension.reason());
        requireReceived(extension.told());
        desk.step(caller, id, Cases.WORKERS, (commit, found) -> {
            deadlines.requireTimely(found.clock(), extension);
            if (found.clock().extension().isPresent()) {
                throw CaseDesk.badState("The time has been extended before.");
            }
            desk.store().extend(commit.tx(), id, extension);
            var details = Json.object().put("told", extension.told().toString());
            extension.until().ifPresent(until -> details.put("until", until.toString()));
            return new CaseDesk.Step("case.extended", words, details);
        });
    }

    /// Receipt of a complaint was acknowledged.
    public void acknowledge(Caller caller, CaseId id, LocalDate day) {
        requireReceived(day);
        desk.step(caller, id, Cases.WORKERS, (commit, found) -> {
            if (!found.kind().isAcknowledged() || day.isBefore(found.clock().received())) {
                throw new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "Complaints are acknowledged, on or after the day they came.");
            }
            desk.store().acknowledge(commit.tx(), id, day);
            return new CaseDesk.Step("case.acknowledged", "", Json.object().put("day", day.toString()));
        });
    }

    /// Work of one's own.
    public void spend(Caller caller, CaseId id, LocalDate day, int minutes, TimeSpent.Task task) {
        requireReceived(day);
        var time = new TimeSpent(caller.user(), day, minutes, task);
        desk.step(caller, id, Cases.WORKERS, (commit, _) -> {
            store.add(commit.tx(), id, time);
            var details = Json.object().put("minutes", minutes).put("task", task.word());
            return new CaseDesk.Step("case.time_spent", "", details);
        });
    }

    public List<TimeSpent> listTimes(CaseId id) {
        return desk.ground().database().read(tx -> store.list(tx, id));
    }

    public Cost cost(CaseId id) {
        return Cost.of(listTimes(id));
    }
}
