package lanyard.trust.identity;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.ServerName;

/// The organisations this deployment hosts (D12). One is the default and needs no extra word.
public final class Organizations {
    private final IdentityGround ground;
    private final OrganizationStore store = new OrganizationStore();
    private final Remembered<String, List<Organization>> remembered = new Remembered<>(1);

    Organizations(IdentityGround ground) {
        this.ground = ground;
    }

    public List<Organization> list() {
        return remembered
                .get("all", () -> Optional.of(ground.database().read(store::list)))
                .orElse(List.of());
    }

    public Optional<Organization> find(String odsCode) {
        return list().stream().filter(o -> o.odsCode().equals(odsCode)).findFirst();
    }

    public Optional<Organization> find(ServerName server) {
        return list().stream().filter(o -> o.serverName().equals(server)).findFirst();
    }

    public Organization get(String odsCode) {
        return find(odsCode).orElseThrow(Organizations::unknown);
    }

    /// The organisation a request is for, by the `Host` it asks for; the only one when there is only one.
    public Organization forHost(String host) {
        var all = list();
        if (all.size() == 1) {
            return all.getFirst();
        }
        var asked = host.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(o -> o.serverName().value().equals(asked)
                        || o.serverName().value().equals(asked.replaceFirst(":[0-9]+$", "")))
                .findFirst()
                .orElseThrow(Organizations::unknown);
    }

    void add(Commit commit, Organization organization) {
        store.add(commit.tx(), organization, ground.now());
        commit.afterCommit(() -> remembered.forget("all"));
    }

    private static MatrixException unknown() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "This server does not serve that organisation.");
    }
}
