package lanyard.trust.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `verify-proof`: needs a file from the console and the public key, and neither the server nor its data. Exit 0 when
/// the proof holds, 1 with a sentence when it does not.
@Command(
        name = "verify-proof",
        description = "Checks that an entry is in the audit log, or that the log has only grown, from a proof file.",
        mixinStandardHelpOptions = true)
public final class VerifyProof implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--key", required = true, description = "The verifier key (name+hint+key).")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private String verifierKey;

    @Parameters(paramLabel = "FILE", description = "A proof, as the console gives it.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path file;

    @Override
    public Integer call() throws Exception {
        try {
            spec.commandLine().getOut().println(new ProofCheck(verifierKey).check(Files.readAllBytes(file)));
            return 0;
        } catch (BrokenLog | AuditFormatException e) {
            spec.commandLine().getErr().println("The proof does not hold: " + e.getMessage());
            return 1;
        }
    }
}
