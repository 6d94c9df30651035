package lanyard.trust.scim;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns table `scim_user`.
final class ScimUserStore {
    private static final String SELECT = """
            select scim_id, organization, user_id, resource, version, created_at, changed_at
            from scim_user
            where organization = :organization
            """;

    void put(Tx tx, ScimUser user) {
        tx.update("""
                        insert into scim_user (scim_id, organization, user_id, user_name, external_id, resource, version,
                                               created_at, changed_at)
                        values (:id, :organization, :user, :name, :external, :resource, :version, :created, :changed)
                        on conflict (scim_id) do update
                        set user_name = excluded.user_name, external_id = excluded.external_id,
                            resource = excluded.resource, version = excluded.version, changed_at = excluded.changed_at
                        """)
                .bind("id", user.id())
                .bind("organization", user.organization())
                .bind("user", user.user().value())
                .bind("name", Form.userName(user.resource()))
                .bind("external", Form.optional(user.resource(), "externalId").orElse(null))
                .bind("resource", Json.bytes(user.resource()))
                .bind("version", user.stamp().version())
                .bind("created", user.stamp().created())
                .bind("changed", user.stamp().changed())
                .execute();
    }

    void remove(Tx tx, ScimUser user) {
        tx.update("delete from scim_user where scim_id = :id")
                .bind("id", user.id())
                .execute();
    }

    Optional<ScimUser> find(Tx tx, String organization, String id) {
        return tx.query(SELECT + " and scim_id = :id")
                .bind("organization", organization)
                .bind("id", id)
                .map(ScimUserStore::user)
                .findOne();
    }

    Optional<ScimUser> findByUserName(Tx tx, String organization, String name) {
        return tx.query(SELECT + " and lower(user_name) = lower(:name)")
                .bind("organization", organization)
                .bind("name", name)
                .map(ScimUserStore::user)
                .findOne();
    }

    List<ScimUser> listByExternalId(Tx tx, String organization, String external) {
        return tx.query(SELECT + " and external_id = :external order by created_at, scim_id")
                .bind("organization", organization)
                .bind("external", external)
                .map(ScimUserStore::user)
                .list();
    }

    List<ScimUser> list(Tx tx, String organization, int from, int most) {
        return tx.query(SELECT + " order by created_at, scim_id limit :most offset :from")
                .bind("organization", organization)
                .bind("most", most)
                .bind("from", from)
                .map(ScimUserStore::user)
                .list();
    }

    int count(Tx tx, String organization) {
        return tx.query("select count(*) from scim_user where organization = :organization")
                .bind("organization", organization)
                .mapTo(Integer.class)
                .one();
    }

    /// Those of `ids` that there are.
    List<String> known(Tx tx, String organization, Collection<String> ids) {
        return tx.query("select scim_id from scim_user where organization = :organization and scim_id = any(:ids)")
                .bind("organization", organization)
                .bind("ids", ids.toArray(String[]::new))
                .mapTo(String.class)
                .list();
    }

    private static ScimUser user(RowView row) {
        return new ScimUser(
                row.getColumn("scim_id", String.class),
                row.getColumn("organization", String.class),
                new UserId(row.getColumn("user_id", String.class)),
                Json.ownObject(row.getColumn("resource", byte[].class)),
                new ScimUser.Stamp(
                        row.getColumn("version", Long.class),
                        row.getColumn("created_at", Instant.class),
                        row.getColumn("changed_at", Instant.class)));
    }
}
