package lanyard.governance.custodian;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A share, sealed by the worker that made it to the key of its officer's passkey: nothing but that officer's browser
/// opens it.
record WrappedShare(String ceremony, int officer, Guardian to, String commitment, byte[] sealed) {
    /// Whose it is, and by which passkey, in base64url, it opens.
    record Guardian(UserId person, String name, String credential) {
        static Guardian read(ObjectNode json) {
            return new Guardian(
                    new UserId(Json.text(json, "person")), Json.text(json, "name"), Json.text(json, "credential"));
        }
    }

    /// In the worker, where the share is known.
    static WrappedShare of(OfficerShare share, Guard guard) {
        var holder = share.holder();
        var info = ShareSeal.keptInfo(holder.ceremony(), guard.person().value());
        return new WrappedShare(
                holder.ceremony(),
                holder.officer(),
                guard.to(),
                HexFormat.of().formatHex(share.commitment()),
                ShareSeal.seal(guard.key(), info, Json.bytes(share.toJson())));
    }

    /// The first share for the first guard.
    static ArrayNode toJson(List<OfficerShare> shares, List<Guard> guards) {
        var all = Json.array();
        for (var i = 0; i < shares.size(); i++) {
            var one = of(shares.get(i), guards.get(i));
            all.addObject()
                    .put("ceremony", one.ceremony())
                    .put("officer", one.officer())
                    .put("person", one.to().person().value())
                    .put("name", one.to().name())
                    .put("credential", one.to().credential())
                    .put("commitment", one.commitment())
                    .put("sealed", Base64.getEncoder().encodeToString(one.sealed()));
        }
        return all;
    }

    static List<WrappedShare> listOf(ObjectNode answer) {
        var all = new ArrayList<WrappedShare>();
        for (var each : Json.arrayField(answer, "shares")) {
            var one = (ObjectNode) each;
            all.add(new WrappedShare(
                    Json.text(one, "ceremony"),
                    one.path("officer").asInt(0),
                    Guardian.read(one),
                    Json.text(one, "commitment"),
                    Base64.getDecoder().decode(Json.text(one, "sealed"))));
        }
        return List.copyOf(all);
    }

    @Override
    public String toString() {
        return "WrappedShare[officer " + officer + ", hidden]";
    }
}
