package lanyard.governance.custodian;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.SealedDataException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Seals a ceremony's private parts anew, under fresh keys with fresh shares: two officers' shares go in, three come
/// out, and the shares of before open nothing of it. Runs in the worker.
///
/// What could go wrong: what comes out opens nothing, and what was said can never be disclosed; or the old shares open
/// it still. The principles: the keys are new, not only the shares; nothing leaves before each two of the new shares
/// have opened each part; what was before is not touched here.
final class Resplit {
    private final TwoOfficers officers;
    private final List<Guard> guards;
    private final SecureRandom random;
    private final String id;
    private final List<Map<String, byte[]>> parts = new ArrayList<>();

    Resplit(TwoOfficers officers, List<Guard> guards, SecureRandom random) {
        this.officers = officers;
        this.guards = guards;
        this.random = random;
        var bytes = new byte[8];
        random.nextBytes(bytes);
        this.id = HexFormat.of().formatHex(bytes);
        for (var i = 0; i < SplitKey.OFFICERS; i++) {
            parts.add(new HashMap<>());
        }
    }

    /// `sealed` has each month's account and the identity as they are kept, in base64.
    ObjectNode anew(ObjectNode sealed) {
        var fresh = new TreeMap<String, byte[]>();
        for (Map.Entry<String, JsonNode> part : sealed.properties()) {
            var before = Base64.getDecoder().decode(part.getValue().asString(""));
            fresh.put(part.getKey(), anew(part.getKey(), before));
        }
        var shares = shares();
        fresh.forEach((what, bytes) -> check(what, bytes, shares));
        var answer = Json.object().put("ceremony", id);
        var all = answer.putObject("sealed");
        fresh.forEach((what, bytes) -> all.put(what, Base64.getEncoder().encodeToString(bytes)));
        answer.set("shares", WrappedShare.toJson(shares, guards));
        return answer;
    }

    private byte[] anew(String what, byte[] before) {
        var split = SplitKey.make(random);
        for (var i = 0; i < SplitKey.OFFICERS; i++) {
            parts.get(i).put(what, split.shares().get(i));
        }
        var key = Ceremony.sealing(split.key(), random);
        var place = Ceremony.place(officers.ceremony(), what);
        try {
            if (what.equals(OfficerShare.IDENTITY)) {
                var plain = Ceremony.sealing(officers.key(what), random).open(before, place);
                return key.seal(plain, Ceremony.place(id, what));
            }
            try (var account = Ceremony.openAccount(officers.key(what), before, place, random)) {
                var pickle = Vodozemac.pickle(account, key.derive(Ceremony.PICKLE));
                return key.seal(pickle.getBytes(UTF_8), Ceremony.place(id, what));
            }
        } catch (SealedDataException e) {
            throw new CustodianRefusal(
                    "These two shares do not open " + what + ": one of them is damaged or not of this ceremony.");
        }
    }

    private List<OfficerShare> shares() {
        var shares = new ArrayList<OfficerShare>();
        for (var i = 0; i < SplitKey.OFFICERS; i++) {
            var organization = officers.one().holder().organization();
            var holder = new OfficerShare.Holder(
                    id, organization, i + 1, guards.get(i).to().name());
            shares.add(new OfficerShare(holder, officers.one().caseKey(), parts.get(i)));
        }
        return shares;
    }

    private void check(String what, byte[] sealed, List<OfficerShare> shares) {
        var place = Ceremony.place(id, what);
        for (var i = 0; i < SplitKey.OFFICERS; i++) {
            var two = new TwoOfficers(shares.get(i), shares.get((i + 1) % SplitKey.OFFICERS));
            if (what.equals(OfficerShare.IDENTITY)) {
                Ceremony.sealing(two.key(what), random).open(sealed, place);
            } else {
                Ceremony.openAccount(two.key(what), sealed, place, random).close();
            }
        }
    }
}
