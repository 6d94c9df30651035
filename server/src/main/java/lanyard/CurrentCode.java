package lanyard;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import lanyard.platform.sealing.KeyStore;
import lanyard.trust.identity.DemonstrationCodes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `code rhian.lloyd`: the one-time code of somebody in the demonstration organisation, and of nobody else.
@Command(
        name = "code",
        description = "Prints the current one-time code of somebody in the demonstration organisation.",
        mixinStandardHelpOptions = true)
final class CurrentCode implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "<user>", description = "Who signs in, for example rhian.lloyd")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private String user;

    CurrentCode(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var settings = Settings.readForCommand(environment);
        var clock = InstantSource.system();
        try (var data = CommandDatabase.of(settings)) {
            var keys = KeyStore.open(settings.data().resolve("keys"), clock, new SecureRandom());
            var code = new DemonstrationCodes(data.database(), keys).code(user, clock.instant());
            spec.commandLine().getOut().println(code);
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
