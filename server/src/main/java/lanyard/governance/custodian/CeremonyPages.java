package lanyard.governance.custodian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;

/// A key ceremony for three officers who have prepared their passkeys, and the share files of ceremonies that were held
/// with passphrases.
final class CeremonyPages {
    private static final String CUSTODIAN = "/console/custodian";
    private static final Set<Duty> OFFICER = Set.of(Duty.CUSTODIAN_OFFICER);
    private static final String SHARE_FILE = "officer-[0-9](-[0-9a-f]{1,32})?\\.share";
    private static final List<Integer> NUMBERS = List.of(1, 2, 3);

    private final Custodian.Shown shown;
    private final Custodian custodian;
    private final OfficerKeys keys;

    CeremonyPages(Custodian.Shown shown, Custodian custodian, OfficerKeys keys) {
        this.shown = shown;
        this.custodian = custodian;
        this.keys = keys;
    }

    void addTo(Routes routes) {
        var console = shown.console();
        console.page(routes, "GET /console/custodian/ceremonies", OFFICER, this::show);
        console.form(routes, "POST /console/custodian/ceremonies", OFFICER, StepUp.NEEDED, this::hold);
        console.page(routes, "GET /console/custodian/shares/{file}", OFFICER, this::file);
    }

    private Reply show(ConsoleCall call) {
        var ready = keys.ready(call.caller().organization()).stream()
                .map(key -> new ReplacementPages.Item(key.person().value(), key.name() + ", " + key.person()))
                .toList();
        return call.page("custodian/ceremonies", Map.of("files", files(), "numbers", NUMBERS, "ready", ready));
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
        var people = NUMBERS.stream()
                .map(number -> call.form().text("officer-" + number, 300))
                .map(UserId::new)
                .toList();
        var me = call.caller().user();
        var records = UserId.of("records", me.server());
        Unsealing.refusing(() -> {
            custodian.hold(call.caller().organization(), records, people, me);
            return records;
        });
        return call.see(CUSTODIAN);
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
