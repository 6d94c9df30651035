package lanyard.governance.custodian;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import lanyard.standards.matrix.UserId;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/// `custodian`: the ceremony. No command leads to what was said: a case is opened in the console or not at all
/// (ADR 36).
@Command(
        name = "custodian",
        description = "The sealed records custodian: key ceremonies.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "ceremony")
public final class CustodianCommand {
    private CustodianCommand() {}

    /// What a ceremony needs of the server's data; `custodianOf` answers an organisation's custodian.
    public record Opened(Custodian custodian, Function<String, UserId> custodianOf, AutoCloseable rest) {}

    /// What a ceremony stands on.
    public record Tools(Supplier<Opened> open, InstantSource clock, SecureRandom random) {}

    public static CommandLine line(Tools tools) {
        return new CommandLine(new CustodianCommand()).addSubcommand(new CeremonyCommand(tools));
    }

    /// A refusal is one sentence and exit code 1; anything else is a bug and goes on as it came.
    static int refused(CommandLine command, CustodianRefusal refusal) {
        PrintWriter err = command.getErr();
        err.println(refusal.getMessage());
        err.flush();
        return 1;
    }

    /// Handles refusals here and hands everything else to `otherwise`.
    public static IExecutionExceptionHandler refusing(IExecutionExceptionHandler otherwise) {
        return (e, command, parsed) -> e instanceof CustodianRefusal refusal
                ? refused(command, refusal)
                : otherwise.handleExecutionException(e, command, parsed);
    }
}
