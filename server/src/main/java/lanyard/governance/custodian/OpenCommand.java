package lanyard.governance.custodian;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import lanyard.platform.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `custodian open`: two officers, offline. Reads two shares and a case file and nothing else.
@Command(
        name = "open",
        description = "Opens a case with two officers' shares. Needs no server and no network.",
        mixinStandardHelpOptions = true)
final class OpenCommand implements Callable<Integer> {
    static final String FORMAT = "lanyard disclosure 1";
    private static final String EXPORT_OFFICER = "the disclosure";

    private final CustodianCommand.Tools tools;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--case", required = true, description = "The case file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path file;

    @Option(names = "--share", required = true, description = "An officer's share file; twice.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private List<Path> shares;

    @Option(names = "--passphrase-file", description = "A file with the passphrase of each share, in the same order.")
    private List<Path> passphraseFiles = List.of();

    @Option(names = "--out", description = "Where the disclosure is written, sealed under a new passphrase.")
    private @Nullable Path out;

    @Option(names = "--print", description = "Prints the conversation on the screen.")
    private boolean print;

    OpenCommand(CustodianCommand.Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        if (shares.size() != SplitKey.NEEDED) {
            throw new CustodianRefusal("It takes two officers to open a case: give --share twice.");
        }
        if (out == null && !print) {
            throw new CustodianRefusal("Say what to do with what is opened: --out FILE, --print, or both.");
        }
        var officers = officers();
        var opened = CaseFile.read(file, officers.one().caseKey());
        report(new CaseOpening(opened, officers, tools.random()).open());
        return 0;
    }

    private TwoOfficers officers() {
        var files = new PassphraseFile(tools.random());
        var passphrases = new Passphrases(passphraseFiles);
        var read = new ArrayList<OfficerShare>();
        for (var i = 0; i < shares.size(); i++) {
            var holder = OfficerShare.Holder.read(files.clear(shares.get(i)));
            read.add(OfficerShare.read(files, shares.get(i), passphrases.get(i, holder.name())));
        }
        return new TwoOfficers(read.getFirst(), read.getLast());
    }

    private void report(Disclosure disclosure) {
        var console = spec.commandLine().getOut();
        if (print) {
            Transcript.of(disclosure.toJson()).forEach(console::println);
        }
        if (out != null) {
            var reader = Officer.withNewPassphrase(EXPORT_OFFICER, tools.random());
            var clear = Json.object()
                    .put("format", FORMAT)
                    .put("case", disclosure.scope().caseId());
            new PassphraseFile(tools.random()).write(out, clear, disclosure.toJson(), reader.passphrase());
            console.print("The disclosure is in " + out + ", sealed. Its passphrase, shown this once: ");
            console.println(reader.passphrase());
        }
        console.println(disclosure.events().size() + " events opened with " + disclosure.sessions() + " keys; "
                + disclosure.unreadable().size() + " could not be opened"
                + (disclosure.unreadable().isEmpty() ? "." : ": " + String.join(", ", disclosure.unreadable())));
        console.flush();
    }
}
