package lanyard.messaging.urgent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import lanyard.messaging.urgent.Course.Terms;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The clock of everything urgent: phones that ring again, steps whose time is over, shifts that have changed, and
/// which phones have the message by now. What is due stands in the database, so a restart forgets none of it.
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration DELIVERED_WITHIN = Duration.ofDays(1);

    private final UrgentParts parts;
    private final UrgentStore store;
    private final Finding finding;
    private final Course course;

    Watch(UrgentParts parts, UrgentStore store, Finding finding, Course course) {
        this.parts = parts;
        this.store = store;
        this.finding = finding;
        this.course = course;
    }

    /// The job's work.
    void look() {
        var database = parts.ground().database();
        for (var urgency : database.read(store::listOpen)) {
            try {
                look(urgency);
            } catch (MatrixException refusal) {
                LOG.error("something urgent could not go on and is tried again: {}", refusal.code());
            }
        }
        var since = parts.now() - DELIVERED_WITHIN.toMillis();
        database.read(tx -> store.listUndelivered(tx, since)).forEach(urgency -> deliver(urgency, delivered(urgency)));
    }

    private void look(Urgency urgency) {
        var now = parts.now();
        var progress = urgency.progress();
        var rings = progress.nextAlertTs().filter(ts -> ts <= now).isPresent();
        var over = progress.dueTs() <= now && (urgency.standing() != Standing.UNANSWERED || rings);
        if (rings || over || !comers(urgency).isEmpty()) {
            var terms = course.terms(urgency);
            parts.conversations().timeline().prepare(List.of(urgency.room()));
            parts.ground().writer().write(commit -> goOn(commit, urgency.id(), terms));
        }
    }

    /// Whoever has come on shift since the last step's role was asked.
    private List<UserId> comers(Urgency urgency) {
        var database = parts.ground().database();
        var steps = database.read(tx -> store.listSteps(tx, urgency.id()));
        var role = steps.isEmpty() ? Optional.<String>empty() : steps.getLast().role();
        if (role.isEmpty()) {
            return List.of();
        }
        var known = new ArrayList<>(database.read(tx -> store.listAsked(tx, urgency.id())).stream()
                .map(Asked::user)
                .toList());
        known.add(urgency.sender());
        return finding.newHolders(urgency.organization(), role.get(), known);
    }

    /// Asked again within the deed: meanwhile somebody may have answered.
    private boolean goOn(Commit commit, String id, Terms terms) {
        var found =
                store.find(commit.tx(), id).filter(urgency -> urgency.standing().isOpen());
        if (found.isEmpty()) {
            return false;
        }
        var urgency = found.get();
        var now = parts.now();
        if (urgency.progress().dueTs() <= now) {
            course.tell(commit, over(commit, urgency, terms));
            return true;
        }
        var comers = comers(urgency);
        if (!comers.isEmpty()) {
            course.ask(commit, urgency, comers, urgency.progress().step(), terms);
            course.tell(commit, urgency);
        }
        if (urgency.progress().nextAlertTs().filter(ts -> ts <= now).isPresent()) {
            var waiting = store.listAsked(commit.tx(), id).stream()
                    .filter(asked -> asked.mayStillAnswer() && !asked.quiet())
                    .map(Asked::user)
                    .toList();
            course.ring(commit, waiting, true);
            course.saved(
                    commit,
                    urgency.with(
                            urgency.progress().ringingAt(now + terms.repeat().toMillis())));
        }
        return true;
    }

    /// After the last step phones ring no more; it stays unanswered, and everybody sees that.
    private Urgency over(Commit commit, Urgency urgency, Terms terms) {
        if (urgency.standing() == Standing.UNANSWERED) {
            course.ring(commit, List.of(urgency.sender()), true);
            return course.saved(commit, urgency.with(urgency.progress().silent()));
        }
        var on = course.escalate(commit, urgency, terms);
        course.ring(commit, List.of(urgency.sender()), false);
        return on;
    }

    private record Delivered(UserId user, long ts) {}

    private List<Delivered> delivered(Urgency urgency) {
        if (urgency.eventSeq() == 0) {
            return List.of();
        }
        var found = new ArrayList<Delivered>();
        for (var asked : parts.ground().database().read(tx -> store.listAsked(tx, urgency.id()))) {
            var ts = asked.deliveredTs().isPresent() ? OptionalLong.empty() : had(urgency, asked.user());
            ts.ifPresent(when -> found.add(new Delivered(asked.user(), when)));
        }
        return found;
    }

    private OptionalLong had(Urgency urgency, UserId user) {
        return parts.conversations().marks().deliveredTs(urgency.room(), user, urgency.eventSeq());
    }

    private void deliver(Urgency urgency, List<Delivered> delivered) {
        if (delivered.isEmpty()) {
            return;
        }
        parts.ground().writer().write(commit -> {
            delivered.forEach(one -> store.delivered(commit.tx(), urgency.id(), one.user(), one.ts()));
            course.tell(commit, urgency.sender());
            return true;
        });
    }
}
