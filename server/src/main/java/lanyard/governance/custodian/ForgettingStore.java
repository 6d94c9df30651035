package lanyard.governance.custodian;

import java.time.YearMonth;
import java.util.List;
import lanyard.platform.db.Tx;

/// The months of tables `custodian_month` and `custodian_mailbox` as retention sees them.
final class ForgettingStore {
    List<YearMonth> listKept(Tx tx, String organization, YearMonth before) {
        return months(tx.query("""
                        select month from custodian_month
                        where organization = :organization and month < :before and not forgotten
                        order by month
                        """)
                .bind("organization", organization)
                .bind("before", before.toString())
                .mapTo(String.class)
                .list());
    }

    List<YearMonth> listForgotten(Tx tx, String organization) {
        return months(tx.query("""
                        select month from custodian_month where organization = :organization and forgotten order by month
                        """)
                .bind("organization", organization)
                .mapTo(String.class)
                .list());
    }

    private static List<YearMonth> months(List<String> texts) {
        return texts.stream().map(YearMonth::parse).toList();
    }

    /// How much mail went.
    int forget(Tx tx, String organization, YearMonth month) {
        tx.update("update custodian_month set forgotten = true where organization = :organization and month = :month")
                .bind("organization", organization)
                .bind("month", month.toString())
                .execute();
        return tx.update("delete from custodian_mailbox where organization = :organization and month = :month")
                .bind("organization", organization)
                .bind("month", month.toString())
                .execute();
    }
}
