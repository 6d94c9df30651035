package lanyard.messaging.urgent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lanyard.messaging.urgent.Urgency.Progress;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How something urgent goes on: from one step to the next, until somebody has it in hand. Within deeds.
///
/// What could go wrong: nobody answers and nobody notices. So each step has an end; after it the next role is asked; a
/// role that nobody holds is passed at once; and when no role is left, those who answer for them are told, and the
/// sender is told that nobody has answered. There is no way out of this but an answer, or the sender's word that it is
/// over.
final class Course {
    private static final Logger LOG = LoggerFactory.getLogger(Course.class);
    private static final int MOST_STEPS = 10;
    /// As the list of members has it.
    private static final String REASON = "Asked for something urgent.";

    private final UrgentParts parts;
    private final UrgentStore store;
    private final Finding finding;

    Course(UrgentParts parts, UrgentStore store, Finding finding) {
        this.parts = parts;
        this.store = store;
        this.finding = finding;
    }

    /// What the policy says, looked up before the deed.
    ///
    /// @param repeat how long after an alert the next comes
    /// @param reads how far back somebody reads who joins because they are on call
    record Terms(Duration repeat, Duration reads) {}

    Terms terms(Urgency urgency) {
        var policy = parts.others().policies().of(urgency.organization());
        var reads = parts.conversations()
                .rooms()
                .find(urgency.room())
                .map(room -> policy.roomKind(room.kind().word()).onCallReads())
                .orElse(Duration.ZERO);
        return new Terms(policy.everyday().repeatUrgent(), reads);
    }

    /// The first step. Answers how it stands then: where nobody holds the role, further on.
    Urgency begin(Commit commit, Urgency urgency, Whom whom, Terms terms) {
        var now = parts.now();
        var due = whom.isNobody() ? now : urgency.progress().dueTs();
        var role = whom.role();
        store.add(
                commit.tx(),
                urgency.id(),
                new Step(1, role.map(one -> one.id()), role.map(one -> one.name()), false, due));
        // Here a refusal is the sender's to read; later steps go on without.
        if (!urgency.broadcast()) {
            Stream.concat(whom.rung().stream(), whom.quiet().stream())
                    .forEach(user -> admit(commit, urgency, user, terms));
        }
        ask(commit, urgency, whom.rung(), 1, terms);
        store.add(commit.tx(), urgency.id(), new UrgentStore.More(whom.quiet(), 1, true));
        if (whom.isNobody() && !urgency.broadcast()) {
            return escalate(commit, urgency, terms);
        }
        return urgency;
    }

    /// More people at a step: their phones ring, and they are in the conversation. A broadcast's are already.
    void ask(Commit commit, Urgency urgency, Collection<UserId> users, int step, Terms terms) {
        store.add(commit.tx(), urgency.id(), new UrgentStore.More(users, step, false));
        if (!urgency.broadcast()) {
            users.forEach(user -> tryToAdmit(commit, urgency, user, terms));
        }
        ring(commit, users, true);
    }

    /// Whoever holds a role reads back as far as policy lets them; others from now on.
    private void admit(Commit commit, Urgency urgency, UserId user, Terms terms) {
        var now = parts.now();
        var from = finding.isOnCall(urgency.organization(), user)
                ? now - terms.reads().toMillis()
                : now;
        parts.conversations().membership().addOnCall(commit, urgency.room(), user, REASON, from);
    }

    /// Where somebody cannot be let in they are asked all the same: the sender is there to be rung.
    private void tryToAdmit(Commit commit, Urgency urgency, UserId user, Terms terms) {
        try {
            admit(commit, urgency, user, terms);
        } catch (MatrixException refusal) {
            LOG.warn("somebody was asked something urgent and is not let into its room: {}", refusal.code());
        }
    }

    /// The next step, passing by roles that nobody holds.
    Urgency escalate(Commit commit, Urgency urgency, Terms terms) {
        var now = parts.now();
        var steps = new ArrayList<>(store.listSteps(commit.tx(), urgency.id()));
        var asked = store.listAsked(commit.tx(), urgency.id());
        var known = asked.stream().map(Asked::user).toList();
        while (steps.size() < MOST_STEPS) {
            var next = finding.next(urgency.organization(), steps, asked);
            if (next.isEmpty()) {
                break;
            }
            var role = next.get();
            var without =
                    Stream.concat(known.stream(), Stream.of(urgency.sender())).toList();
            var holders = finding.newHolders(urgency.organization(), role.id(), without);
            var due = holders.isEmpty() ? now : now + urgency.answerTime();
            var step = new Step(steps.size() + 1, Optional.of(role.id()), Optional.of(role.name()), false, due);
            store.add(commit.tx(), urgency.id(), step);
            steps.add(step);
            if (!holders.isEmpty()) {
                var on = urgency.with(new Progress(Standing.ESCALATED, step.number(), due, alert(terms)));
                ask(commit, on, holders, step.number(), terms);
                return saved(commit, on);
            }
        }
        return unanswered(commit, urgency, steps, terms);
    }

    private Urgency unanswered(Commit commit, Urgency urgency, List<Step> steps, Terms terms) {
        var due = parts.now() + urgency.answerTime();
        var asked = store.listAsked(commit.tx(), urgency.id()).stream()
                .map(Asked::user)
                .toList();
        var leads = finding.leads(urgency, steps, asked);
        var step = new Step(steps.size() + 1, Optional.empty(), Optional.empty(), true, due);
        store.add(commit.tx(), urgency.id(), step);
        var on = urgency.with(new Progress(Standing.UNANSWERED, step.number(), due, alert(terms)));
        ask(commit, on, leads, step.number(), terms);
        ring(commit, List.of(urgency.sender()), true);
        return saved(commit, on);
    }

    private Optional<Long> alert(Terms terms) {
        return Optional.of(parts.now() + terms.repeat().toMillis());
    }

    /// Makes of the answers that were given how it stands.
    Urgency settle(Commit commit, Urgency urgency, Terms terms) {
        var asked = store.listAsked(commit.tx(), urgency.id());
        if (asked.stream().anyMatch(Asked::settles)) {
            return saved(
                    commit,
                    urgency.with(urgency.progress().as(Standing.ACKNOWLEDGED).silent()));
        }
        var again = urgency.standing() == Standing.ACKNOWLEDGED ? reopened(commit, urgency, terms) : urgency;
        var nobodyLeft = asked.stream()
                .filter(one -> one.step() == again.progress().step() && !one.quiet())
                .noneMatch(Asked::mayStillAnswer);
        return nobodyLeft && again.standing() != Standing.UNANSWERED
                ? escalate(commit, again, terms)
                : saved(commit, again);
    }

    /// A broadcast is acknowledged when everybody has.
    Urgency count(Commit commit, Urgency urgency) {
        var all = store.allSettled(commit.tx(), urgency.id());
        return saved(commit, urgency.with(urgency.progress().as(all ? Standing.ACKNOWLEDGED : Standing.WAITING)));
    }

    /// Who had said yes has said no.
    private Urgency reopened(Commit commit, Urgency urgency, Terms terms) {
        var last = store.listSteps(commit.tx(), urgency.id()).getLast();
        var standing = last.lead() ? Standing.UNANSWERED : last.number() > 1 ? Standing.ESCALATED : Standing.WAITING;
        return urgency.with(
                new Progress(standing, last.number(), urgency.progress().dueTs(), alert(terms)));
    }

    Urgency saved(Commit commit, Urgency urgency) {
        store.save(commit.tx(), urgency);
        return urgency;
    }

    /// Wakes the apps of everybody whom it concerns, which then ask.
    void tell(Commit commit, Urgency urgency) {
        var everybody = Stream.concat(
                        Stream.of(urgency.sender()),
                        store.listAsked(commit.tx(), urgency.id()).stream().map(Asked::user))
                .distinct();
        everybody.forEach(user -> tell(commit, user));
    }

    void tell(Commit commit, UserId user) {
        var news = Json.object().put("version", parts.now());
        parts.others().accountData().put(commit, user, Urgent.NEWS, news);
    }

    void ring(Commit commit, Collection<UserId> users, boolean urgent) {
        var rung = List.copyOf(users);
        commit.afterVisible(() -> rung.forEach(user -> parts.others().push().alert(user, urgent)));
    }
}
