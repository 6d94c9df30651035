package lanyard.messaging.urgent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import lanyard.messaging.urgent.Course.Terms;
import lanyard.messaging.urgent.UrgentStore.Waiting;
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
    /// How often it is asked who has got what is settled, and broadcasts: nobody waits for that.
    private static final Duration OTHERS_EVERY = Duration.ofSeconds(30);
    private static final int MOST_AT_ONCE = 2_000;

    private final UrgentParts parts;
    private final UrgentStore store;
    private final Finding finding;
    private final Course course;
    private final AtomicLong othersLookedAt = new AtomicLong();

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
        deliveries(false);
        var now = parts.now();
        if (othersLookedAt.get() <= now - OTHERS_EVERY.toMillis()) {
            othersLookedAt.set(now);
            deliveries(true);
        }
    }

    /// Marks who has it by now, of what still runs or of the `others`.
    private void deliveries(boolean others) {
        var since = parts.now() - DELIVERED_WITHIN.toMillis();
        var last = Optional.<Waiting>empty();
        var found = List.<Waiting>of();
        do {
            var page = new UrgentStore.Page(others, since, last, MOST_AT_ONCE);
            found = parts.ground().database().read(tx -> store.listWaiting(tx, page));
            found.stream()
                    .collect(Collectors.groupingBy(Waiting::urgent))
                    .values()
                    .forEach(this::tryToDeliver);
            last = found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
        } while (found.size() == MOST_AT_ONCE);
    }

    private void tryToDeliver(List<Waiting> ofOne) {
        try {
            deliver(ofOne.getFirst(), delivered(ofOne));
        } catch (MatrixException refusal) {
            LOG.error("whose phone has something urgent is looked at again: {}", refusal.code());
        }
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

    private List<Delivered> delivered(List<Waiting> ofOne) {
        var found = new ArrayList<Delivered>();
        for (var one : ofOne) {
            parts.conversations()
                    .marks()
                    .deliveredTs(one.room(), one.user(), one.eventSeq())
                    .ifPresent(ts -> found.add(new Delivered(one.user(), ts)));
        }
        return found;
    }

    private void deliver(Waiting any, List<Delivered> delivered) {
        if (delivered.isEmpty()) {
            return;
        }
        parts.ground().writer().write(commit -> {
            delivered.forEach(one -> store.delivered(commit.tx(), any.urgent(), one.user(), one.ts()));
            course.tell(commit, any.sender());
            return true;
        });
    }
}
