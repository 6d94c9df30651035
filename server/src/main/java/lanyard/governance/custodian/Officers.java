package lanyard.governance.custodian;

import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lanyard.governance.custodian.OfficerStore.Holding;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// Who holds which share. A ceremony knows officers by name; the first person who shows a share is its holder from then
/// on, as nobody can show one without its file and passphrase, and no person holds two of one ceremony.
final class Officers {
    private final CustodianParts parts;
    private final OfficerStore store = new OfficerStore();
    private volatile Optional<OfficerFacts> facts = Optional.empty();

    Officers(CustodianParts parts) {
        this.parts = parts;
    }

    void knownBy(OfficerFacts others) {
        facts = Optional.of(others);
    }

    /// Whether the person is one of them, by whichever account.
    boolean has(Collection<UserId> people, UserId person) {
        var accounts = facts.map(known -> known.accountsOf(person)).orElseGet(() -> Set.of(person));
        return people.stream().anyMatch(accounts::contains);
    }

    /// In the ceremony's own transaction: shares that went into files, whose officers have yet to show them.
    void add(Tx tx, String organization, List<OfficerShare> made) {
        for (var share : made) {
            var holder = share.holder();
            var commitment = Optional.of(HexFormat.of().formatHex(share.commitment()));
            store.add(
                    tx,
                    organization,
                    new Holding(
                            holder.ceremony(), holder.officer(), holder.name(), commitment, Optional.empty(), false));
        }
    }

    /// Shares that wait for their officers' passkeys; whose they are is known.
    void addWrapped(Tx tx, String organization, List<WrappedShare> made) {
        made.forEach(share -> store.add(
                tx,
                organization,
                new Holding(
                        share.ceremony(),
                        share.officer(),
                        share.to().name(),
                        Optional.of(share.commitment()),
                        Optional.of(share.to().person()),
                        false)));
    }

    void retire(Tx tx, String ceremony, long ts) {
        store.retire(tx, ceremony, ts);
    }

    /// The ceremonies whose shares count, the newest first.
    List<String> ceremonies(String organization) {
        return list(organization).stream()
                .filter(holding -> !holding.retired())
                .map(Holding::ceremony)
                .distinct()
                .toList();
    }

    List<Holding> list(String organization) {
        return parts.ground().database().read(tx -> store.list(tx, organization));
    }

    /// What a worker must know to tell a right share from a wrong one.
    ArrayNode known(String organization) {
        var known = Json.array();
        list(organization).stream().filter(holding -> !holding.retired()).forEach(holding -> {
            var one = known.addObject().put("ceremony", holding.ceremony()).put("officer", holding.officer());
            holding.commitment().ifPresent(commitment -> one.put("commitment", commitment));
            holding.person().ifPresent(person -> one.put("person", person.value()));
        });
        return known;
    }

    /// Notes who has shown shares that a worker has found right. A share whose hash is not known proves nothing yet.
    void claim(String organization, UserId person, JsonNode accepted) {
        var mine = list(organization).stream()
                .filter(holding ->
                        holding.commitment().isPresent() && holding.person().isEmpty())
                .filter(holding -> isAmong(accepted, holding))
                .toList();
        if (!mine.isEmpty()) {
            parts.ground().writer().write(commit -> {
                for (var holding : mine) {
                    if (!store.claim(
                            commit.tx(), holding, person, parts.ground().clock().millis())) {
                        throw Order.refused("That share belongs to another officer.");
                    }
                    var details =
                            Json.object().put("ceremony", holding.ceremony()).put("officer", holding.officer());
                    var entry = new AuditEntry(
                            "custodian.share_taken",
                            person.value(),
                            organization,
                            "first shown by its officer",
                            details);
                    parts.audit().record(commit, entry);
                }
                return person;
            });
        }
    }

    private static boolean isAmong(JsonNode accepted, Holding holding) {
        for (JsonNode one : accepted) {
            if (one.path("ceremony").asString("").equals(holding.ceremony())
                    && one.path("officer").asInt(0) == holding.officer()) {
                return true;
            }
        }
        return false;
    }

    static ArrayNode withoutCommitments(JsonNode accepted) {
        var shown = Json.array();
        accepted.forEach(one -> shown.addObject()
                .put("ceremony", one.path("ceremony").asString(""))
                .put("officer", one.path("officer").asInt(0)));
        return shown;
    }
}
