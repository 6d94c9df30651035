package lanyard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lanyard.platform.file.DurableFile;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.KeyStore;
import tools.jackson.databind.JsonNode;

/// What the first start of a demonstration has to tell, kept until it has been told: how its people sign in is stored
/// nowhere else in clear.
///
/// What could go wrong: a crash between making the people and printing their passwords leaves an organisation that
/// nobody can enter; a file with passwords outlives its purpose. The principles: it is on disk, sealed, before anybody
/// is made; its key is destroyed as soon as it was told.
final class Untold {
    private static final String FILE = "untold-sign-ins";
    private static final int ID_BYTES = 16;

    private final Path file;
    private final KeyStore keys;
    private final SecureRandom random;

    Untold(Path data, KeyStore keys, SecureRandom random) {
        this.file = data.resolve(FILE);
        this.keys = keys;
        this.random = random;
    }

    void keep(Demonstration.First first) {
        var id = new byte[ID_BYTES];
        random.nextBytes(id);
        var sealed = keys.key(keyName(id)).seal(bytes(first), id);
        try {
            DurableFile.replace(
                    file,
                    ByteBuffer.allocate(id.length + sealed.length)
                            .put(id)
                            .put(sealed)
                            .array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Demonstration.First> find() {
        return read().flatMap(kept -> {
            var id = Arrays.copyOf(kept, ID_BYTES);
            return keys.find(keyName(id))
                    .map(key -> first(key.open(Arrays.copyOfRange(kept, ID_BYTES, kept.length), id)));
        });
    }

    void forget() {
        read().ifPresent(kept -> {
            keys.destroy(keyName(Arrays.copyOf(kept, ID_BYTES)), "the sign-ins have been told");
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Optional<byte[]> read() {
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyName keyName(byte[] id) {
        return new KeyName("untold", HexFormat.of().formatHex(id));
    }

    private static byte[] bytes(Demonstration.First first) {
        var kept = Json.object();
        var signIns = kept.putArray("sign_ins");
        first.signIns()
                .forEach(one -> signIns.addObject()
                        .put("user", one.user())
                        .put("password", one.password())
                        .put("setup_key", one.setupKey())
                        .put("who", one.who()));
        var passphrases = kept.putArray("passphrases");
        first.passphrases()
                .forEach((officer, passphrase) ->
                        passphrases.addObject().put("officer", officer).put("passphrase", passphrase));
        return Json.secretBytes(kept);
    }

    private static Demonstration.First first(byte[] bytes) {
        var kept = Json.object(bytes);
        var signIns = elements(kept.path("sign_ins"))
                .map(one -> new Demonstration.SignIn(
                        one.path("user").asString(""),
                        one.path("password").asString(""),
                        one.path("setup_key").asString(""),
                        one.path("who").asString("")))
                .toList();
        Map<String, String> passphrases = elements(kept.path("passphrases"))
                .collect(Collectors.toMap(
                        one -> one.path("officer").asString(""),
                        one -> one.path("passphrase").asString(""),
                        (one, _) -> one,
                        LinkedHashMap::new));
        return new Demonstration.First(signIns, passphrases);
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
