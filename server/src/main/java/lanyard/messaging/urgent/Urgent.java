package lanyard.messaging.urgent;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// Messages that somebody must answer in time. Text is an ordinary encrypted message; that it is urgent, for whom and
/// how far it has got is the server's. It does not replace the arrest bleep. Owns the tables `urgent`, `urgent_step`
/// and `urgent_person`.
public final class Urgent implements Feature {
    /// The account data by which a person's apps hear that they should ask again.
    public static final String NEWS = "org.lanyard.urgent";

    private static final Duration ANNOUNCED = Duration.ofMinutes(2);
    private static final Duration KEPT = Duration.ofDays(30);

    private final UrgentParts parts;
    private final UrgentStore store = new UrgentStore();
    private final Announcing announcing;
    private final Answering answering;
    private final Watch watch;
    /// What was announced lately, by its id.
    private final Map<String, Urgency> announced = new ConcurrentHashMap<>();

    public Urgent(UrgentParts parts) {
        this.parts = parts;
        var finding = new Finding(parts);
        var course = new Course(parts, store, finding);
        announcing = new Announcing(parts, store, finding, course, this::remember);
        answering = new Answering(parts, store, finding, course, this::forget);
        watch = new Watch(parts, store, finding, course);
        var since = parts.now() - ANNOUNCED.toMillis();
        parts.ground().database().read(tx -> store.listSince(tx, since)).forEach(this::remember);
    }

    private void remember(Urgency urgency) {
        if (!urgency.broadcast() && urgency.standing() != Standing.ENDED) {
            announced.put(urgency.id(), urgency);
        }
    }

    private void forget(Urgency urgency) {
        announced.remove(urgency.id());
    }

    /// Whether the person has said within the last two minutes that something in the room is urgent, and has not
    /// ended it: its message is let through where others are not. A broadcast is nothing that waits for an answer.
    public boolean announced(UserId user, RoomId room) {
        var since = parts.now() - ANNOUNCED.toMillis();
        return announced.values().stream()
                .anyMatch(one -> one.sender().equals(user) && one.room().equals(room) && one.sentTs() > since);
    }

    /// Whether somebody still has to answer something in the room.
    public boolean waitsIn(Commit commit, RoomId room) {
        return store.waits(commit.tx(), room);
    }

    @Override
    public void routes(Routes routes) {
        new UrgentEndpoints(parts, store, announcing, answering).addTo(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("urgent-watch", Duration.ofSeconds(2), watch::look);
        jobs.every("urgent-sweep", Duration.ofHours(1), this::sweep);
    }

    /// What is due now, as the job does every two seconds.
    public void look() {
        watch.look();
    }

    private void sweep() {
        var until = parts.now() - ANNOUNCED.toMillis();
        announced.values().removeIf(one -> one.sentTs() < until);
        parts.ground().database().write(tx -> {
            store.sweep(tx, parts.now() - KEPT.toMillis());
            return true;
        });
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Who was asked something urgent and by whom; when their phone had it, they saw it and answered. Shown to"
                        + " the sender and to those who were asked, and counted for nobody.",
                "What the person sent and was asked.",
                "Thirty days after it was sent.");
    }
}
