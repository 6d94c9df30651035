package lanyard.platform.sealing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Consumer;
import lanyard.platform.file.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The append-only list of destroyed keys, one line each: time, scope, id, why (base64url), check sum.
///
/// What could go wrong: a crash between deciding and deleting leaves the key; a restored backup brings it back. The
/// principle: the line is durable before the key file is touched, lines are never removed, and every start deletes
/// again what the list names. A torn last line was never acknowledged and is cut off; a damaged line elsewhere stops
/// the start, because a list that cannot be read cannot be obeyed.
final class ShredList {
    static final String NAME = "destroyed.log";
    private static final Logger LOG = LoggerFactory.getLogger(ShredList.class);
    private static final int FIELDS = 5;
    private static final int CHUNK_BYTES = 1 << 20;

    private final Path file;
    // Eight bytes of a name's hash each: a million destroyed keys stay within some 50 MB.
    private final Set<Long> destroyed = new HashSet<>();
    private long readUpTo;

    ShredList(Path directory) {
        this.file = directory.resolve(NAME);
    }

    /// Reads what has been appended, by this or another process, since the last call.
    synchronized void catchUp(Consumer<KeyName> each) {
        try (var channel = open(StandardOpenOption.READ)) {
            while (channel.size() > readUpTo) {
                var chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, channel.size() - readUpTo));
                channel.read(chunk, readUpTo);
                var whole = wholeLines(chunk.array(), chunk.position());
                if (whole == 0) {
                    return;
                }
                var lines = new String(chunk.array(), 0, whole, StandardCharsets.US_ASCII);
                for (var name : lines.lines().map(this::parse).toList()) {
                    destroyed.add(digest(name));
                    each.accept(name);
                }
                readUpTo += whole;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int wholeLines(byte[] bytes, int length) {
        for (var i = length; i > 0; i--) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        return 0;
    }

    synchronized boolean contains(KeyName name) {
        catchUp(destroyedElsewhere -> {});
        return destroyed.contains(digest(name));
    }

    /// Returns when the line is on disk.
    synchronized void append(KeyName name, String why, Instant when) {
        catchUp(destroyedElsewhere -> {});
        var said = when + "\t" + name.scope() + "\t" + name.id() + "\t" + encode(why);
        var line = said + "\t" + checkSum(said) + "\n";
        try (var channel = open(StandardOpenOption.WRITE)) {
            if (channel.size() > readUpTo) {
                LOG.warn("The shred list ended in a line that was never finished; it is cut off.");
                channel.truncate(readUpTo);
            }
            channel.position(readUpTo);
            DurableFile.writeAll(channel, line.getBytes(StandardCharsets.US_ASCII));
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        readUpTo += line.length();
        destroyed.add(digest(name));
    }

    private FileChannel open(StandardOpenOption mode) throws IOException {
        if (!file.toFile().exists()) {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), owner)
                    .close();
            KeyFiles.syncParent(file);
        }
        return FileChannel.open(file, mode);
    }

    private KeyName parse(String line) {
        var fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            throw damaged();
        }
        var said = line.substring(0, line.lastIndexOf('\t'));
        if (!fields[FIELDS - 1].equals(checkSum(said))) {
            throw damaged();
        }
        return new KeyName(fields[1], fields[2]);
    }

    private KeyStoreFault damaged() {
        return new KeyStoreFault("The list of destroyed keys " + file + " is damaged after byte " + readUpTo
                + ". Restore it from its newest copy before starting, or destroyed keys could come back.");
    }

    private static String encode(String why) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(why.getBytes(StandardCharsets.UTF_8));
    }

    private static String checkSum(String said) {
        var hash = Hashes.sha256(said.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(Arrays.copyOf(hash, 8));
    }

    private static long digest(KeyName name) {
        return ByteBuffer.wrap(Hashes.sha256(name.bytes())).getLong();
    }
}
