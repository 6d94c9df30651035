package lanyard.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.trust.console.TestConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What people type and somebody else looks at in the console or takes away from it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
    private static final String MARKUP = "\"><img src=x onerror=alert(1)><script>alert(2)</script>";
    private static final String FORMULA = "=HYPERLINK(\"https://evil.example\",\"look\")";

    private TestServer server;
    private TestConsole helen;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(new MovableClock(Instant.parse("2026-11-23T09:00:00Z")), Map.of());
        server.rename("@amara.okafor:lanyard.localhost", MARKUP);
        server.holdFor("!x:lanyard.localhost", MARKUP);
        server.holdFor("!y:lanyard.localhost", FORMULA);
        helen = TestConsole.signedIn(server, "helen.ashworth");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// G3: names, reasons and what was typed are words in every page, and no script of a page's own could run.
    @Test
    void g3MarkupThatSomebodyTypedIsInertInThePages() {
        helen.get("/console/audit");
        var found = helen.post("/console/audit", "/console/audit", Map.of("action", "hold."));
        var typed = helen.post("/console/audit", "/console/audit", Map.of("subject", MARKUP, "from-day", MARKUP));
        for (var page : new TestConsole.Shown[] {helen.get("/console/duties"), found, typed}) {
            assertThat(page.html()).contains("&lt;script&gt;alert(2)").doesNotContain("<script>alert", "<img src=x");
            assertThat(page.headers().get("content-security-policy"))
                    .contains("default-src 'none'", "script-src 'self'")
                    .doesNotContain("unsafe-inline");
        }
    }

    /// G4: what a spreadsheet would run is text.
    @Test
    void g4AFormulaInAnExportIsText() {
        helen.get("/console/audit");
        var csv = helen.post("/console/audit/export", "/console/audit", Map.of("action", "hold.", "format", "csv"));
        assertThat(csv.headers()).containsEntry("content-type", "text/csv; charset=utf-8");
        assertThat(csv.html()).contains("\"'=HYPERLINK(\"\"https://evil.example\"\",\"\"look\"\")\"");
        assertThat(csv.html()).contains("\"'@officer:lanyard.localhost\"");
        assertThat(csv.html().lines()).allMatch(line -> line.matches("\"([^=+@-].*)?"));
    }
}
