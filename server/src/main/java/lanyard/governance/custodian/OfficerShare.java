package lanyard.governance.custodian;

import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Hashes;
import lanyard.standards.matrix.CanonicalJson;
import tools.jackson.databind.node.ObjectNode;

/// What one officer keeps: their part of every split key of one ceremony (one for each month, one for the identity),
/// and the public key that case files are signed with, so that a forged case does not open.
record OfficerShare(Holder holder, byte[] caseKey, Map<String, byte[]> parts) {
    /// Who holds it. Stands in clear in the file.
    record Holder(String ceremony, String organization, int officer, String name) {
        ObjectNode toJson() {
            return Json.object()
                    .put("format", FORMAT)
                    .put("ceremony", ceremony)
                    .put("organization", organization)
                    .put("officer", officer)
                    .put("name", name);
        }

        static Holder read(ObjectNode json) {
            if (!json.path("format").asString("").equals(FORMAT)) {
                throw new CustodianRefusal("That file is not an officer's share.");
            }
            return new Holder(
                    Json.text(json, "ceremony"),
                    Json.text(json, "organization"),
                    json.path("officer").asInt(0),
                    Json.text(json, "name"));
        }
    }

    private static final String FORMAT = "lanyard officer share 1";
    static final String IDENTITY = "identity";

    OfficerShare {
        parts = Map.copyOf(parts);
    }

    static Path fileIn(Path directory, int officer) {
        return directory.resolve("officer-" + officer + ".share");
    }

    void write(PassphraseFile files, Path file, char[] passphrase) {
        files.write(file, holder.toJson(), secret(), passphrase);
    }

    private ObjectNode secret() {
        var encoder = Base64.getEncoder();
        var secret = Json.object().put("case_key", encoder.encodeToString(caseKey));
        var all = secret.putObject("parts");
        new TreeMap<>(parts).forEach((what, part) -> all.put(what, encoder.encodeToString(part)));
        return secret;
    }

    /// As it is sealed to a worker: both parts of the file, opened.
    ObjectNode toJson() {
        var json = Json.object();
        json.set("clear", holder.toJson());
        json.set("secret", secret());
        return json;
    }

    static OfficerShare read(ObjectNode json) {
        return of(Holder.read(Json.objectField(json, "clear")), Json.objectField(json, "secret"));
    }

    /// What everybody may know of the share, and nobody can make without it: it says whether a share is the right one.
    byte[] commitment() {
        return Hashes.sha256(CanonicalJson.bytes(toJson()));
    }

    private static OfficerShare of(Holder holder, ObjectNode secret) {
        var decoder = Base64.getDecoder();
        var parts = new TreeMap<String, byte[]>();
        Json.objectField(secret, "parts")
                .forEachEntry((what, part) -> parts.put(what, decoder.decode(part.stringValue())));
        return new OfficerShare(holder, decoder.decode(Json.text(secret, "case_key")), parts);
    }

    SplitKey.Part part(String what) {
        var share = parts.get(what);
        if (share == null) {
            throw new CustodianRefusal("The share of " + holder.name() + " has no part for " + what + ".");
        }
        return new SplitKey.Part(holder.officer(), share);
    }

    @Override
    public String toString() {
        return "OfficerShare[officer " + holder.officer() + ", hidden]";
    }
}
