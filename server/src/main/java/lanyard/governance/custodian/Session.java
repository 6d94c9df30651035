package lanyard.governance.custodian;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import lanyard.standards.matrix.UserId;

/// One unsealing of one case: an isolated worker, the two officers who have presented, and how long it lives. What it
/// says is true at the moment; it is worked with through [Unsealing].
public final class Session {
    /// Where it stands.
    public enum State {
        WAITING,
        ONE_SHARE,
        OPEN,
        CLOSED
    }

    private final String id;
    private final Order order;
    private final WorkerProcess worker;
    private final String publicKey;
    private final ReentrantLock turn = new ReentrantLock();
    private final Set<UserId> presented = new LinkedHashSet<>();
    private volatile State state = State.WAITING;
    private volatile Instant until;
    private volatile Optional<Opening> opening = Optional.empty();

    Session(String id, Order order, WorkerProcess worker, String publicKey, Instant until) {
        this.id = id;
        this.order = order;
        this.worker = worker;
        this.publicKey = publicKey;
        this.until = until;
    }

    public String id() {
        return id;
    }

    public Order order() {
        return order;
    }

    /// The worker's HPKE key of this session, in base64: what shares are sealed to.
    public String publicKey() {
        return publicKey;
    }

    public State state() {
        return state;
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    /// When it ends by itself.
    public Instant until() {
        return until;
    }

    public List<UserId> presented() {
        turn.lock();
        try {
            return new ArrayList<>(presented);
        } finally {
            turn.unlock();
        }
    }

    /// What was opened, once it is open.
    public Optional<Opening> opening() {
        return opening;
    }

    WorkerProcess worker() {
        return worker;
    }

    ReentrantLock turn() {
        return turn;
    }

    void accepted(UserId officer) {
        presented.add(officer);
        state = State.ONE_SHARE;
    }

    void opened(Opening what, Instant closes) {
        opening = Optional.of(what);
        until = closes;
        state = State.OPEN;
    }

    /// True for the first to close it.
    synchronized boolean close() {
        var first = state != State.CLOSED;
        state = State.CLOSED;
        worker.close();
        return first;
    }
}
