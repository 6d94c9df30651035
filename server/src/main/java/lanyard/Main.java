package lanyard;

import java.util.Map;
import lanyard.platform.CannotStartException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// The command line. Without a command it serves.
public final class Main {
    /// Exit code for a mistake in how Lanyard was started: one sentence has said which.
    static final int NOT_STARTED = 2;

    private Main() {}

    public static void main(String[] arguments) {
        var status = commandLine(System.getenv()).execute(arguments);
        System.exit(status);
    }

    /// Every command is a class of its feature and a line here.
    static CommandLine commandLine(Map<String, String> environment) {
        var serve = new Serve(environment);
        return new CommandLine(serve)
                .addSubcommand("serve", new Serve(environment))
                .addSubcommand("code", new CurrentCode(environment))
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler(Main::failed);
    }

    private static int misused(ParameterException e, String[] arguments) {
        e.getCommandLine().getErr().println(e.getMessage());
        e.getCommandLine().usage(e.getCommandLine().getErr());
        return NOT_STARTED;
    }

    /// Whoever starts Lanyard gets a sentence; anything that is not one is a bug and keeps its stack trace.
    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof CannotStartException) {
            command.getErr().println(e.getMessage());
            return NOT_STARTED;
        }
        throw e;
    }
}
