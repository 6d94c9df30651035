package lanyard.governance.disclosure;

import java.time.Instant;
import java.util.Map;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.trust.console.Console;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;

/// Cases whose time is over, and calling one off.
record CaseDisposalPages(CaseDisposals disposals, Console console) {
    private static final String PATH = "/console/case-disposals";

    /// A line of the list; `ended` is the epoch while it has not.
    public record Row(
            String id, String kind, String state, Instant closed, Instant from, Instant ended, int messages) {}

    /// What can be chosen.
    public record Item(String value, String text) {}

    void addTo(Routes routes) {
        console.page(routes, "GET " + PATH, CaseDesk.READERS, this::show);
        console.form(routes, "POST " + PATH, Cases.WORKERS, StepUp.NEEDED, this::callOff);
    }

    private Reply show(ConsoleCall call) {
        var rows = disposals.list(call.caller()).stream()
                .map(line -> new Row(
                        line.id().value(),
                        CaseKind.find(line.kind()).orElseThrow().title(),
                        line.state(),
                        line.closed(),
                        line.from(),
                        line.ended().orElse(Instant.EPOCH),
                        line.messages()))
                .toList();
        var marked = rows.stream()
                .filter(row -> row.state().equals("marked"))
                .map(row -> new Item(row.id(), row.id() + ", " + row.kind()))
                .toList();
        var mayCallOff = call.duties().contains(Duty.INFORMATION_GOVERNANCE);
        return call.page("disclosure/disposals", Map.of("rows", rows, "marked", marked, "mayCallOff", mayCallOff));
    }

    private Reply callOff(ConsoleCall call) {
        var id = call.form().text("case", 100);
        disposals.callOff(call.caller(), new CaseId(id), call.form().text("reason", 1_000));
        return call.see(PATH);
    }
}
