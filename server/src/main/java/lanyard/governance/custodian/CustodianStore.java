package lanyard.governance.custodian;

import java.time.YearMonth;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lanyard.governance.custodian.CustodianPublic.MonthDevice;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.CanonicalJson;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Tables `custodian_identity`, `custodian_month`, `custodian_listed`.
final class CustodianStore {
    /// A device, whose it is, and what clients must know of its identity.
    record Device(
            String organization,
            UserId user,
            MonthDevice month,
            ObjectNode masterKey,
            ObjectNode selfSigningKey,
            boolean revoked) {}

    void add(Tx tx, CeremonyOrder.Making order, CeremonyResult result, long ts) {
        tx.update("""
                insert into custodian_identity (organization, ceremony, user_id, master_key, self_signing_key,
                    sealed_identity, held_ts)
                values (:organization, :ceremony, :user, :master, :self, :sealed, :ts)
                """)
                .bind("organization", order.organization())
                .bind("ceremony", result.ceremony())
                .bind("user", order.custodian().value())
                .bind("master", CanonicalJson.bytes(result.known().masterKey()))
                .bind("self", CanonicalJson.bytes(result.known().selfSigningKey()))
                .bind("sealed", result.sealedIdentity())
                .bind("ts", ts)
                .execute();
        result.known().months().forEach(month -> add(tx, order, result, month));
    }

    private static void add(Tx tx, CeremonyOrder.Making order, CeremonyResult result, MonthDevice month) {
        tx.update("""
                insert into custodian_month (organization, month, ceremony, user_id, device_id, device_keys,
                    fallback_name, fallback_key, sealed_account)
                values (:organization, :month, :ceremony, :user, :device, :keys, :fallbackName, :fallback, :sealed)
                """)
                .bind("organization", order.organization())
                .bind("month", month.month().toString())
                .bind("ceremony", result.ceremony())
                .bind("user", order.custodian().value())
                .bind("device", month.device().value())
                .bind("keys", CanonicalJson.bytes(month.deviceKeys()))
                .bind("fallbackName", month.fallbackKeyId())
                .bind("fallback", CanonicalJson.bytes(month.fallbackKey()))
                .bind("sealed", result.sealedAccounts().get(month.month()))
                .execute();
    }

    List<String> listCeremonies(Tx tx) {
        return tx.query("select ceremony from custodian_identity")
                .mapTo(String.class)
                .list();
    }

    /// The months that are taken already, of those from `first` on.
    List<YearMonth> listMonths(Tx tx, String organization, YearMonth first) {
        return tx.query("""
                select month from custodian_month
                where organization = :organization and month >= :first order by month
                """)
                .bind("organization", organization)
                .bind("first", first.toString())
                .mapTo(String.class)
                .map(YearMonth::parse)
                .list();
    }

    List<Device> listDevices(Tx tx) {
        return tx.query("""
                select m.organization, m.user_id, m.month, m.device_id, m.device_keys, m.fallback_name, m.fallback_key,
                    i.master_key, i.self_signing_key, m.revoked_ts is not null as revoked
                from custodian_month m join custodian_identity i on i.ceremony = m.ceremony
                order by m.organization, m.month
                """).map(CustodianStore::device).list();
    }

    private static Device device(RowView row) {
        var month = new MonthDevice(
                YearMonth.parse(row.getColumn("month", String.class)),
                new DeviceId(row.getColumn("device_id", String.class)),
                json(row, "device_keys"),
                row.getColumn("fallback_name", String.class),
                json(row, "fallback_key"));
        return new Device(
                row.getColumn("organization", String.class),
                new UserId(row.getColumn("user_id", String.class)),
                month,
                json(row, "master_key"),
                json(row, "self_signing_key"),
                row.getColumn("revoked", Boolean.class));
    }

    Optional<DeviceId> findListed(Tx tx, String organization) {
        return tx.query("select device_id from custodian_listed where organization = :organization")
                .bind("organization", organization)
                .mapTo(String.class)
                .findOne()
                .map(DeviceId::new);
    }

    void putListed(Tx tx, String organization, DeviceId device) {
        tx.update("""
                insert into custodian_listed (organization, device_id) values (:organization, :device)
                on conflict (organization) do update set device_id = excluded.device_id
                """)
                .bind("organization", organization)
                .bind("device", device.value())
                .execute();
    }

    void revoke(Tx tx, Device device, long ts) {
        tx.update("""
                update custodian_month set revoked_ts = coalesce(revoked_ts, :ts)
                where user_id = :user and device_id = :device
                """)
                .bind("ts", ts)
                .bind("user", device.user().value())
                .bind("device", device.month().device().value())
                .execute();
    }

    List<CaseFile.SealedMonth> listSealed(Tx tx, String organization, YearMonth first, YearMonth last) {
        return tx.query("""
                select ceremony, month, device_id, device_keys, sealed_account from custodian_month
                where organization = :organization and month >= :first and month <= :last order by month
                """)
                .bind("organization", organization)
                .bind("first", first.toString())
                .bind("last", last.toString())
                .map((RowView row) -> new CaseFile.SealedMonth(
                        row.getColumn("ceremony", String.class),
                        YearMonth.parse(row.getColumn("month", String.class)),
                        new DeviceId(row.getColumn("device_id", String.class)),
                        json(row, "device_keys"),
                        Objects.requireNonNull(row.getColumn("sealed_account", byte[].class))))
                .list();
    }

    /// What a ceremony's shares open: each month's account, and the identity.
    ObjectNode sealedBy(Tx tx, String ceremony) {
        var all = Json.object();
        tx.query("""
                select month as what, sealed_account as sealed from custodian_month where ceremony = :ceremony
                union all select 'identity', sealed_identity from custodian_identity where ceremony = :ceremony
                """)
                .bind("ceremony", ceremony)
                .map((RowView row) -> Map.entry(
                        row.getColumn("what", String.class),
                        Base64.getEncoder().encodeToString(row.getColumn("sealed", byte[].class))))
                .list()
                .forEach(part -> all.put(part.getKey(), part.getValue()));
        return all;
    }

    /// Puts what was sealed anew in the place of what it was, under the new ceremony's name. Of the old one nothing
    /// that
    /// opens stays.
    void move(Tx tx, String before, String after, ObjectNode sealed, long ts) {
        var decoder = Base64.getDecoder();
        tx.update("""
                insert into custodian_identity (organization, ceremony, user_id, master_key, self_signing_key,
                    sealed_identity, held_ts)
                select organization, :after, user_id, master_key, self_signing_key, :sealed, :ts
                from custodian_identity where ceremony = :before
                """)
                .bind("after", after)
                .bind("before", before)
                .bind("sealed", decoder.decode(Json.text(sealed, OfficerShare.IDENTITY)))
                .bind("ts", ts)
                .execute();
        for (var what : listMonthsOf(tx, before)) {
            tx.update("""
                    update custodian_month set ceremony = :after, sealed_account = :sealed
                    where ceremony = :before and month = :month
                    """)
                    .bind("after", after)
                    .bind("before", before)
                    .bind("month", what)
                    .bind("sealed", decoder.decode(Json.text(sealed, what)))
                    .execute();
        }
        tx.update("update custodian_identity set sealed_identity = ''::bytea where ceremony = :before")
                .bind("before", before)
                .execute();
    }

    private static List<String> listMonthsOf(Tx tx, String ceremony) {
        return tx.query("select month from custodian_month where ceremony = :ceremony")
                .bind("ceremony", ceremony)
                .mapTo(String.class)
                .list();
    }

    static ObjectNode json(RowView row, String column) {
        byte @Nullable [] bytes = row.getColumn(column, byte[].class);
        return Json.object(Objects.requireNonNull(bytes));
    }
}
