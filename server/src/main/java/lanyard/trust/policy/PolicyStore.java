package lanyard.trust.policy;

import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.CanonicalJson;
import tools.jackson.databind.node.ObjectNode;

/// Table `policy_document`.
final class PolicyStore {
    Optional<ObjectNode> newest(Tx tx, String organization) {
        return tx.query("""
                select document from policy_document
                where organization = :organization order by version desc limit 1
                """)
                .bind("organization", organization)
                .mapTo(byte[].class)
                .findOne()
                .map(Json::object);
    }

    /// Oldest first.
    List<ObjectNode> list(Tx tx, String organization) {
        return tx
                .query("select document from policy_document where organization = :organization order by version")
                .bind("organization", organization)
                .mapTo(byte[].class)
                .list()
                .stream()
                .map(Json::object)
                .toList();
    }

    /// False when that version is there already.
    boolean add(Tx tx, String organization, int version, ObjectNode document) {
        return tx.update("""
                insert into policy_document (organization, version, document)
                values (:organization, :version, :document)
                on conflict (organization, version) do nothing
                """)
                        .bind("organization", organization)
                        .bind("version", version)
                        .bind("document", CanonicalJson.bytes(document))
                        .execute()
                == 1;
    }
}
