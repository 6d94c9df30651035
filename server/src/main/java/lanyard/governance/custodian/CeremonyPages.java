package lanyard.governance.custodian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;

/// A key ceremony at one screen: the three officers come one after another and type a passphrase of their own; each
/// fetches the share file that it seals.
final class CeremonyPages {
    private static final String PATH = "/console/custodian/ceremonies";
    private static final Set<Duty> OFFICER = Set.of(Duty.CUSTODIAN_OFFICER);
    private static final String SHARE_FILE = "officer-[0-9](-[0-9a-f]{1,32})?\\.share";
    private static final List<Integer> NUMBERS = List.of(1, 2, 3);

    private final Custodian.Shown shown;
    private final Custodian custodian;
    private final InstantSource clock;

    CeremonyPages(Custodian.Shown shown, Custodian custodian, InstantSource clock) {
        this.shown = shown;
        this.custodian = custodian;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        var console = shown.console();
        console.page(routes, "GET /console/custodian/ceremonies", OFFICER, this::show);
        console.form(routes, "POST /console/custodian/ceremonies", OFFICER, StepUp.NEEDED, this::hold);
        console.page(routes, "GET /console/custodian/shares/{file}", OFFICER, this::file);
    }

    private Reply show(ConsoleCall call) {
        return call.page("custodian/ceremonies", Map.of("files", files(), "numbers", NUMBERS));
    }

    private List<String> files() {
        if (!Files.isDirectory(shown.shares())) {
            return List.of();
        }
        try (var all = Files.list(shown.shares())) {
            return all.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches(SHARE_FILE))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply hold(ConsoleCall call) {
        var form = call.form();
        var organization = call.caller().organization();
        var at = clock.instant();
        var records = UserId.of("records", call.caller().user().server());
        Unsealing.refusing(() -> {
            var officers = IntStream.rangeClosed(1, SplitKey.OFFICERS)
                    .mapToObj(i -> new Officer(form.text("name-" + i, 100), form.text("passphrase-" + i, 200)))
                    .toList();
            var order = new CeremonyOrder(organization, records, custodian.nextMonth(organization), officers, at);
            return custodian.hold(order, shown.shares());
        });
        return call.see(PATH);
    }

    /// Sealed under its officer's passphrase.
    private Reply file(ConsoleCall call) {
        var name = call.exchange().param("file");
        if (!files().contains(name)) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such share file here any more.");
        }
        try {
            Path file = shown.shares().resolve(name);
            return Reply.bytes("application/octet-stream", Files.readAllBytes(file))
                    .header("Content-Disposition", "attachment; filename=\"" + name + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
