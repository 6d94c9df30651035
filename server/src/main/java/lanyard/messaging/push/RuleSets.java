package lanyard.messaging.push;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import lanyard.messaging.account.AccountData;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// Each person's set of push rules; people with the same rules share one.
final class RuleSets {
    private static final int PEOPLE = 50_000;
    private static final UserId ANYBODY = new UserId("@anybody:lanyard.invalid");

    private record Known(ObjectNode stored, Rules rules) {}

    private final AccountData accountData;
    private final Rules usual;
    private final String usualSignature;
    private final Cache<UserId, Known> byUser =
            Caffeine.newBuilder().maximumSize(PEOPLE).build();
    private final Cache<String, Rules> bySignature =
            Caffeine.newBuilder().weakValues().build();

    RuleSets(AccountData accountData) {
        this.accountData = accountData;
        var rules = accountData.usualPushRules(ANYBODY);
        this.usual = new Rules(RuleReader.read(rules, ANYBODY), true);
        this.usualSignature = RuleReader.signature(rules, ANYBODY);
    }

    Rules of(UserId user) {
        var stored = accountData.findPushRules(user);
        return stored.isEmpty() ? usual : of(user, stored.get());
    }

    /// Stored rules are the same object until they change.
    private Rules of(UserId user, ObjectNode stored) {
        var known = byUser.getIfPresent(user);
        if (known != null && isSame(known.stored(), stored)) {
            return known.rules();
        }
        var rules = accountData.pushRules(user);
        var signature = RuleReader.signature(rules, user);
        var set = signature.equals(usualSignature)
                ? usual
                : bySignature.get(signature, _ -> new Rules(RuleReader.read(rules, user), false));
        byUser.put(user, new Known(stored, set));
        return set;
    }

    @SuppressWarnings("ReferenceEquality") // the very object, not one like it: comparing trees would cost a sync
    private static boolean isSame(ObjectNode one, ObjectNode other) {
        return one == other;
    }
}
