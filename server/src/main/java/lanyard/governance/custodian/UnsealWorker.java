package lanyard.governance.custodian;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The isolated worker of one unsealing: what runs in its process.
///
/// What could go wrong: the server, or who reads its memory or disk, gets an officer's share or more than the case is
/// about; or what was opened stays open. The principles: shares come sealed to a key that is made here and dies here;
/// the scope that was signed is obeyed here; nothing is written anywhere; the process answers one pipe and ends with
/// it, when its time is over, and when it is told to.
public final class UnsealWorker {
    private static final int OUT_OF_TIME = 3;

    private final Frames frames;
    private final SecureRandom random;
    private final ShareSeal seal = new ShareSeal();
    private final List<List<OfficerShare>> presented = new ArrayList<>();
    private final OpenedCase opened = new OpenedCase();
    private final Lifetime lifetime = new Lifetime();
    private @Nullable ObjectNode start;
    private @Nullable Opener opener;

    private UnsealWorker(InputStream in, OutputStream out, SecureRandom random) {
        this.frames = new Frames(in, out);
        this.random = random;
    }

    /// Serves until the pipe ends or `close` comes. Ends the process when its time is over.
    public static void serve(InputStream in, OutputStream out, SecureRandom random) {
        try {
            new UnsealWorker(in, out, random).run();
        } catch (IOException e) {
            // The server has gone, and with it the session.
        }
    }

    private void run() throws IOException {
        while (true) {
            var request = frames.readJson();
            if (request.path("do").asString("").equals("close")) {
                frames.write(Json.object());
                return;
            }
            frames.write(answer(request));
        }
    }

    private ObjectNode answer(ObjectNode request) throws IOException {
        var file = request.path("do").asString("").equals("file") ? frames.read() : new byte[0];
        try {
            return switch (request.path("do").asString("")) {
                case "start" -> start(request);
                case "share" -> share(request);
                case "file" -> file(file);
                case "opened" -> allOpened();
                case "search" -> search(request);
                case "read" -> read(request);
                case "ceremony" -> CeremonyWire.hold(request, random);
                case "resplit" -> resplit(request);
                default -> throw new CustodianRefusal("The worker does not know that.");
            };
        } catch (CustodianRefusal e) {
            return Json.object().put("refused", e.getMessage());
        } catch (MatrixException e) {
            return Json.object().put("refused", "That cannot be read by the worker.");
        }
    }

    private ObjectNode start(ObjectNode request) {
        start = request;
        lifetime.endsAfter(Duration.ofMillis(Json.longField(request, "wait_ms")));
        return Json.object().put("public_key", Base64.getEncoder().encodeToString(seal.publicKey()));
    }

    private ObjectNode started() {
        if (start == null) {
            throw new CustodianRefusal("The worker has not been told which case it is for.");
        }
        return start;
    }

    private ObjectNode share(ObjectNode request) {
        if (presented.size() == SplitKey.NEEDED) {
            throw new CustodianRefusal("Two officers have presented their shares already.");
        }
        var officer = Json.text(request, "officer");
        var info = ShareSeal.info(Json.text(started(), "session"), officer);
        var sealed = decode(Json.text(request, "sealed"));
        var plain = seal.open(sealed, info)
                .orElseThrow(() -> new CustodianRefusal(
                        "That share was not sealed for this session by this officer. Present it again."));
        var shares = parse(plain);
        shares.forEach(share -> check(share, officer, request.path("officers")));
        var answer = Json.object();
        var accepted = answer.putArray("accepted");
        shares.forEach(share -> accepted.addObject()
                .put("ceremony", share.holder().ceremony())
                .put("officer", share.holder().officer())
                .put("name", share.holder().name())
                .put("commitment", HexFormat.of().formatHex(share.commitment())));
        if (presented.size() == 1) {
            opener = new Opener(pairs(presented.getFirst(), shares), rooms(), random);
        }
        presented.add(shares);
        return answer.put("complete", presented.size() == SplitKey.NEEDED);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new CustodianRefusal("That is not a sealed share.");
        }
    }

    private static List<OfficerShare> parse(byte[] plain) {
        try {
            var shares = new ArrayList<OfficerShare>();
            for (var one : Json.arrayField(Json.object(plain), "shares")) {
                if (one instanceof ObjectNode object) {
                    shares.add(OfficerShare.read(object));
                }
            }
            if (shares.isEmpty()) {
                throw new CustodianRefusal("That is not an officer's share.");
            }
            return shares;
        } catch (MatrixException | IllegalArgumentException e) {
            throw new CustodianRefusal("That is not an officer's share, or it is damaged.");
        }
    }

    /// Whether it is a share of this organisation that has not been retired, and this officer's.
    private void check(OfficerShare share, String officer, JsonNode officers) {
        var holder = share.holder();
        if (!holder.organization().equals(Json.text(started(), "organization"))) {
            throw new CustodianRefusal("That share guards another organisation's custodian.");
        }
        var isKnown = false;
        for (JsonNode known : officers) {
            var sameCeremony = known.path("ceremony").asString("").equals(holder.ceremony());
            var isTheirs = known.path("person").asString("").equals(officer);
            if (sameCeremony && known.path("officer").asInt(0) == holder.officer()) {
                if (known.path("replaced").asBoolean(false)) {
                    throw new CustodianRefusal("That is the share of the officer who is replaced, and takes no part.");
                }
                isKnown = true;
                checkHolder(share, officer, known);
            } else if (sameCeremony && isTheirs) {
                throw new CustodianRefusal("You hold another share of that ceremony; nobody holds two.");
            }
        }
        if (!isKnown) {
            throw new CustodianRefusal(
                    "That share has been retired, or is of a ceremony that this server does not know.");
        }
    }

    private static void checkHolder(OfficerShare share, String officer, JsonNode known) {
        var commitment = known.path("commitment").asString("");
        if (!commitment.isEmpty() && !commitment.equals(HexFormat.of().formatHex(share.commitment()))) {
            throw new CustodianRefusal("That share is damaged: it is not the one that the ceremony made.");
        }
        var person = known.path("person").asString("");
        if (!person.isEmpty() && !person.equals(officer)) {
            throw new CustodianRefusal("That share belongs to another officer.");
        }
    }

    private static List<TwoOfficers> pairs(List<OfficerShare> one, List<OfficerShare> other) {
        var pairs = new ArrayList<TwoOfficers>();
        for (var first : one) {
            for (var second : other) {
                if (first.holder().ceremony().equals(second.holder().ceremony())) {
                    pairs.add(new TwoOfficers(first, second));
                }
            }
        }
        if (pairs.isEmpty()) {
            throw new CustodianRefusal("These two shares come from different ceremonies and do not fit together.");
        }
        return pairs;
    }

    private Set<RoomId> rooms() {
        var rooms = new HashSet<RoomId>();
        started()
                .path("rooms")
                .forEach(span -> rooms.add(new RoomId(span.path("room_id").asString(""))));
        return rooms;
    }

    private Opener opener() {
        if (opener == null) {
            throw new CustodianRefusal("Two officers must present their shares first.");
        }
        return opener;
    }

    /// Only for who was told that this is what the shares are for.
    private ObjectNode resplit(ObjectNode request) {
        if (!started().path("purpose").asString("").equals("resplit")) {
            throw new CustodianRefusal("These shares were presented for something else.");
        }
        var two = opener().officersOf(Json.text(request, "ceremony"));
        return new Resplit(two, Guard.listOf(request), random).anew(Json.objectField(request, "sealed"));
    }

    private ObjectNode file(byte[] bytes) {
        if (started().path("purpose").asString("").equals("resplit")) {
            throw new CustodianRefusal("These shares were presented for something else.");
        }
        var file = CaseFile.read(bytes, opener().caseKey());
        var scope = file.scope();
        var ordered = started();
        if (!scope.caseId().equals(Json.text(ordered, "case")) || !isOrdered(scope)) {
            throw new CustodianRefusal("That file is not of this case, or reaches further than it.");
        }
        var disclosure = opener().open(file);
        disclosure.events().forEach(event -> opened.add(OpenedEvent.of(event), event.has("was_encrypted")));
        var answer = Json.object().put("opened", disclosure.events().size()).put("sessions", disclosure.sessions());
        var rest = answer.putArray("unreadable");
        disclosure.unreadable().forEach(rest::add);
        return answer;
    }

    private boolean isOrdered(CaseFile.Scope scope) {
        for (JsonNode span : started().path("rooms")) {
            if (span.path("room_id").asString("").equals(scope.room().value())
                    && span.path("from_ts").asLong() <= scope.fromTs()
                    && scope.toTs() <= span.path("to_ts").asLong()) {
                return true;
            }
        }
        return false;
    }

    /// From here on the shares, the devices and the session keys are gone; what they opened stays for its time.
    private ObjectNode allOpened() {
        opener().close();
        opener = null;
        presented.replaceAll(_ -> List.of());
        lifetime.endsAfter(Duration.ofMillis(Json.longField(started(), "open_ms")));
        return Json.object().put("events", opened.count());
    }

    private ObjectNode search(ObjectNode request) {
        var words = new ArrayList<String>();
        request.path("words").forEach(word -> words.add(word.asString("")));
        var senders = new HashSet<UserId>();
        request.path("senders").forEach(sender -> senders.add(new UserId(sender.asString(""))));
        var query = new Query(words, senders, Json.longField(request, "from_ts"), Json.longField(request, "to_ts"));
        var answer = Json.object();
        var hits = answer.putArray("hits");
        for (var hit : opened.search(query)) {
            var one = hits.addObject()
                    .put("room_id", hit.room().value())
                    .put("event_id", hit.id().value())
                    .put("sender", hit.sender().value())
                    .put("ts", hit.ts())
                    .put("type", hit.type())
                    .put("hidden", hit.hidden());
            var entries = one.putArray("entries");
            hit.entries().forEach(entries::add);
        }
        return answer;
    }

    private ObjectNode read(ObjectNode request) {
        var ids = new ArrayList<EventId>();
        request.path("event_ids").forEach(id -> ids.add(new EventId(id.asString(""))));
        var answer = Json.object();
        var events = answer.putArray("events");
        var before = request.path("before").asInt(0);
        opened.read(ids, before, request.path("after").asInt(0)).forEach(event -> events.add(event.toJson()));
        return answer;
    }

    /// Ends the process when its time is over, whatever it is doing.
    private static final class Lifetime {
        private volatile @Nullable Thread clock;

        void endsAfter(Duration time) {
            var before = clock;
            var after = Thread.ofPlatform().daemon().unstarted(() -> {
                try {
                    Thread.sleep(time);
                    Runtime.getRuntime().halt(OUT_OF_TIME);
                } catch (InterruptedException e) {
                    // A new time has been set.
                }
            });
            clock = after;
            after.start();
            if (before != null) {
                Objects.requireNonNull(before).interrupt();
            }
        }
    }
}
