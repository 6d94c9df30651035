package lanyard.governance.custodian;

import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `custodian ceremony`: in the presence of the three officers, each of whom leaves with a file and a passphrase.
@Command(
        name = "ceremony",
        description = "Makes an organisation's custodian devices for twelve months and three officers' sealed shares.",
        mixinStandardHelpOptions = true)
final class CeremonyCommand implements Callable<Integer> {
    private final CustodianCommand.Tools tools;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--organization", required = true, description = "The organisation's ODS code.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private String organization;

    @Option(names = "--officer", required = true, description = "An officer's name; three times.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private List<String> officers;

    @Option(names = "--directory", required = true, description = "Where the three share files are put.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path directory;

    @Option(
            names = "--first-month",
            description = "The first of the twelve months, like 2026-11; by default this month.")
    private @Nullable YearMonth first;

    CeremonyCommand(CustodianCommand.Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() throws Exception {
        var now = tools.clock().instant();
        var from = first == null ? YearMonth.from(now.atOffset(ZoneOffset.UTC)) : first;
        var made = new ArrayList<Officer>();
        officers.forEach(name -> made.add(Officer.withNewPassphrase(name, tools.random())));
        var opened = tools.open().get();
        try (var _ = opened.rest()) {
            var user = opened.custodianOf().apply(organization);
            opened.custodian().hold(new CeremonyOrder(organization, user, from, made, now), directory);
        }
        var out = spec.commandLine().getOut();
        out.println("The ceremony has taken place. The share files are in " + directory + ".");
        out.println("Each passphrase is shown this once. Let each officer see their own and write it down:");
        for (var i = 0; i < made.size(); i++) {
            out.print("  officer " + (i + 1) + ", " + made.get(i).name() + ": ");
            out.println(made.get(i).passphrase());
        }
        out.println("Take the files off this server: two of them, with their passphrases, open the conversations.");
        out.flush();
        return 0;
    }
}
