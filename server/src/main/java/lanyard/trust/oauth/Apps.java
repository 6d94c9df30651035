package lanyard.trust.oauth;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;

/// The organisation's register of approved apps. An app that is not on it is not signed in; one that is taken off it is
/// signed out everywhere, in the same transaction.
final class Apps {
    private static final int ID_BYTES = 8;

    private final OAuthParts parts;
    private final AppStore store = new AppStore();

    Apps(OAuthParts parts) {
        this.parts = parts;
    }

    List<ApprovedApp> list(String organization) {
        return parts.ground().database().read(tx -> store.list(tx, organization));
    }

    Optional<ApprovedApp> find(String app) {
        return parts.ground().database().read(tx -> store.find(tx, app));
    }

    Optional<AppClient> findClient(String client) {
        return parts.ground().database().read(tx -> store.findClient(tx, client));
    }

    /// Once its review is overdue, nobody new signs in with an app; whoever is signed in goes on.
    boolean isCurrent(ApprovedApp app) {
        var today = LocalDate.ofInstant(parts.ground().now(), ZoneOffset.UTC);
        return !app.entry().reviewDate().isBefore(today);
    }

    ApprovedApp approve(Caller administrator, AppEntry entry) {
        var bytes = new byte[ID_BYTES];
        parts.ground().random().nextBytes(bytes);
        var app = new ApprovedApp(HexFormat.of().formatHex(bytes), administrator.organization(), entry);
        return parts.ground().writer().write(commit -> {
            store.add(
                    commit.tx(),
                    app,
                    administrator.user().value(),
                    parts.ground().now());
            audit(commit, "app.approved", administrator, app, "");
            return app;
        });
    }

    /// Errors: `M_NOT_FOUND`.
    void change(Caller administrator, String id, AppEntry entry) {
        parts.ground().writer().write(commit -> {
            var before = own(commit, administrator, id);
            var after = new ApprovedApp(id, before.organization(), entry);
            store.change(commit.tx(), after, parts.ground().now());
            if (!before.entry().isWithin(entry)) {
                signOut(commit, id);
            }
            audit(commit, "app.changed", administrator, after, "");
            return id;
        });
    }

    /// Errors: `M_NOT_FOUND`.
    void withdraw(Caller administrator, String id, String reason) {
        parts.ground().writer().write(commit -> {
            var app = own(commit, administrator, id);
            store.withdraw(commit.tx(), id, parts.ground().now());
            signOut(commit, id);
            audit(commit, "app.withdrawn", administrator, app, reason);
            return id;
        });
    }

    private ApprovedApp own(Commit commit, Caller administrator, String id) {
        return store.find(commit.tx(), id)
                .filter(app -> app.organization().equals(administrator.organization()))
                .orElseThrow(
                        () -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such app on your register."));
    }

    /// The clients go too, and with them the codes that were under way.
    private void signOut(Commit commit, String app) {
        store.listClients(commit.tx(), app)
                .forEach(client -> parts.identity().appSessions().withdraw(commit, client));
        store.removeClients(commit.tx(), app);
    }

    private void audit(Commit commit, String action, Caller by, ApprovedApp app, String reason) {
        var details = Json.object()
                .put("client_host", app.entry().clientHost())
                .put("clinical", app.entry().clinical())
                .put(AppEntry.BOUND, app.entry().bound())
                .put("dpia_reference", app.entry().dpiaReference())
                .put("review_date", app.entry().reviewDate().toString());
        parts.ground().audit().record(commit, new AuditEntry(action, by.user().value(), app.id(), reason, details));
    }
}
