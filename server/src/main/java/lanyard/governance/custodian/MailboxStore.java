package lanyard.governance.custodian;

import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import lanyard.messaging.timeline.Reader;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Table `custodian_mailbox`.
final class MailboxStore {
    /// A message as kept: still sealed under its month's key.
    record Kept(String organization, YearMonth month, Envelope envelope, byte[] sealed) {}

    /// What stands outside: from which device to which, when, and of what type.
    record Envelope(DeviceId device, UserId sender, DeviceId senderDevice, long ts, String type) {}

    /// Whose mail, of which month, from whom and until when; at most so many.
    record Wanted(String organization, YearMonth month, List<UserId> senders, long until, int most) {}

    void add(Tx tx, Kept mail) {
        tx.update("""
                insert into custodian_mailbox (organization, month, device_id, sender, sender_device, ts, type, sealed)
                values (:organization, :month, :device, :sender, :senderDevice, :ts, :type, :sealed)
                """)
                .bind("organization", mail.organization())
                .bind("month", mail.month().toString())
                .bind("device", mail.envelope().device().value())
                .bind("sender", mail.envelope().sender().value())
                .bind("senderDevice", mail.envelope().senderDevice().value())
                .bind("ts", mail.envelope().ts())
                .bind("type", mail.envelope().type())
                .bind("sealed", mail.sealed())
                .execute();
    }

    /// Whether the device has ever sent the custodian anything.
    boolean hasFrom(Tx tx, String organization, Reader sender) {
        return tx.query("""
                select exists (select 1 from custodian_mailbox
                    where organization = :organization and sender = :sender and sender_device = :device)
                """)
                .bind("organization", organization)
                .bind("sender", sender.user().value())
                .bind("device", sender.device().value())
                .mapTo(Boolean.class)
                .one();
    }

    /// In the order in which it came, which is the order in which it opens.
    List<Kept> list(Tx tx, Wanted wanted) {
        return tx.query("""
                select device_id, sender, sender_device, ts, type, sealed from custodian_mailbox
                where organization = :organization and month = :month and sender = any(:senders) and ts <= :until
                order by mail_id limit :most
                """)
                .bind("organization", wanted.organization())
                .bind("month", wanted.month().toString())
                .bind("senders", wanted.senders().stream().map(UserId::value).toArray(String[]::new))
                .bind("until", wanted.until())
                .bind("most", wanted.most())
                .map((RowView row) -> new Kept(
                        wanted.organization(),
                        wanted.month(),
                        envelope(row),
                        Objects.requireNonNull(row.getColumn("sealed", byte[].class))))
                .list();
    }

    private static Envelope envelope(RowView row) {
        return new Envelope(
                new DeviceId(row.getColumn("device_id", String.class)),
                new UserId(row.getColumn("sender", String.class)),
                new DeviceId(row.getColumn("sender_device", String.class)),
                row.getColumn("ts", Long.class),
                row.getColumn("type", String.class));
    }
}
