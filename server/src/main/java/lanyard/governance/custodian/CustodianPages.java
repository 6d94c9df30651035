package lanyard.governance.custodian;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lanyard.governance.custodian.OfficerStore.Holding;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.console.Console;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;

/// The custodian in the console: its months and officers, what waits for a share, and trying one.
final class CustodianPages {
    private static final String PATH = "/console/custodian";
    private static final Set<Duty> OFFICER = Set.of(Duty.CUSTODIAN_OFFICER);
    private static final Set<Duty> MAY_LOOK = Set.of(
            Duty.CUSTODIAN_OFFICER,
            Duty.INFORMATION_GOVERNANCE,
            Duty.CALDICOTT_GUARDIAN,
            Duty.DATA_PROTECTION_OFFICER,
            Duty.SIRO);

    /// A share as a page shows it.
    public record Share(String ceremony, int officer, String name, String holder, boolean retired, boolean tried) {}

    /// Somebody by the name that they have now, and by the id that stays.
    public record Named(String name, String id) {}

    private final Console console;
    private final Custodian custodian;
    private final Unsealing unsealing;
    private final ShareTests trials;
    private final Officers officers;
    private final Presenting presenting;

    /// What is known of shares.
    record Shares(ShareTests trials, Officers officers, Presenting presenting) {}

    CustodianPages(Console console, Custodian custodian, Shares shares) {
        this.console = console;
        this.custodian = custodian;
        this.unsealing = custodian.unsealing();
        this.trials = shares.trials();
        this.officers = shares.officers();
        this.presenting = shares.presenting();
    }

    void addTo(Routes routes) {
        console.entry("Records custodian", PATH, MAY_LOOK);
        console.page(routes, "GET /console/custodian", MAY_LOOK, this::show);
        console.form(routes, "POST /console/custodian/revoke", OFFICER, StepUp.NEEDED, this::revoke);
        console.form(routes, "POST /console/custodian/tests", OFFICER, StepUp.NOT, this::test);
        console.page(routes, "GET /console/custodian/tests/{id}", OFFICER, this::trial);
        console.form(routes, "POST /console/custodian/tests/{id}", OFFICER, StepUp.NOT, this::presentToTrial);
        console.page(routes, "GET /console/custodian/sessions/{id}", MAY_LOOK, this::session);
        console.form(routes, "POST /console/custodian/sessions/{id}", OFFICER, StepUp.NEEDED, this::present);
        console.form(routes, "POST /console/custodian/sessions/{id}/close", MAY_LOOK, StepUp.NOT, this::close);
    }

    private Reply show(ConsoleCall call) {
        var organization = call.caller().organization();
        var model = new HashMap<String, Object>();
        model.put("months", custodian.months(organization));
        model.put("warning", custodian.warning(organization));
        var shares = shares(organization);
        model.put("shares", shares);
        model.put(
                "untried",
                shares.stream()
                        .filter(share -> !share.retired() && !share.tried())
                        .toList());
        model.put(
                "sessions",
                unsealing.listOf(organization).stream()
                        .filter(session -> isShown(session, call))
                        .toList());
        model.put("withheld", custodian.withheld(organization));
        var me = call.caller().user();
        model.put("isOfficer", call.duties().contains(Duty.CUSTODIAN_OFFICER));
        model.put("me", me.value());
        model.put("isReady", presenting.keys().find(organization, me).isPresent());
        model.put("isNew", presenting.keys().waiting(me).stream().anyMatch(one -> !one.confirmed()));
        return call.page("custodian/custodian", model);
    }

    /// A share in a file is tried when somebody first shows it; one behind a passkey when a worker has found it right.
    private List<Share> shares(String organization) {
        var untried = presenting.keys().untried(officers.ceremonies(organization));
        return officers.list(organization).stream()
                .map(holding -> share(
                        holding,
                        holding.person().isPresent()
                                && !untried.contains(holding.ceremony() + "/" + holding.officer())))
                .toList();
    }

    private static Share share(Holding holding, boolean tried) {
        var holder = holding.person().map(person -> person.value()).orElse("");
        return new Share(holding.ceremony(), holding.officer(), holding.name(), holder, holding.retired(), tried);
    }

    private Reply revoke(ConsoleCall call) {
        if (!call.form().ticked("sure")) {
            return call.refuse("Tick the box to say that you are sure.", "sure");
        }
        var reason = call.form().text("reason", 1_000);
        custodian.revoke(call.caller().organization(), call.caller().user(), reason);
        return call.see(PATH);
    }

    private Reply test(ConsoleCall call) {
        var trial = trials.begin(call.caller().user(), call.caller().organization());
        return call.see(PATH + "/tests/" + trial.id());
    }

    private ShareTests.Trial ownTrial(ConsoleCall call) {
        return trials.find(call.exchange().param("id"), call.caller().user())
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "This test is over. Begin another."));
    }

    private Reply trial(ConsoleCall call) {
        var trial = ownTrial(call);
        return call.page(
                "custodian/trial",
                Map.of(
                        "id", trial.id(),
                        "key", trial.publicKey(),
                        "share",
                                presenting.all(
                                        call.caller().user(), call.caller().organization()),
                        "right", !trial.result().isEmpty()));
    }

    private Reply presentToTrial(ConsoleCall call) {
        var trial = ownTrial(call);
        trials.present(trial, sealed(call));
        return call.see(PATH + "/tests/" + trial.id());
    }

    /// Why a case is opened, and by whose word, is not for whom it is about, nor for who was in its rooms.
    private boolean isShown(Session session, ConsoleCall call) {
        return session.order().organization().equals(call.caller().organization())
                && !officers.has(session.order().excluded(), call.caller().user());
    }

    private Session ownSession(ConsoleCall call) {
        return unsealing
                .find(call.exchange().param("id"))
                .filter(session -> isShown(session, call))
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_NOT_FOUND, "This unsealing is over, and what was opened is gone."));
    }

    private Reply session(ConsoleCall call) {
        var session = ownSession(call);
        var me = call.caller().user();
        var mayPresent = call.duties().contains(Duty.CUSTODIAN_OFFICER)
                && session.state() != Session.State.OPEN
                && !officers.has(session.presented(), me);
        var model = new HashMap<String, Object>();
        model.put("session", session);
        model.put("asked", named(session.order().requestedBy()));
        model.put("approved", named(session.order().approvedBy()));
        model.put("presented", session.presented().stream().map(this::named).toList());
        model.put("opening", session.opening().map(List::of).orElseGet(List::of));
        model.put("share", presenting.shown(me, call.caller().organization()));
        model.put("mayPresent", mayPresent);
        return call.page("custodian/session", model);
    }

    private Named named(UserId person) {
        return new Named(presenting.keys().facts().name(person), person.value());
    }

    private Reply present(ConsoleCall call) {
        var session = ownSession(call);
        unsealing.present(session, call.caller().user(), sealed(call));
        return call.see(PATH + "/sessions/" + session.id());
    }

    private Reply close(ConsoleCall call) {
        unsealing.close(ownSession(call), call.caller().user());
        return call.see(PATH);
    }

    static byte[] sealed(ConsoleCall call) {
        try {
            return Base64.getDecoder().decode(call.form().text("sealed", 20_000));
        } catch (IllegalArgumentException e) {
            throw Order.refused("That is not a sealed share.");
        }
    }
}
