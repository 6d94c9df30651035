package lanyard.governance.minimise;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.console.Console;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;

/// What the server hears of the nudge, and the induction.
///
/// What could go wrong: numbers about a warning become numbers about somebody. So counts and feedback are added up for
/// the organisation and a day as they come, whoever sent them is not written down, and what is fewer than five is not
/// shown. Who breaks the glass is written down, on purpose and after saying so, and the Caldicott guardian is told.
public final class Minimising implements Feature {
    private static final String NEWS = "org.lanyard.broken_glass";
    private static final int SHOWN_DAYS = 28;
    private static final int MOST_LISTED = 200;

    private final MinimiseParts parts;
    private final Induction induction;
    private final MinimiseStore store = new MinimiseStore();
    private Optional<Console> console = Optional.empty();

    public Minimising(MinimiseParts parts) {
        this.parts = parts;
        this.induction = new Induction(parts);
    }

    public Minimising shownOn(Console shown) {
        console = Optional.of(shown);
        return this;
    }

    public Induction induction() {
        return induction;
    }

    void count(Caller caller, List<NudgeCount> counts) {
        parts.ground().writer().write(commit -> {
            counts.forEach(one -> store.count(commit.tx(), caller.organization(), today(), one));
            return counts.size();
        });
    }

    void feedback(Caller caller, String rule, boolean useful) {
        parts.ground().writer().write(commit -> {
            store.feedback(commit.tx(), caller.organization(), today(), rule, useful);
            return useful;
        });
    }

    /// Errors: `M_NOT_FOUND` for a room the caller is not in.
    void breakGlass(Caller caller, RoomId room, BrokenGlass.Why why, String request) {
        var theirs = parts.told().timeline().findRoom(room).filter(state -> state.isJoined(caller.user()));
        if (theirs.isEmpty()) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no conversation of yours of that id.");
        }
        var now = parts.ground().clock().instant().truncatedTo(ChronoUnit.MICROS);
        var glass =
                new BrokenGlass(0, caller.user().value(), room.value(), "identifier_kept", why, now, Optional.empty());
        parts.ground().writer().write(commit -> {
            store.broke(commit.tx(), caller.organization(), request, glass)
                    .ifPresent(id -> tell(commit, caller, glass, id));
            return room;
        });
    }

    private void tell(Commit commit, Caller caller, BrokenGlass glass, long id) {
        var details = Json.object().put("glass", id).put("what", glass.what());
        parts.trust()
                .audit()
                .record(
                        commit,
                        new AuditEntry(
                                "glass.broken",
                                glass.person(),
                                glass.room(),
                                glass.why().word(),
                                details));
        var guardians = parts.trust().identity().duties().holders(caller.organization(), Duty.CALDICOTT_GUARDIAN);
        guardians.forEach(guardian -> parts.told()
                .accountData()
                .put(commit, guardian, NEWS, Json.object().put("version", id)));
        commit.afterVisible(
                () -> guardians.forEach(guardian -> parts.told().push().alert(guardian, false)));
    }

    void looked(Caller caller, long id) {
        var now = parts.ground().clock().instant().truncatedTo(ChronoUnit.MICROS);
        parts.ground().writer().write(commit -> {
            if (store.looked(commit.tx(), caller.organization(), id, caller.user(), now)) {
                var details = Json.object().put("glass", id);
                var by = caller.user().value();
                parts.trust().audit().record(commit, new AuditEntry("glass.looked_at", by, "", "", details));
            }
            return id;
        });
    }

    List<BrokenGlass> broken(Caller caller) {
        return parts.ground().database().read(tx -> store.broken(tx, caller.organization(), MOST_LISTED));
    }

    List<NudgeCount> counted(Caller caller) {
        return parts.ground().database().read(tx -> store.counted(tx, caller.organization(), since()));
    }

    List<MinimiseStore.Said> said(Caller caller) {
        return parts.ground().database().read(tx -> store.said(tx, caller.organization(), since()));
    }

    private LocalDate since() {
        return today().minusDays(SHOWN_DAYS);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(parts.ground().clock().instant(), ZoneOffset.UTC);
    }

    @Override
    public void routes(Routes routes) {
        new MinimiseEndpoints(this, parts.trust().identity()).addTo(routes);
        console.ifPresent(shown -> new MinimisePages(this).addTo(shown, routes));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("induction-sweep", Duration.ofHours(6), induction::sweep);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Which version of the induction somebody read and when; who broke the glass, in which conversation, when and why.",
                "The person's own induction and broken glass.",
                "The induction goes with the account; broken glass stays with the audit.");
    }
}
