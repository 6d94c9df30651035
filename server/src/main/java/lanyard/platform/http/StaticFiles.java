package lanyard.platform.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The built web app, from one directory.
///
/// A path cannot leave the directory: each of its segments must be plain letters, digits, dots, dashes and
/// underscores and not begin with a dot, and no link is followed.
public final class StaticFiles {
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
    private static final String ASSETS = "assets/";
    private static final String INDEX = "index.html";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("webp", "image/webp"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final @Nullable Path directory;
    private final Set<String> appPages;
    /// Files under `assets/` never change under their name, so each is read once.
    private final Map<Path, Content> assets = new ConcurrentHashMap<>();

    private record Content(byte[] bytes, String tag) {}

    private enum Encoding {
        BROTLI("br", ".br"),
        GZIP("gzip", ".gz"),
        NONE("", "");

        private final String name;
        private final String suffix;

        Encoding(String name, String suffix) {
            this.name = name;
            this.suffix = suffix;
        }

        private boolean accepted(List<String> accepted) {
            return this == NONE || accepted.contains(name);
        }
    }

    private StaticFiles(@Nullable Path directory, Set<String> appPages) {
        this.directory = directory;
        this.appPages = Set.copyOf(appPages);
    }

    public static StaticFiles none() {
        return new StaticFiles(null, Set.of());
    }

    /// `appPages` are first segments of addresses at which the app itself is served, `""` being the front page.
    public static StaticFiles in(Path directory, Set<String> appPages) {
        return new StaticFiles(directory, appPages);
    }

    Optional<Reply> find(Exchange exchange) {
        if (directory == null
                || !(exchange.method().equals("GET") || exchange.method().equals("HEAD"))) {
            return Optional.empty();
        }
        var name = exchange.path().substring(1);
        if (appPages.contains(name.split("/", 2)[0])) {
            name = INDEX;
        }
        return isPlain(name) ? serve(directory, name, exchange) : Optional.empty();
    }

    private static boolean isPlain(String name) {
        return List.of(name.split("/", -1)).stream()
                .allMatch(segment -> SEGMENT.matcher(segment).matches());
    }

    private Optional<Reply> serve(Path root, String name, Exchange exchange) {
        var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            return Optional.empty();
        }
        var accepted = accepted(exchange.header("Accept-Encoding").orElse(""));
        for (var encoding : Encoding.values()) {
            var file = root.resolve(name + encoding.suffix);
            if (encoding.accepted(accepted) && isOrdinary(root, file)) {
                return Optional.of(reply(name, type, encoding, exchange, content(name, file)));
            }
        }
        return Optional.empty();
    }

    /// Only names without `q=0`; we prefer brotli whatever the order.
    static List<String> accepted(String header) {
        return List.of(header.split(",", -1)).stream()
                .map(part -> part.replace(" ", ""))
                .filter(part -> !part.matches(".*;q=0(\\.0*)?"))
                .map(part -> part.split(";", 2)[0])
                .toList();
    }

    private static boolean isOrdinary(Path root, Path file) {
        for (var part = file; part != null && !part.equals(root); part = part.getParent()) {
            if (Files.isSymbolicLink(part)) {
                return false;
            }
        }
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static Reply reply(String name, String type, Encoding encoding, Exchange exchange, Content content) {
        var unchanged = exchange.header("If-None-Match")
                .filter(tags -> tags.contains(content.tag()))
                .isPresent();
        // With its type: a browser takes the headers of a 304 for the page it kept, and with them the page's policy.
        var reply = unchanged
                ? new Reply(304, Map.of("Content-Type", type), new byte[0])
                : Reply.bytes(type, content.bytes());
        var cache = name.startsWith(ASSETS) ? "public, max-age=31536000, immutable" : "no-cache";
        reply = reply.header("Cache-Control", cache)
                .header("ETag", content.tag())
                .header("Vary", "Accept-Encoding");
        return encoding == Encoding.NONE || unchanged ? reply : reply.header("Content-Encoding", encoding.name);
    }

    private Content content(String name, Path file) {
        return name.startsWith(ASSETS) ? assets.computeIfAbsent(file, StaticFiles::read) : read(file);
    }

    private static Content read(Path file) {
        try {
            var bytes = Files.readAllBytes(file);
            var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Content(bytes, '"' + HexFormat.of().formatHex(hash, 0, 12) + '"');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
