package lanyard.trust.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;
import lanyard.trust.passkey.Passkeys;

/// What the console stands on.
///
/// @param publicUrl where people reach this server
public record ConsoleParts(IdentityGround ground, Identity identity, Passkeys passkeys, URI publicUrl, Assets assets) {

    /// The addresses of the console's style sheet and of its one script, which is for passkeys only.
    public record Assets(String style, String script) {
        private static final String FOLDER = "assets";

        /// As the web app's build has named them.
        public static Assets in(Optional<Path> web) {
            return new Assets(named(web, "console-", ".css"), named(web, "console-", ".js"));
        }

        private static String named(Optional<Path> web, String prefix, String suffix) {
            var folder = web.map(root -> root.resolve(FOLDER)).filter(Files::isDirectory);
            if (folder.isEmpty()) {
                return "/" + FOLDER + "/console" + suffix;
            }
            try (var files = Files.list(folder.get())) {
                return files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> name.startsWith(prefix) && name.endsWith(suffix))
                        .sorted()
                        .findFirst()
                        .map(name -> "/" + FOLDER + "/" + name)
                        .orElse("/" + FOLDER + "/console" + suffix);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
