package lanyard.governance.custodian;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;

/// Trying whether a share is right, without opening anything: an officer presents it, just as for a case, to a worker
/// that knows of no case. It compares the share with what the ceremony said of it, and ends.
final class ShareTests {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int MOST = 5;
    private static final int ID_BYTES = 9;

    /// One trial, and what has come of it.
    static final class Trial {
        private final String id;
        private final UserId officer;
        private final String organization;
        private final WorkerProcess worker;
        private final String publicKey;
        private final Instant until;
        private volatile String result = "";

        private Trial(Started started, WorkerProcess worker, String publicKey, Instant until) {
            this.id = started.id();
            this.officer = started.officer();
            this.organization = started.organization();
            this.worker = worker;
            this.publicKey = publicKey;
            this.until = until;
        }

        String id() {
            return id;
        }

        String publicKey() {
            return publicKey;
        }

        /// Empty until a share has been presented.
        String result() {
            return result;
        }
    }

    private record Started(String id, UserId officer, String organization) {}

    private final CustodianParts parts;
    private final Officers officers;
    private final Replacements replacements;
    private final Supplier<Isolation> isolation;
    private final Map<String, Trial> trials = new ConcurrentHashMap<>();

    ShareTests(CustodianParts parts, Officers officers, Replacements replacements, Supplier<Isolation> isolation) {
        this.parts = parts;
        this.replacements = replacements;
        this.officers = officers;
        this.isolation = isolation;
    }

    Trial begin(UserId officer, String organization) {
        sweep();
        if (trials.size() >= MOST) {
            throw Order.refused("Five shares are being tried already. Wait a moment.");
        }
        var started = new Started(newId(), officer, organization);
        var worker = Unsealing.refusing(() -> WorkerProcess.start(isolation.get()));
        var start = Json.object()
                .put("do", "start")
                .put("session", started.id())
                .put("case", "")
                .put("organization", organization)
                .put("wait_ms", LIFE.toMillis())
                .put("open_ms", 0);
        start.putArray("rooms");
        var answer = Unsealing.refusing(() -> worker.ask(start));
        var until = parts.ground().clock().instant().plus(LIFE);
        var trial = new Trial(started, worker, Json.text(answer, "public_key"), until);
        trials.put(trial.id(), trial);
        return trial;
    }

    /// The officer's own trial only.
    Optional<Trial> find(String id, UserId officer) {
        return Optional.ofNullable(trials.get(id)).filter(trial -> trial.officer.equals(officer));
    }

    /// Errors: `M_FORBIDDEN` with what is wrong with the share.
    void present(Trial trial, byte[] sealedShare) {
        var request = Json.object()
                .put("do", "share")
                .put("officer", trial.officer.value())
                .put("sealed", Base64.getEncoder().encodeToString(sealedShare));
        var known = officers.known(trial.organization);
        replacements.waiting(trial.organization, trial.officer).forEach(known::add);
        request.set("officers", known);
        var accepted = Unsealing.refusing(() -> trial.worker.ask(request)).path("accepted");
        trial.worker.close();
        officers.claim(trial.organization, trial.officer, accepted);
        var details = Json.object();
        details.set("shares", Officers.withoutCommitments(accepted));
        var entry = new AuditEntry(
                "custodian.share_tested", trial.officer.value(), trial.organization, "a test of the share", details);
        parts.ground().writer().write(commit -> {
            parts.audit().record(commit, entry);
            return entry;
        });
        replacements.confirm(trial.organization, trial.officer, accepted);
        trial.result = "right";
    }

    void sweep() {
        var now = parts.ground().clock().instant();
        trials.values().removeIf(trial -> {
            if (now.isBefore(trial.until)) {
                return false;
            }
            trial.worker.close();
            return true;
        });
    }

    void closeAll() {
        trials.values().forEach(trial -> trial.worker.close());
        trials.clear();
    }

    private String newId() {
        var bytes = new byte[ID_BYTES];
        parts.ground().random().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
