package lanyard;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import lanyard.governance.custodian.CustodianCommand;
import lanyard.platform.CannotStartException;
import lanyard.platform.sealing.KeyStore;
import lanyard.trust.audit.AuditKeys;
import lanyard.trust.audit.VerifyAudit;
import lanyard.trust.audit.VerifyProof;
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
                .addSubcommand(new VerifyAudit(data -> auditOf(environment, data)))
                .addSubcommand(new VerifyProof())
                .addSubcommand("custodian", CustodianCommand.line(new CustodianTools(environment).tools()))
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler(CustodianCommand.refusing(Main::failed));
    }

    private static VerifyAudit.Opened auditOf(Map<String, String> environment, Path data) {
        var settings = Settings.readForCommand(environment).on(data);
        var opened = CommandDatabase.of(settings);
        var random = new SecureRandom();
        var keys = KeyStore.open(data.resolve("keys"), InstantSource.system(), random);
        return new VerifyAudit.Opened(opened.database(), new AuditKeys(keys, random, settings.serverName()), opened);
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
