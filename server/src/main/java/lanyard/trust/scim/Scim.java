package lanyard.trust.scim;

import java.time.Duration;
import java.util.Optional;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;

/// Joiners, movers and leavers as the organisation's directory says, by SCIM 2.0 (RFC 7643, RFC 7644): whoever it makes
/// is in our directory, whoever it ends is out within a minute. Owns what it said.
public final class Scim implements Feature {
    private final ScimParts parts;
    private final ScimTokens tokens;
    private volatile Photographs photographs = new NoPhotographs();

    public Scim(ScimParts parts) {
        this.parts = parts;
        this.tokens = new ScimTokens(parts);
    }

    /// Who keeps the photos that the directory sends.
    public void photographs(Photographs keeper) {
        photographs = keeper;
    }

    /// Where nobody keeps any.
    private record NoPhotographs() implements Photographs {
        @Override
        public byte[] small(byte[] picture) {
            throw new MatrixException(ErrorCode.M_UNKNOWN, "No photos are kept here.").status(400);
        }

        @Override
        public void put(Commit commit, UserId user, byte[] small, String by) {
            throw new IllegalStateException("no photos are kept here");
        }

        @Override
        public void takeAway(Commit commit, UserId user, String by) {
            // There is none.
        }
    }

    /// Whom the directory calls by that name for ever; empty where it has said nothing, or the same of several.
    public Optional<UserId> findByExternalId(Commit commit, String organization, String externalId) {
        var found = new ScimUserStore().listByExternalId(commit.tx(), organization, externalId);
        return found.size() == 1 ? Optional.of(found.getFirst().user()) : Optional.empty();
    }

    @Override
    public void routes(Routes routes) {
        new ScimTokenEndpoints(tokens, parts).addTo(routes);
        new ScimEndpoints(tokens, new ScimUsers(parts, photographs), new ScimGroups(parts), parts).addTo(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(
                "directory-tokens",
                Duration.ofHours(6),
                () -> parts.ground().database().write(tx -> {
                    new ScimTokenStore().sweep(tx, parts.ground().now());
                    return true;
                }));
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "What the organisation's directory says of staff: name, work address, role, ward, registration, groups;"
                        + " their photo is kept by the directory of colleagues. What else it sends is not kept.",
                "With the person's row.",
                "When the directory deletes the person.");
    }
}
