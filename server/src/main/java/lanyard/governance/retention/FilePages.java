package lanyard.governance.retention;

import java.util.HashMap;
import java.util.Map;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.trust.console.Console;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;

/// The disposal of files in the console: what is marked, calling it off, what went.
final class FilePages {
    private static final String ONE = "/console/retention/files/{orderId}";

    private final FileExpiry files;
    private final RetentionGround ground;
    private final CertificateView view;

    FilePages(FileExpiry files, RetentionGround ground, CertificateView view) {
        this.files = files;
        this.ground = ground;
        this.view = view;
    }

    void addTo(Console console, Routes routes) {
        console.page(routes, "GET " + ONE, RetentionPages.MAY_SEE, this::show);
        console.form(routes, "POST " + ONE + "/call-off", RetentionPages.MAY_ACT, StepUp.NEEDED, this::callOff);
    }

    /// As templates read it.
    static Map<String, Object> line(FileOrder order, CertificateView view) {
        var line = new HashMap<String, Object>(Map.of(
                "id", order.id(),
                "state", order.state().word().replace('_', ' '),
                "files", order.files(),
                "gone", order.gone(),
                "marked", order.marked(),
                "destroy_from", order.destroyFrom(),
                "policy_version", order.policyVersion()));
        line.put("ended", order.ended() == null ? "" : order.ended());
        line.put("ended_by", order.endedBy() == null ? "" : view.person(order.endedBy()));
        line.put("reason", order.reason() == null ? "" : order.reason());
        return line;
    }

    private FileOrder order(ConsoleCall call) {
        return files.find(call.caller().organization(), call.exchange().param("orderId"))
                .orElseThrow(Marking::notFound);
    }

    private Reply show(ConsoleCall call) {
        var order = order(call);
        return call.page(
                "retention/files",
                Map.of(
                        "one",
                        line(order, view),
                        "destroyed",
                        order.state() == Order.State.DESTROYED,
                        "acts",
                        order.state() == Order.State.MARKED && call.duties().contains(Duty.RECORDS)));
    }

    private Reply callOff(ConsoleCall call) {
        var id = order(call).id();
        var reason = call.form().text("reason", 1_000);
        ground.writer().write(commit -> files.callOff(commit, id, call.caller().user(), reason));
        return call.see(ONE.replace("{orderId}", id));
    }
}
