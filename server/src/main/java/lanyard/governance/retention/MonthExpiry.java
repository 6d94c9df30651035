package lanyard.governance.retention;

import java.time.YearMonth;
import java.time.ZoneOffset;
import lanyard.governance.custodian.Forgetting;
import lanyard.trust.identity.Organizations;

/// Has the custodian forget the months of which nothing is left.
///
/// What could go wrong, for ever: something is left that only that month's mail opens. The principle: a key that was
/// shared in one month may have been used early in the next, so a month is forgotten once the oldest message that any
/// room of the organisation may have left is younger than the month after it. What a hold or the record keeps is left,
/// and so keeps its month.
final class MonthExpiry {
    private final RetentionGround ground;
    private final Organizations organizations;
    private final Forgetting months;
    private final RoomRetentionStore rooms = new RoomRetentionStore();

    MonthExpiry(RetentionGround ground, Organizations organizations, Forgetting months) {
        this.ground = ground;
        this.organizations = organizations;
        this.months = months;
    }

    void carryOut() {
        for (var organization : organizations.list()) {
            var code = organization.odsCode();
            ground.database().read(tx -> rooms.oldest(tx, code)).ifPresent(oldest -> {
                var left = YearMonth.from(oldest.atZone(ZoneOffset.UTC));
                months.listBefore(code, left.minusMonths(1))
                        .forEach(month -> months.forget(code, month, "nothing said in the month is left"));
            });
        }
    }
}
