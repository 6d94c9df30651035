package lanyard.governance.minimise;

import java.util.Map;
import java.util.Set;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.console.Console;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;

/// Broken glass for the Caldicott guardian; what the nudge did, for whoever looks after the rules.
final class MinimisePages {
    private static final String GLASS = "/console/broken-glass";
    private static final String NUDGES = "/console/nudges";
    private static final Set<Duty> GUARDIAN = Set.of(Duty.CALDICOTT_GUARDIAN);
    private static final Set<Duty> RULES = Set.of(Duty.CALDICOTT_GUARDIAN, Duty.INFORMATION_GOVERNANCE);

    private final Minimising minimising;

    MinimisePages(Minimising minimising) {
        this.minimising = minimising;
    }

    void addTo(Console console, Routes routes) {
        console.entry("Broken glass", GLASS, GUARDIAN);
        console.page(routes, "GET " + GLASS, GUARDIAN, this::glass);
        console.form(routes, "POST " + GLASS + "/{id}/looked", GUARDIAN, StepUp.NOT, this::looked);
        console.entry("Nudges", NUDGES, RULES);
        console.page(routes, "GET " + NUDGES, RULES, this::nudges);
    }

    private Reply glass(ConsoleCall call) {
        var broken = minimising.broken(call.caller()).stream()
                .map(one -> Map.<String, Object>of(
                        "id", one.id(),
                        "at", one.at(),
                        "person", one.person(),
                        "room", one.room(),
                        "why", one.why().words(),
                        "lookedBy", one.lookedBy().orElse("")))
                .toList();
        return call.page("minimise/glass", Map.of("broken", broken));
    }

    private Reply looked(ConsoleCall call) {
        minimising.looked(call.caller(), id(call.exchange().param("id")));
        return call.see(GLASS);
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is nothing of that number.");
        }
    }

    private Reply nudges(ConsoleCall call) {
        var counts = minimising.counted(call.caller()).stream()
                .map(one -> Map.<String, Object>of(
                        "kind", one.roomKind(),
                        "identifier", one.identifier(),
                        "shown", one.shown(),
                        "replaced", one.replaced(),
                        "kept", one.kept()))
                .toList();
        var said = minimising.said(call.caller()).stream()
                .map(one -> Map.<String, Object>of(
                        "rule", one.rule(), "useful", one.useful(), "notUseful", one.notUseful()))
                .toList();
        return call.page("minimise/nudges", Map.of("counts", counts, "said", said));
    }
}
