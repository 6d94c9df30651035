package lanyard.trust.identity;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;

/// Wrong passwords and codes, counted for each account: five are free, then each costs waiting.
///
/// A browser in which somebody has signed in before is counted by itself, so that a stranger who types nonsense under a
/// colleague's name does not slow the colleague down. Accounts that do not exist are counted like the others, or the
/// waiting would tell which do.
final class Failures {
    static final int FREE = 5;

    private final IdentityGround ground;
    private final boolean enforced;
    private final SignInStore store = new SignInStore();

    Failures(IdentityGround ground, boolean enforced) {
        this.ground = ground;
        this.enforced = enforced;
    }

    /// Whose tries are counted together.
    ///
    /// @param name the user id as it was typed, known or not
    record Account(String name, Optional<byte[]> knownBrowser) {
        static Account fromAnywhere(UserId user) {
            return new Account(user.value(), Optional.empty());
        }

        byte[] hash() {
            var browser = knownBrowser.map(HexFormat.of()::formatHex).orElse("");
            return new Token("account\n" + name + "\n" + browser).hash();
        }

        Account fromAnywhere() {
            return new Account(name, Optional.empty());
        }
    }

    Duration wait(Tx tx, Account account) {
        return enforced
                ? store.findFailures(tx, account.hash()).orElse(SlowDown.NONE).wait(ground.now())
                : Duration.ZERO;
    }

    void count(Commit commit, Account account, boolean exists) {
        if (!enforced) {
            return;
        }
        var now = ground.now();
        var before = store.findFailures(commit.tx(), account.hash()).orElse(SlowDown.NONE);
        var after = before.afterAnother(FREE, now);
        store.putFailures(commit.tx(), account.hash(), after, now);
        if (after.beginsNow(FREE)) {
            // What was typed for an account that does not exist may be a password in the wrong box.
            var subject = exists ? account.name() : "";
            var details = Json.object().put("wrong_tries", after.wrongTries());
            new TroubleStore().add(commit.tx(), Trouble.slowedAccount(subject, now));
            ground.audit()
                    .record(commit, new AuditEntry("sign_in.slowed_down", "unknown", subject, "Wrong tries", details));
        }
    }

    void forget(Tx tx, Account account) {
        store.forgetFailures(tx, account.hash());
        store.forgetFailures(tx, account.fromAnywhere().hash());
    }

    static MatrixException tooSoon(Duration wait) {
        var seconds = Math.max(1, wait.toSeconds());
        return new MatrixException(
                        ErrorCode.M_LIMIT_EXCEEDED,
                        "Too many wrong tries. Wait " + seconds + (seconds == 1 ? " second" : " seconds")
                                + " and try again.")
                .with("retry_after_ms", Json.object().numberNode(Math.max(1, wait.toMillis())));
    }
}
