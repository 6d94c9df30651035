package lanyard.trust.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import lanyard.platform.Feature;
import lanyard.platform.db.Database;
import lanyard.platform.http.Exchange;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Ed25519;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.stream.Commit;
import lanyard.platform.stream.Writer;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.Audit;
import lanyard.trust.audit.AuditEntry;
import tools.jackson.databind.node.ObjectNode;

/// Every organisation's policy. Signed with the organisation's key when it changes and checked when it is read, so a
/// row changed in the database is refused and not obeyed.
public final class Policies {
    // How long another node may go on with an older version.
    private static final Duration FRESH_FOR = Duration.ofSeconds(10);
    private static final int MOST_ORGANIZATIONS = 1_000;

    private record Known(Policy policy, ObjectNode document) {}

    private final Database database;
    private final Writer writer;
    private final Audit audit;
    private final KeyStore keys;
    private final InstantSource clock;
    private final PolicyStore store = new PolicyStore();
    private final Cache<String, Known> known = Caffeine.newBuilder()
            .maximumSize(MOST_ORGANIZATIONS)
            .expireAfterWrite(FRESH_FOR)
            .build();

    private final List<Runnable> whenChanged = new CopyOnWriteArrayList<>();

    public Policies(Database database, Writer writer, Audit audit, KeyStore keys, InstantSource clock) {
        this.database = database;
        this.writer = writer;
        this.audit = audit;
        this.keys = keys;
        this.clock = clock;
    }

    /// `listener` runs, after the commit and on the writer's thread, once another policy is in force.
    public void whenChanged(Runnable listener) {
        whenChanged.add(listener);
    }

    /// The endpoint by which the app reads its policy. `organizationOf` refuses who is not signed in; it is handed in
    /// because `trust.identity` may itself ask the policy.
    public Feature shownTo(Function<Exchange, String> organizationOf) {
        return new PolicyEndpoints(this, organizationOf);
    }

    /// Gives an organisation the standard policy as its version 1, if it has none. Called at start.
    public void establish(String organization) {
        if (database.read(tx -> store.newest(tx, organization)).isEmpty()) {
            var policy = Policy.standard();
            var document = signed(organization, policy);
            writer.write(commit -> store.add(commit.tx(), organization, policy.version(), document));
            known.invalidate(organization);
        }
    }

    public Policy of(String organization) {
        return known(organization).policy();
    }

    /// One that is or was in force.
    ///
    /// @param from when it was signed, to be in force from then on
    public record Version(Instant from, Policy policy) {}

    /// Every one that the organisation has had, oldest first, read anew. Errors: as [#of] for one that was changed.
    public List<Version> listVersions(String organization) {
        return database.read(tx -> store.list(tx, organization)).stream()
                .map(document -> checked(organization, document))
                .map(one -> new Version(
                        Instant.ofEpochMilli(one.document().path("issued_ts").asLong()), one.policy()))
                .toList();
    }

    /// The signed document, for the app.
    ObjectNode document(String organization) {
        return known(organization).document().deepCopy();
    }

    /// Puts `wanted` in force as the next version. Errors: `M_FORBIDDEN` when it lowers a floor, `M_INVALID_PARAM`
    /// without a reason or when somebody else changed the policy meanwhile.
    public Policy change(String organization, Policy wanted, UserId by, String reason) {
        if (reason.isBlank() || reason.length() > 1_000) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Say why the policy changes, in at most 1000 characters.");
        }
        Floors.refusal(wanted).ifPresent(why -> {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, why);
        });
        var next = wanted.withVersion(of(organization).version() + 1);
        var document = signed(organization, next);
        var entry = new AuditEntry(
                "policy.changed",
                by.value(),
                organization,
                reason,
                Json.object().put("version", next.version()).set("policy", document));
        writer.write(commit -> put(commit, organization, next, document, entry));
        return next;
    }

    private int put(Commit commit, String organization, Policy next, ObjectNode document, AuditEntry entry) {
        if (!store.add(commit.tx(), organization, next.version(), document)) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Somebody else changed the policy meanwhile. Look at it again.");
        }
        audit.record(commit, entry);
        commit.afterCommit(() -> {
            known.put(organization, new Known(next, document));
            whenChanged.forEach(Runnable::run);
        });
        return next.version();
    }

    private Known known(String organization) {
        return Objects.requireNonNull(known.get(organization, this::load));
    }

    private Known load(String organization) {
        return database.read(tx -> store.newest(tx, organization))
                .map(document -> checked(organization, document))
                .orElseThrow(() -> new IllegalStateException("no policy has been established for " + organization));
    }

    private Known checked(String organization, ObjectNode document) {
        if (!PolicyDocument.isSigned(document, Ed25519.publicKey(signingKey(organization)))
                || !document.path("organization").asString("").equals(organization)) {
            throw new IllegalStateException("The policy of " + organization
                    + " was changed in the database without the organisation's key; it is not obeyed.");
        }
        return new Known(PolicyDocument.read(document), document);
    }

    private ObjectNode signed(String organization, Policy policy) {
        var document = PolicyDocument.of(organization, policy, clock.millis());
        PolicyDocument.sign(document, signingKey(organization));
        return document;
    }

    private byte[] signingKey(String organization) {
        return keys.key(new KeyName("signing", "organization/" + organization)).derive("ed25519");
    }
}
