package lanyard.governance.custodian;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `custodian show`: reads a sealed disclosure.
@Command(
        name = "show",
        description = "Prints a sealed disclosure that custodian open has written.",
        mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
    private final CustodianCommand.Tools tools;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--disclosure", required = true, description = "The sealed disclosure.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path file;

    @Option(names = "--passphrase-file", description = "A file with its passphrase; otherwise it is asked for.")
    private List<Path> passphraseFiles = List.of();

    ShowCommand(CustodianCommand.Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        var files = new PassphraseFile(tools.random());
        if (!files.clear(file).path("format").asString("").equals(OpenCommand.FORMAT)) {
            throw new CustodianRefusal("That file is not a sealed disclosure.");
        }
        var passphrase = new Passphrases(passphraseFiles).get(0, "the disclosure");
        var console = spec.commandLine().getOut();
        Transcript.of(files.open(file, passphrase)).forEach(console::println);
        console.flush();
        return 0;
    }
}
