package lanyard.trust.scim;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import org.jdbi.v3.core.result.RowView;

/// Owns tables `scim_group` and `scim_member`.
final class ScimGroupStore {
    private static final String SELECT = """
            select scim_id, organization, display_name, external_id, version, created_at, changed_at,
                   array(select m.user_id from scim_member m where m.group_id = scim_id order by 1) as members
            from scim_group
            where organization = :organization
            """;

    /// A group that somebody is in.
    record Membership(String user, String group, String displayName) {}

    void put(Tx tx, ScimGroup group) {
        tx.update("""
                        insert into scim_group (scim_id, organization, display_name, external_id, version, created_at,
                                                changed_at)
                        values (:id, :organization, :name, :external, :version, :created, :changed)
                        on conflict (scim_id) do update
                        set display_name = excluded.display_name, external_id = excluded.external_id,
                            version = excluded.version, changed_at = excluded.changed_at
                        """)
                .bind("id", group.id())
                .bind("organization", group.organization())
                .bind("name", group.displayName())
                .bind("external", group.externalId().orElse(null))
                .bind("version", group.stamp().version())
                .bind("created", group.stamp().created())
                .bind("changed", group.stamp().changed())
                .execute();
        var members = group.members().toArray(String[]::new);
        tx.update("delete from scim_member where group_id = :id and user_id <> all(:members)")
                .bind("id", group.id())
                .bind("members", members)
                .execute();
        tx.update("""
                        insert into scim_member (group_id, user_id)
                        select :id, member from unnest(:members) as member
                        on conflict do nothing
                        """).bind("id", group.id()).bind("members", members).execute();
    }

    void remove(Tx tx, ScimGroup group) {
        tx.update("delete from scim_group where scim_id = :id")
                .bind("id", group.id())
                .execute();
    }

    Optional<ScimGroup> find(Tx tx, String organization, String id) {
        return tx.query(SELECT + " and scim_id = :id")
                .bind("organization", organization)
                .bind("id", id)
                .map(ScimGroupStore::group)
                .findOne();
    }

    List<ScimGroup> list(Tx tx, String organization) {
        return tx.query(SELECT + " order by created_at, scim_id")
                .bind("organization", organization)
                .map(ScimGroupStore::group)
                .list();
    }

    List<Membership> of(Tx tx, Collection<String> users) {
        return tx.query("""
                        select m.user_id, g.scim_id, g.display_name
                        from scim_member m join scim_group g on g.scim_id = m.group_id
                        where m.user_id = any(:users)
                        order by g.display_name, g.scim_id
                        """)
                .bind("users", users.toArray(String[]::new))
                .map(row -> new Membership(
                        row.getColumn("user_id", String.class),
                        row.getColumn("scim_id", String.class),
                        row.getColumn("display_name", String.class)))
                .list();
    }

    private static ScimGroup group(RowView row) {
        return new ScimGroup(
                row.getColumn("scim_id", String.class),
                row.getColumn("organization", String.class),
                row.getColumn("display_name", String.class),
                Optional.ofNullable(row.getColumn("external_id", String.class)),
                List.of(row.getColumn("members", String[].class)),
                new ScimUser.Stamp(
                        row.getColumn("version", Long.class),
                        row.getColumn("created_at", Instant.class),
                        row.getColumn("changed_at", Instant.class)));
    }
}
