package lanyard.trust.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/// Keeps the console's pages as the tests see them, with cases, shares and messages in them, in `target/console-pages`.
/// There `web/e2e/consolePages.spec.ts` holds each against the accessibility rules, and misses those that no test
/// shows.
/// Of pages with one template and one answer it is the longest. Pages of an earlier run go first: a page that a test
/// showed once does not count for ever.
final class PageGallery {
    private static final Path FOLDER = Path.of("target", "console-pages");
    private static final Pattern TEMPLATE = Pattern.compile("data-page=\"([a-zA-Z/]+)\"");
    private static final Pattern HEADING = Pattern.compile("(?s)<h1[^>]*>(.*?)</h1>");

    private static final Set<String> MANY_IN_ONE = Set.of("disclosure/step", "console/problem");

    /// The processes of one run begin together, and show no page before this.
    private static final Duration TOGETHER = Duration.ofMinutes(1);

    static {
        clear(
                FOLDER,
                ProcessHandle.current().info().startInstant().orElseThrow().minus(TOGETHER));
    }

    private PageGallery() {}

    static void clear(Path folder, Instant before) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var pages = Files.list(folder)) {
            for (var page : pages.toList()) {
                if (Files.getLastModifiedTime(page).toInstant().isBefore(before)) {
                    Files.deleteIfExists(page);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static synchronized void keep(int status, String html) {
        var template = TEMPLATE.matcher(html);
        var heading = HEADING.matcher(html);
        if (!template.find() || !heading.find()) {
            return;
        }
        var name = template.group(1).replace("/", "_") + "." + status;
        if (MANY_IN_ONE.contains(template.group(1))) {
            name += "."
                    + heading.group(1).replaceAll("[Cc]ase[- ][0-9a-f-]+", "").replaceAll("[^a-zA-Z]+", "-");
        }
        try {
            Files.createDirectories(FOLDER);
            var file = FOLDER.resolve(name + ".html");
            if (!Files.exists(file) || Files.size(file) < html.length()) {
                Files.writeString(file, html);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
