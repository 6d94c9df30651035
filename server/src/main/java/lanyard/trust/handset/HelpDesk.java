package lanyard.trust.handset;

import java.time.Duration;
import java.util.List;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The same deeds for somebody who rings because their phone is gone, and with it often their second step.
///
/// What could go wrong: somebody plays the help desk; the help desk looks around; one stolen session wipes a hospital.
/// The principles: the role is asked before anybody is looked up; every look and every deed has a reason and a leaf;
/// wiping asks for fresh proof, and the twenty-first in an hour is refused and raises an alarm.
final class HelpDesk {
    static final int WIPES_AN_HOUR = 20;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int LONGEST_REASON = 500;
    private static final Logger LOG = LoggerFactory.getLogger(HelpDesk.class);

    private final IdentityGround ground;
    private final Identity identity;
    private final Handsets handsets;
    private final LostPhones lost;
    private final LossStore losses = new LossStore();

    HelpDesk(IdentityGround ground, Identity identity, Handsets handsets, LostPhones lost) {
        this.ground = ground;
        this.identity = identity;
        this.handsets = handsets;
        this.lost = lost;
    }

    /// Whose phone somebody asks for, and why.
    record Order(Caller caller, UserId owner, String reason) {
        LostPhones.By by() {
            return new LostPhones.By(caller.user(), reason);
        }
    }

    /// Errors: `M_FORBIDDEN` without the role, `M_INVALID_PARAM` without a reason, `M_NOT_FOUND` for somebody of
    /// another
    /// organisation or nobody.
    Order order(Caller caller, String owner, String reason) {
        identity.moderation().requireHelpDesk(caller);
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "Say why, in at most " + LONGEST_REASON + " characters: it is recorded.");
        }
        return UserId.isValid(owner) ? new Order(caller, colleague(caller, new UserId(owner)), reason) : refuse();
    }

    private UserId colleague(Caller caller, UserId owner) {
        return identity.people()
                .find(owner)
                .filter(person -> person.organization().equals(caller.organization()))
                .orElseThrow(HelpDesk::nobody)
                .id();
    }

    private static Order refuse() {
        throw nobody();
    }

    private static MatrixException nobody() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such person in your organisation.");
    }

    List<LostPhones.Known> list(Order order) {
        ground.writer().write(commit -> {
            looked(commit, order, order.owner().value());
            return order;
        });
        return lost.list(order.owner());
    }

    void lock(Order order, String handset) {
        ground.writer().write(commit -> {
            lost.lock(commit, order.owner(), handset, order.by());
            return handset;
        });
    }

    void unlock(Order order, String handset) {
        ground.writer().write(commit -> {
            lost.unlock(commit, order.owner(), handset, order.by());
            return handset;
        });
    }

    /// Errors: as [LostPhones#wipe]; `ORG_LANYARD_STEP_UP`; `M_LIMIT_EXCEEDED` after twenty in an hour.
    void wipe(Order order, String handset) {
        identity.stepUp().require(order.caller());
        var within = ground.writer().write(commit -> {
            var wipes = losses.countWipesBy(
                    commit.tx(), order.caller().user(), ground.now().minus(HOUR));
            if (wipes >= WIPES_AN_HOUR) {
                audit(commit, "help_desk.too_many_wipes", order, handset);
                return false;
            }
            lost.wipe(commit, order.owner(), handset, order.by());
            return true;
        });
        if (!within) {
            LOG.warn("alarm: more than {} phones were to be wiped by one person within an hour", WIPES_AN_HOUR);
            throw new MatrixException(
                            ErrorCode.M_LIMIT_EXCEEDED,
                            "You have wiped " + WIPES_AN_HOUR
                                    + " phones within an hour. Lock the phone; a colleague can wipe it.")
                    .with("retry_after_ms", Json.object().numberNode(HOUR.toMillis()));
        }
        handsets.destroyDue();
    }

    /// That somebody has looked is written down before they see anything.
    void looked(Commit commit, Order order, String subject) {
        audit(commit, "help_desk.looked", order, subject);
    }

    private void audit(Commit commit, String action, Order order, String subject) {
        var details = Json.object().put("owner", order.owner().value());
        ground.audit()
                .record(
                        commit,
                        new AuditEntry(action, order.caller().user().value(), subject, order.reason(), details));
    }
}
