package lanyard.governance.custodian;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `custodian export-case`: a room's span and the mail that goes with it, all of it ciphertext, in one signed file.
@Command(
        name = "export-case",
        description = "Writes a case file: the room's events of the span and the sealed keys, all still encrypted.",
        mixinStandardHelpOptions = true)
final class ExportCaseCommand implements Callable<Integer> {
    private final CustodianCommand.Tools tools;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--case", required = true, description = "The case's reference.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private String caseId;

    @Option(names = "--room", required = true, description = "The room's id.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private String room;

    @Option(names = "--from", description = "The span's beginning, like 2026-11-01T00:00:00Z; by default the room's.")
    private @Nullable Instant from;

    @Option(names = "--to", description = "The span's end; by default now.")
    private @Nullable Instant to;

    @Option(names = "--by", required = true, description = "The Matrix user id of who exports.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private String by;

    @Option(names = "--reason", required = true, description = "Why; goes into the audit log.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private String reason;

    @Option(names = "--out", required = true, description = "The case file to write.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path out;

    ExportCaseCommand(CustodianCommand.Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() throws Exception {
        var order = new CaseOrder(
                caseId,
                new RoomId(room),
                from == null ? 0 : from.toEpochMilli(),
                to == null ? tools.clock().millis() : to.toEpochMilli(),
                new CaseOrder.Approval(new UserId(by), reason));
        var opened = tools.open().get();
        try (var _ = opened.rest()) {
            PassphraseFile.createNew(out, opened.custodian().export(order));
        }
        var console = spec.commandLine().getOut();
        console.println("The case file " + out + " is written. Nothing in it can be read without two officers.");
        console.flush();
        return 0;
    }
}
