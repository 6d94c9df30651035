package lanyard.trust.oauth;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import org.jdbi.v3.core.result.RowView;

/// Owns tables `approved_app` and `app_client`.
final class AppStore {
    void add(Tx tx, ApprovedApp app, String by, Instant now) {
        tx.update("""
                        insert into approved_app (app_id, organization, document, approved_by, approved_at, changed_at)
                        values (:app, :organization, :document, :by, :now, :now)
                        """)
                .bind("app", app.id())
                .bind("organization", app.organization())
                .bind("document", app.entry().json().toString())
                .bind("by", by)
                .bind("now", now)
                .execute();
    }

    void change(Tx tx, ApprovedApp app, Instant now) {
        tx.update("update approved_app set document = :document, changed_at = :now where app_id = :app")
                .bind("document", app.entry().json().toString())
                .bind("now", now)
                .bind("app", app.id())
                .execute();
    }

    void withdraw(Tx tx, String app, Instant now) {
        tx.update("update approved_app set withdrawn_at = :now where app_id = :app")
                .bind("now", now)
                .bind("app", app)
                .execute();
    }

    List<ApprovedApp> list(Tx tx, String organization) {
        return tx.query("""
                        select app_id, organization, document
                        from approved_app
                        where organization = :organization and withdrawn_at is null
                        order by approved_at, app_id
                        """)
                .bind("organization", organization)
                .map(AppStore::app)
                .list();
    }

    Optional<ApprovedApp> find(Tx tx, String app) {
        return tx.query("""
                        select app_id, organization, document
                        from approved_app
                        where app_id = :app and withdrawn_at is null
                        """).bind("app", app).map(AppStore::app).findOne();
    }

    private static ApprovedApp app(RowView row) {
        var document = Json.ownObject(row.getColumn("document", String.class).getBytes(StandardCharsets.UTF_8));
        return new ApprovedApp(
                row.getColumn("app_id", String.class),
                row.getColumn("organization", String.class),
                AppEntry.of(document));
    }

    /// The same app registering again is the same client.
    void addClient(Tx tx, AppClient client, Instant now) {
        tx.update("""
                        insert into app_client (client_id, app_id, metadata, created_at)
                        values (:client, :app, :metadata, :now)
                        on conflict (client_id) do nothing
                        """)
                .bind("client", client.id())
                .bind("app", client.app())
                .bind("metadata", client.metadata().toString())
                .bind("now", now)
                .execute();
    }

    int countClients(Tx tx, String app) {
        return tx.query("select count(*) from app_client where app_id = :app")
                .bind("app", app)
                .mapTo(Integer.class)
                .one();
    }

    Optional<AppClient> findClient(Tx tx, String client) {
        return tx.query("select client_id, app_id, metadata from app_client where client_id = :client")
                .bind("client", client)
                .map(row -> new AppClient(
                        row.getColumn("client_id", String.class),
                        row.getColumn("app_id", String.class),
                        Json.ownObject(row.getColumn("metadata", String.class).getBytes(StandardCharsets.UTF_8))))
                .findOne();
    }

    List<String> listClients(Tx tx, String app) {
        return tx.query("select client_id from app_client where app_id = :app")
                .bind("app", app)
                .mapTo(String.class)
                .list();
    }

    void removeClients(Tx tx, String app) {
        tx.update("delete from app_client where app_id = :app").bind("app", app).execute();
    }
}
