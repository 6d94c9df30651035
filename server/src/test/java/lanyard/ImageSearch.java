package lanyard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Looks for bytes in images of a disk and of a memory. Answers the names of what it found.
final class ImageSearch {
    private static final int CHUNK = 16 << 20;

    private final Map<String, byte[]> patterns;
    private final Map<Integer, List<String>> starts = new HashMap<>();
    private final boolean[] seen = new boolean[1 << 16];
    private final int longest;

    /// Of at least four bytes each.
    ImageSearch(Map<String, byte[]> patterns) {
        this.patterns = Map.copyOf(patterns);
        patterns.forEach((name, pattern) -> {
            var start = ByteBuffer.wrap(pattern).getInt();
            seen[start >>> 16] = true;
            starts.computeIfAbsent(start, _ -> new ArrayList<>()).add(name);
        });
        longest = patterns.values().stream()
                .mapToInt(pattern -> pattern.length)
                .max()
                .orElseThrow();
    }

    /// A file that goes meanwhile has nothing in it.
    Set<String> in(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            return in(channel, 0, channel.size());
        } catch (NoSuchFileException e) {
            return Set.of();
        }
    }

    /// Everything that a process may write to: its heap, with what nobody needs any more, and what libraries keep
    /// beside it.
    Set<String> inMemoryOf(long pid) throws IOException {
        var process = Path.of("/proc", Long.toString(pid));
        var found = new TreeSet<String>();
        try (var channel = FileChannel.open(process.resolve("mem"))) {
            for (var line : Files.readAllLines(process.resolve("maps"))) {
                var fields = line.split("[- ]", 4);
                if (fields[2].startsWith("rw")) {
                    found.addAll(in(channel, Long.parseLong(fields[0], 16), Long.parseLong(fields[1], 16)));
                }
            }
        }
        return found;
    }

    private Set<String> in(FileChannel channel, long from, long to) throws IOException {
        var found = new TreeSet<String>();
        var buffer = ByteBuffer.allocate((int) Math.min(CHUNK, to - from));
        for (var at = from; at < to; at += CHUNK - longest) {
            buffer.clear().limit((int) Math.min(CHUNK, to - at));
            while (buffer.hasRemaining() && read(channel, buffer, at + buffer.position()) > 0) {
                // On.
            }
            look(buffer.flip(), found);
        }
        return found;
    }

    /// What a kernel does not show of a memory is not in an image of it either.
    private static int read(FileChannel channel, ByteBuffer buffer, long at) {
        try {
            return channel.read(buffer, at);
        } catch (IOException e) {
            return -1;
        }
    }

    private void look(ByteBuffer bytes, Set<String> found) {
        for (var i = 0; i < bytes.limit() - 3; i++) {
            var start = bytes.getInt(i);
            if (seen[start >>> 16] && starts.containsKey(start)) {
                for (var name : Objects.requireNonNull(starts.get(start))) {
                    var pattern = Objects.requireNonNull(patterns.get(name));
                    if (i + pattern.length <= bytes.limit()
                            && bytes.slice(i, pattern.length).equals(ByteBuffer.wrap(pattern))) {
                        found.add(name);
                    }
                }
            }
        }
    }
}
