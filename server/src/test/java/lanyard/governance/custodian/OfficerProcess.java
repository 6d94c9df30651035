package lanyard.governance.custodian;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/// An officer's browser as a process of its own, so that what it knows is in no memory of the server's.
public final class OfficerProcess {
    private OfficerProcess() {}

    /// The arguments are who, which share file, the session and its key; the passphrase comes on standard input.
    public static void main(String[] arguments) throws IOException {
        var passphrase = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        var officer = TestOfficer.of(arguments[0], Path.of(arguments[1]), passphrase);
        System.out.print(Base64.getEncoder().encodeToString(officer.sealed(arguments[2], arguments[3])));
        System.out.flush();
    }

    /// The passphrase is in a file, so that it is in no memory of the server's either.
    public static byte[] seal(String person, Path share, Path passphrase, Session session) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OfficerProcess.class.getName(),
                        person,
                        share.toString(),
                        session.id(),
                        session.publicKey())
                .redirectInput(passphrase.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return Base64.getDecoder()
                .decode(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    }
}
