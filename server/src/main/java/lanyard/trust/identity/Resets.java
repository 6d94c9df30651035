package lanyard.trust.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;

/// Somebody has lost everything that proves who they are, their codes on paper too: two colleagues let them begin
/// again.
///
/// What could go wrong: whoever talks the help desk round, or works there, comes in as somebody else. The principle:
/// two different people, neither of them the person or by a second account, each with fresh proof; the first says
/// how they made sure who is asking; the second confirms the very asking they have read; and whatever let the person
/// in before ends in the same deed, so that no old message opens for whoever comes in next. Their person's invitation
/// is for one enrolment, like a joiner's.
public final class Resets {
    static final Duration OPEN = Duration.ofDays(1);
    /// How long what the first said can be read in the audit.
    static final Duration WORDS_KEPT = Duration.ofDays(365);

    private static final int SHORTEST_CHECK = 10;
    private static final int LONGEST_CHECK = 500;

    private final IdentityGround ground;
    private final Identity identity;
    private final Forgetting forgetting;
    private final ResetStore store = new ResetStore();
    private final SignInStore signIns = new SignInStore();
    private final List<BiConsumer<Commit, UserId>> listeners = new CopyOnWriteArrayList<>();

    Resets(IdentityGround ground, Identity identity, Forgetting forgetting) {
        this.ground = ground;
        this.identity = identity;
        this.forgetting = forgetting;
    }

    /// `listener` ends, in the deed that resets somebody's second steps, what else of theirs is under way.
    public void whenReset(BiConsumer<Commit, UserId> listener) {
        listeners.add(listener);
    }

    /// What the first asked for: somebody is to begin again with their second steps.
    ///
    /// @param asking another one each time somebody asks, and so of one text only
    /// @param check how the first made sure who is asking
    public record Asked(UserId user, String asking, UserId by, String check, Instant at) {
        public Instant until() {
            return at.plus(OPEN);
        }

        @Override
        public String toString() {
            return "Asked[hidden]";
        }
    }

    /// Errors: `M_FORBIDDEN` unless by the help desk or an administrator, of an administrator by another one only;
    /// `M_INVALID_PARAM`; `M_NOT_FOUND`; `M_BAD_STATE` for who has not enrolled yet; `ORG_LANYARD_STEP_UP`.
    public Asked ask(Caller by, UserId user, String check) {
        identity.duties().require(by, Duty.HELP_DESK, Duty.ADMINISTRATOR);
        identity.stepUp().require(by);
        var said = check.strip();
        if (said.length() < SHORTEST_CHECK || said.length() > LONGEST_CHECK) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "Say in 10 to 500 characters how you made sure who is asking, for example: called back on the"
                            + " ward's number, manager confirmed.");
        }
        var asked = new Asked(user, newId(), by.user(), said, ground.now());
        return ground.writer().write(commit -> {
            requireColleague(by, user);
            requireTwo(commit.tx(), by.user(), user);
            if (identity.duties().of(commit.tx(), user).contains(Duty.ADMINISTRATOR)) {
                identity.duties().require(commit.tx(), by.user(), Duty.ADMINISTRATOR);
            }
            if (!identity.enrolment().hasEnrolled(commit, user)) {
                throw new MatrixException(
                        ErrorCode.M_BAD_STATE,
                        "This person has no second step of ours: invite them, or ask who runs the organisation's own"
                                + " sign-in.");
            }
            store.put(commit.tx(), asked);
            audit(commit, "second_step.reset_asked", asked.by(), asked);
            var words = new AuditEntry(
                    "second_step.reset_check",
                    asked.by().value(),
                    user.value(),
                    asked.check(),
                    Json.object().put("asking", asked.asking()));
            ground.audit().recordWords(commit, words, WORDS_KEPT);
            return asked;
        });
    }

    private String newId() {
        return "%016x%016x"
                .formatted(ground.random().nextLong(), ground.random().nextLong());
    }

    /// By an administrator who is neither the person nor who asked, and has read the `asking` they name. Errors:
    /// `M_FORBIDDEN`; `M_NOT_FOUND` when nobody asked within a day; `M_BAD_STATE` (409) when it was asked anew;
    /// `ORG_LANYARD_STEP_UP`.
    public Enrolment.Invitation confirm(Caller second, UserId user, String asking) {
        identity.duties().require(second, Duty.ADMINISTRATOR);
        identity.stepUp().require(second);
        requireColleague(second, user);
        var invitation = identity.enrolment().draft();
        ground.writer().write(commit -> {
            var asked = store.find(commit.tx(), user, since()).orElseThrow(Resets::nobodyAsked);
            requireRead(asked, asking);
            requireTwo(commit.tx(), second.user(), user);
            requireTwo(commit.tx(), second.user(), asked.by());
            identity.duties().require(commit.tx(), second.user(), Duty.ADMINISTRATOR);
            identity.duties().require(commit.tx(), asked.by(), Duty.HELP_DESK, Duty.ADMINISTRATOR);
            forgetting.endFactors(commit, user);
            signIns.forget(commit.tx(), user);
            signIns.forgetLoginTokens(commit.tx(), user);
            listeners.forEach(listener -> listener.accept(commit, user));
            identity.devices().removeAll(commit, user, RemovedDevice.Why.SIGNED_OUT_EVERYWHERE);
            invitation.keep(commit, user);
            store.delete(commit.tx(), user);
            audit(commit, "second_step.reset", second.user(), asked);
            return user;
        });
        forgetting.destroyDue();
        return invitation.told();
    }

    /// Errors: `M_FORBIDDEN`; `M_NOT_FOUND`.
    public void withdraw(Caller by, UserId user) {
        identity.duties().require(by, Duty.HELP_DESK, Duty.ADMINISTRATOR);
        requireColleague(by, user);
        ground.writer().write(commit -> {
            var asked = store.find(commit.tx(), user, since()).orElseThrow(Resets::nobodyAsked);
            store.delete(commit.tx(), user);
            audit(commit, "second_step.reset_withdrawn", by.user(), asked);
            return user;
        });
    }

    /// Those that wait for a second person. Errors: `M_FORBIDDEN`.
    public List<Asked> list(Caller by) {
        identity.duties().require(by, Duty.HELP_DESK, Duty.ADMINISTRATOR);
        return ground.database().read(tx -> store.list(tx, by.organization(), since()));
    }

    void sweep() {
        ground.writer().write(commit -> {
            store.sweep(commit.tx(), since());
            ground.audit().eraseDue(commit);
            return true;
        });
    }

    private Instant since() {
        return ground.now().minus(OPEN);
    }

    private void requireColleague(Caller by, UserId user) {
        var known = identity.people()
                .find(user)
                .filter(person -> person.organization().equals(by.organization()))
                .filter(_ -> !identity.leavers().listEnded(List.of(user)).contains(user));
        if (known.isEmpty()) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such person here.");
        }
    }

    /// Also where one person has two accounts, by the professional registers or the organisation's staff numbers.
    private void requireTwo(Tx tx, UserId one, UserId other) {
        if (identity.people().accountsOf(tx, Set.of(one)).contains(other)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "This takes two people, and neither may be whose sign-in it is.");
        }
    }

    private static void requireRead(Asked asked, String asking) {
        if (!asked.asking().equals(asking)) {
            throw new MatrixException(
                            ErrorCode.M_BAD_STATE,
                            "Somebody has asked for this anew since you looked. Nothing was done: read what they say"
                                    + " now, and then confirm.")
                    .status(409);
        }
    }

    private static MatrixException nobodyAsked() {
        return new MatrixException(
                ErrorCode.M_NOT_FOUND, "Nobody has asked for this within a day, or it was withdrawn. Ask first.");
    }

    private void audit(Commit commit, String action, UserId actor, Asked asked) {
        var details = Json.object().put("asked_by", asked.by().value()).put("asking", asked.asking());
        ground.audit()
                .record(
                        commit,
                        new AuditEntry(action, actor.value(), asked.user().value(), "", details));
    }
}
