package lanyard.trust.identity;

import java.time.Instant;
import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.ServerName;

/// Owns table `organization`.
final class OrganizationStore {
    void add(Tx tx, Organization organization, Instant now) {
        tx.update("""
                        insert into organization (ods_code, server_name, name, demonstration, created_at)
                        values (:code, :server, :name, :demonstration, :now)
                        """)
                .bind("code", organization.odsCode())
                .bind("server", organization.serverName().value())
                .bind("name", organization.name())
                .bind("demonstration", organization.demonstration())
                .bind("now", now)
                .execute();
    }

    List<Organization> list(Tx tx) {
        return tx.query("select ods_code, server_name, name, demonstration from organization order by ods_code")
                .map(row -> new Organization(
                        row.getColumn("ods_code", String.class),
                        new ServerName(row.getColumn("server_name", String.class)),
                        row.getColumn("name", String.class),
                        row.getColumn("demonstration", Boolean.class)))
                .list();
    }
}
