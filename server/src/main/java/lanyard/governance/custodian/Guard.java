package lanyard.governance.custodian;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// To whom a share goes, and the public key that the officer's passkey made.
record Guard(WrappedShare.Guardian to, byte[] key) {
    static ArrayNode toJson(List<Guard> guards) {
        var all = Json.array();
        guards.forEach(guard -> all.addObject()
                .put("name", guard.to().name())
                .put("person", guard.person().value())
                .put("credential", guard.to().credential())
                .put("key", Base64.getEncoder().encodeToString(guard.key())));
        return all;
    }

    /// In the order of their shares. Errors: [CustodianRefusal] unless they are three people.
    static List<Guard> listOf(ObjectNode request) {
        var guards = new ArrayList<Guard>();
        for (var one : Json.arrayField(request, "guards")) {
            var guard = (ObjectNode) one;
            var key = Base64.getDecoder().decode(Json.text(guard, "key"));
            guards.add(new Guard(WrappedShare.Guardian.read(guard), key));
        }
        return requireThree(guards);
    }

    UserId person() {
        return to.person();
    }

    static List<Guard> requireThree(List<Guard> guards) {
        var people = guards.stream().map(Guard::person).distinct().count();
        if (guards.size() != SplitKey.OFFICERS || people != SplitKey.OFFICERS) {
            throw new CustodianRefusal("The three officers must be three different people.");
        }
        return List.copyOf(guards);
    }
}
