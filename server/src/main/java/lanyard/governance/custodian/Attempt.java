package lanyard.governance.custodian;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;

/// A replacement that waits for the two officers' shares; lost with the server, and nothing with it.
final class Attempt {
    private final String id;
    private final String organization;
    private final Replacements.Wanted wanted;
    private final UserId by;
    private final WorkerProcess worker;
    private final Map<Integer, UserId> presented = new TreeMap<>();
    private final ReentrantLock turn = new ReentrantLock();
    private volatile String publicKey = "";
    private volatile Instant until = Instant.MAX;

    Attempt(String id, String organization, Replacements.Wanted wanted, UserId by, WorkerProcess worker) {
        this.id = id;
        this.organization = organization;
        this.wanted = wanted;
        this.by = by;
        this.worker = worker;
    }

    String id() {
        return id;
    }

    Replacements.Wanted wanted() {
        return wanted;
    }

    String publicKey() {
        return publicKey;
    }

    String organization() {
        return organization;
    }

    UserId by() {
        return by;
    }

    WorkerProcess worker() {
        return worker;
    }

    ReentrantLock turn() {
        return turn;
    }

    /// Errors: [CustodianRefusal].
    void start(Duration life, Instant now) {
        var start = Json.object()
                .put("do", "start")
                .put("session", id)
                .put("purpose", "resplit")
                .put("case", "")
                .put("organization", organization)
                .put("wait_ms", life.toMillis())
                .put("open_ms", 0);
        start.putArray("rooms");
        publicKey = Json.text(worker.ask(start), "public_key");
        until = now.plus(life);
    }

    boolean isOver(Instant now) {
        return !now.isBefore(until) || !worker.isAlive();
    }

    /// Which share is whose, as far as they have presented.
    Map<Integer, UserId> holders() {
        return presented;
    }

    List<UserId> presented() {
        turn.lock();
        try {
            return new ArrayList<>(presented.values());
        } finally {
            turn.unlock();
        }
    }
}
