package lanyard.trust.audit;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import lanyard.platform.db.Database;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `verify-audit`: exit 0 when the log holds, 1 with a sentence when it does not.
@Command(
        name = "verify-audit",
        description = "Recomputes the audit log and compares it with every signed checkpoint.",
        mixinStandardHelpOptions = true)
public final class VerifyAudit implements Callable<Integer> {
    /// What the command needs of the server on this data directory.
    public record Opened(Database database, AuditKeys keys, AutoCloseable rest) {}

    private final Function<Path, Opened> open;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--data", required = true, description = "The data directory.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path data;

    @Option(
            names = "--witness",
            description = "The witness file; by default audit/checkpoints.log in the data directory.")
    private @Nullable Path witness;

    @Option(
            names = "--key",
            description = "The verifier key (name+hint+key), when it shall not come from the key store.")
    private @Nullable String verifierKey;

    public VerifyAudit(Function<Path, Opened> open) {
        this.open = open;
    }

    /// Where the witness file is unless somebody says otherwise.
    public static Path witnessIn(Path data) {
        return data.resolve("audit").resolve("checkpoints.log");
    }

    @Override
    public Integer call() throws Exception {
        var opened = open.apply(data);
        try (opened.rest) {
            var file = witness == null ? witnessIn(data) : witness;
            return report(new AuditVerifier(opened.keys(), new Witness(file), verifierKey).verify(opened.database()));
        }
    }

    private int report(Finding finding) {
        PrintWriter out = spec.commandLine().getOut();
        switch (finding) {
            case Finding.Sound sound -> {
                out.println("The audit log holds: " + sound.leaves() + " entries (" + sound.erased() + " erased), "
                        + sound.checkpoints() + " checkpoints, " + sound.unsigned() + " entries not yet signed.");
                return 0;
            }
            case Finding.Broken broken -> {
                spec.commandLine().getErr().println("The audit log does not hold. " + broken.sentence());
                return 1;
            }
        }
    }
}
