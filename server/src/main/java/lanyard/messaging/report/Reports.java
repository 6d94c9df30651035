package lanyard.messaging.report;

import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import lanyard.messaging.report.Report.About;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.KeyName;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;

/// What people report, for those who look after safety. The reason is sealed with the key of its month.
public final class Reports implements Feature {
    private static final byte[] ASSOCIATED = "report".getBytes(StandardCharsets.UTF_8);

    private final ReportParts parts;
    private final ReportStore store = new ReportStore();

    public Reports(ReportParts parts) {
        this.parts = parts;
    }

    void add(Caller caller, About about, String reason) {
        var now = parts.clock().instant().truncatedTo(ChronoUnit.MICROS);
        var month = YearMonth.from(now.atOffset(ZoneOffset.UTC)).toString();
        var sealed = parts.keys().key(key(month)).seal(reason.getBytes(StandardCharsets.UTF_8), ASSOCIATED);
        var row = new ReportStore.Row(0, caller.user(), caller.organization(), about, month, sealed, now);
        parts.writer().write(commit -> {
            var id = store.add(commit.tx(), row);
            var details = Json.object().put("room", about.room()).put("event", about.event());
            parts.audit()
                    .record(
                            commit,
                            new AuditEntry(
                                    "report.made",
                                    caller.user().value(),
                                    about.subject(),
                                    "",
                                    details.put("report", id)));
            return id;
        });
    }

    private static KeyName key(String month) {
        return new KeyName("report-month", month);
    }

    public long count(String organization) {
        return parts.database().read(tx -> store.count(tx, organization));
    }

    /// The newest first, from the `from`th on.
    public List<Report> list(String organization, long from, int limit) {
        return parts.database().read(tx -> store.list(tx, organization, from, limit)).stream()
                .map(row ->
                        new Report(row.id(), row.reporter(), row.organization(), row.about(), reason(row), row.at()))
                .toList();
    }

    private String reason(ReportStore.Row row) {
        try {
            return parts.keys()
                    .find(key(row.key()))
                    .map(key -> new String(key.open(row.reason(), ASSOCIATED), StandardCharsets.UTF_8))
                    .orElse("");
        } catch (DestroyedKeyException e) {
            return "";
        }
    }

    @Override
    public void routes(Routes routes) {
        new ReportEndpoints(this, parts).addTo(routes);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Who reported which room, message or person, when, and their reason, sealed.",
                "The reports that the person made, and those about them without who made them.",
                "The key of a month is destroyed with it; who reported what stays with the audit.");
    }
}
