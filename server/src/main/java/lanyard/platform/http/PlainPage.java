package lanyard.platform.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The page that is left when nothing else can be drawn: no style, no database, one sentence.
final class PlainPage {
    private PlainPage() {}

    static Reply of(int status, String sentence) {
        var safe = sentence.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        var page = """
                        <!DOCTYPE html>
                        <html lang="en">
                        <head><meta charset="utf-8"><title>There is a problem</title>
                        <meta name="viewport" content="width=device-width, initial-scale=1"></head>
                        <body><main><h1>There is a problem</h1>
                        <p>%s</p>
                        <p>Wait a minute, then use your browser's button to load this page again.</p></main></body>
                        </html>
                        """.formatted(safe).getBytes(StandardCharsets.UTF_8);
        return new Reply(status, Map.of("Content-Type", "text/html; charset=utf-8"), page);
    }
}
