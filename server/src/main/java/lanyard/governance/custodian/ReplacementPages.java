package lanyard.governance.custodian;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lanyard.governance.custodian.ReplacementStore.Pending;
import lanyard.governance.custodian.Replacements.Wanted;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.console.Console;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;

/// Preparing a passkey to guard a share, and replacing an officer.
record ReplacementPages(
        Console console, Officers officers, OfficerKeys keys, Replacements replacements, Presenting presenting) {
    private static final String CUSTODIAN = "/console/custodian";
    private static final String PATH = CUSTODIAN + "/replacements";
    private static final Set<Duty> OFFICER = Set.of(Duty.CUSTODIAN_OFFICER);

    /// What a list offers to choose.
    public record Item(String value, String text) {}

    /// A replacement whose new shares are being tried.
    public record Waiting(String id, String who, String newcomer, String reason, List<String> tried) {}

    void addTo(Routes routes) {
        console.form(routes, "POST /console/custodian/keys", OFFICER, StepUp.NEEDED, this::prepare);
        console.page(routes, "GET /console/custodian/replacements", OFFICER, this::show);
        console.form(routes, "POST /console/custodian/replacements", OFFICER, StepUp.NEEDED, this::begin);
        console.page(routes, "GET /console/custodian/replacements/{id}", OFFICER, this::one);
        console.form(routes, "POST /console/custodian/replacements/{id}", OFFICER, StepUp.NEEDED, this::present);
        console.form(routes, "POST /console/custodian/replacements/{id}/call-off", OFFICER, StepUp.NEEDED, this::end);
    }

    private Reply prepare(ConsoleCall call) {
        var form = call.form();
        keys.put(
                call.caller().organization(),
                call.caller().user(),
                form.text("key", 100),
                form.text("credential", 2_000));
        return call.see(CUSTODIAN);
    }

    private Reply show(ConsoleCall call) {
        var organization = call.caller().organization();
        var shares = new ArrayList<Item>();
        officers.list(organization).stream()
                .filter(holding -> !holding.retired())
                .forEach(holding -> shares.add(new Item(
                        holding.ceremony() + " " + holding.officer(),
                        holding.name() + " (share " + holding.officer() + " of ceremony " + holding.ceremony() + ")")));
        var model = new HashMap<String, Object>();
        model.put("shares", shares);
        model.put("people", people(organization));
        model.put(
                "waiting",
                replacements.pending(organization).stream().map(this::waiting).toList());
        return call.page("custodian/replacements", model);
    }

    private List<Item> people(String organization) {
        var holders = officers.list(organization).stream()
                .filter(holding -> !holding.retired())
                .flatMap(holding -> holding.person().stream())
                .toList();
        return keys.ready(organization).stream()
                .filter(key -> !holders.contains(key.person()))
                .map(key -> new Item(key.person().value(), key.name() + ", " + key.person()))
                .toList();
    }

    private String whoGoes(String organization, Wanted wanted) {
        return officers.list(organization).stream()
                .filter(one -> one.ceremony().equals(wanted.ceremony()))
                .filter(one -> one.officer() == wanted.officer())
                .map(one ->
                        one.person().map(person -> one.name() + ", " + person).orElse(one.name()))
                .findFirst()
                .orElse("");
    }

    private String whoComes(Wanted wanted) {
        return keys.facts().name(wanted.newcomer()) + ", " + wanted.newcomer();
    }

    private Waiting waiting(Pending pending) {
        var tried = replacements.shares(pending).stream()
                .map(one -> one.share().to().name() + (one.confirmed() ? ": tried and right" : ": not tried yet"))
                .toList();
        return new Waiting(
                pending.id(),
                whoGoes(pending.organization(), pending.wanted()),
                whoComes(pending.wanted()),
                pending.wanted().reason(),
                tried);
    }

    private Reply begin(ConsoleCall call) {
        var form = call.form();
        var share = form.text("share", 100).split(" ", 2);
        if (share.length < 2 || !share[1].matches("[1-9]")) {
            return call.refuse("Choose the share of the officer who goes.", "share");
        }
        var wanted = new Wanted(
                share[0],
                Integer.parseInt(share[1]),
                new UserId(form.text("newcomer", 300)),
                form.text("reason", 1_000));
        var attempt = replacements.begin(call.caller().user(), call.caller().organization(), wanted);
        return call.see(PATH + "/" + attempt.id());
    }

    private Reply one(ConsoleCall call) {
        var id = call.exchange().param("id");
        var organization = call.caller().organization();
        var me = call.caller().user();
        var model = new HashMap<String, Object>();
        model.put("id", id);
        var attempt = replacements.find(id, organization);
        if (attempt.isPresent()) {
            return asking(call, attempt.get(), model);
        }
        var pending = replacements.findPending(id, organization).orElseThrow(ReplacementPages::over);
        var mine = replacements.shares(pending).stream()
                .anyMatch(one -> one.share().to().person().equals(me) && !one.confirmed());
        model.put("waiting", List.of(waiting(pending)));
        model.put("mine", mine);
        return call.page("custodian/replacement", model);
    }

    private Reply asking(ConsoleCall call, Attempt attempt, Map<String, Object> model) {
        var me = call.caller().user();
        var presented = attempt.presented();
        model.put("presented", presented.stream().map(keys.facts()::name).toList());
        model.put("goes", whoGoes(attempt.organization(), attempt.wanted()));
        model.put("newcomer", whoComes(attempt.wanted()));
        model.put("reason", attempt.wanted().reason());
        model.put("key", attempt.publicKey());
        model.put("share", presenting.shown(me, List.of(attempt.wanted().ceremony())));
        model.put("mayPresent", !presented.contains(me));
        return call.page("custodian/replacing", model);
    }

    private static MatrixException over() {
        return new MatrixException(
                ErrorCode.M_NOT_FOUND, "This replacement is over. If it was not finished, the old shares still count.");
    }

    private Reply present(ConsoleCall call) {
        var id = call.exchange().param("id");
        var attempt = replacements.find(id, call.caller().organization()).orElseThrow(ReplacementPages::over);
        replacements.present(attempt, call.caller().user(), CustodianPages.sealed(call));
        return call.see(PATH + "/" + id);
    }

    private Reply end(ConsoleCall call) {
        replacements.callOff(
                call.exchange().param("id"),
                call.caller().organization(),
                call.caller().user());
        return call.see(PATH);
    }
}
