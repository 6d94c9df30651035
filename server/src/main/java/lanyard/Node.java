package lanyard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/// This node's name, kept in its data directory, so that after a restart it takes its own writer slot again.
record Node(String id) {
    private static final int BYTES = 8;

    static Node in(Path data, SecureRandom random) {
        var file = data.resolve("node");
        try {
            if (Files.exists(file)) {
                return new Node(Files.readString(file).strip());
            }
            var bytes = new byte[BYTES];
            random.nextBytes(bytes);
            var id = HexFormat.of().formatHex(bytes);
            Files.writeString(file, id);
            return new Node(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
