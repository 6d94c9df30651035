package lanyard.governance.retention;

import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import lanyard.messaging.room.Rooms;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.node.ObjectNode;

/// The disposal certificate: what went, when, by what authority, how that is proved, and separately what is true of
/// every place where a copy may be.
///
/// What could go wrong: we say that something is gone which is not. The principle: each place is named by itself with
/// what we know of it; what we do not know is said to be unknown.
final class Certificates {
    private final RetentionGround ground;
    private final Rooms rooms;
    private final Places places;
    private final OrderStore orders = new OrderStore();
    private final CertificateStore others = new CertificateStore();

    Certificates(RetentionGround ground, Rooms rooms, Places places) {
        this.ground = ground;
        this.rooms = rooms;
        this.places = places;
    }

    /// An order as a list shows it.
    ObjectNode line(Order order) {
        var line = Json.object()
                .put("order_id", order.id())
                .put("room_id", order.room().value())
                .put("state", order.state().word())
                .put("said_until_ts", order.upTo().toEpochMilli())
                .put("marked_ts", order.marked().toEpochMilli())
                .put("destroy_from_ts", order.destroyFrom().toEpochMilli())
                .put("messages", order.events());
        rooms.find(order.room()).ifPresent(room -> line.put("kind", room.kind().word()));
        Optional.ofNullable(order.endedTs()).ifPresent(ts -> line.put("ended_ts", ts));
        Optional.ofNullable(order.endedBy()).ifPresent(by -> line.put("ended_by", by));
        Optional.ofNullable(order.reason()).ifPresent(reason -> line.put("reason", reason));
        return line;
    }

    ObjectNode certificate(Order order) {
        var certificate = line(order);
        Optional.ofNullable(order.firstTs()).ifPresent(ts -> certificate.put("first_said_ts", ts));
        Optional.ofNullable(order.lastTs()).ifPresent(ts -> certificate.put("last_said_ts", ts));
        certificate.putObject("authority").put("kind", "retention").put("policy_version", order.policyVersion());
        var stamp = ground.database().read(tx -> orders.stamp(tx, order.id()));
        proof(certificate, stamp, order.chain())
                .put("audit_subject", order.room().value())
                .put("order_id", order.id());
        certificate.putObject("kept").put("by_holds", order.keptHeld()).put("until_recorded", order.keptAwaited());
        if (order.state() == Order.State.DESTROYED) {
            var ended = Instant.ofEpochMilli(Objects.requireNonNull(order.endedTs()));
            var span = Places.Span.of(order.tally());
            certificate.set(
                    "places",
                    places.of(new Places.Went(
                            order.organization(), order.room(), span, order.upTo(), ended, stamp.again())));
        }
        return certificate;
    }

    /// A certificate that is not the schedule's, as a list shows it.
    ObjectNode line(Certificate one) {
        var line = Json.object()
                .put("certificate_id", one.id())
                .put("kind", one.kind().word())
                .put("messages", one.tally().messages())
                .put("reference", one.reference())
                .put("ended_ts", one.ended().toEpochMilli())
                .put("ended_by", one.by());
        Optional.ofNullable(one.room()).ifPresent(room -> line.put("room_id", room.value()));
        return line;
    }

    ObjectNode certificate(Certificate one) {
        var certificate = line(one);
        Places.Span.of(one.tally())
                .ifPresent(span -> certificate.put("first_said_ts", span.from()).put("last_said_ts", span.to()));
        certificate.putObject("authority").put("kind", one.authority()).put("reference", one.reference());
        var stamp = ground.database().read(tx -> others.stamp(tx, one.id()));
        proof(certificate, stamp, one.tally().chain()).put("audit_subject", one.id());
        var room = one.room();
        certificate.set(
                "places",
                room == null
                        ? places.ofFile(one.ended())
                        : places.of(new Places.Went(
                                one.organization(),
                                room,
                                Places.Span.of(one.tally()),
                                one.ended(),
                                one.ended(),
                                stamp.again())));
        return certificate;
    }

    /// What the console lists: the schedule's and the others, the newest first.
    List<ObjectNode> list(String organization, int most) {
        var byTheSchedule = ground.database().read(tx -> orders.listDestroyed(tx, organization, most)).stream()
                .map(order -> line(order).put("certificate_id", order.id()));
        var byOthers = ground.database().read(tx -> others.list(tx, organization, most)).stream()
                .map(this::line);
        return Stream.concat(byTheSchedule, byOthers)
                .sorted(Comparator.comparingLong(
                        (ObjectNode one) -> -one.path("ended_ts").asLong()))
                .limit(most)
                .toList();
    }

    Optional<Certificate> find(String organization, String id) {
        return ground.database()
                .read(tx -> others.find(tx, id))
                .filter(one -> one.organization().equals(organization));
    }

    private ObjectNode proof(ObjectNode certificate, OrderStore.Stamp stamp, byte[] chain) {
        stamp.again().ifPresent(at -> certificate.put("made_again_ts", at.toEpochMilli()));
        var proof = certificate.putObject("proof");
        stamp.leaf().ifPresent(leaf -> inclusion(proof, leaf));
        return proof.put("lines_sha256", HexFormat.of().formatHex(chain));
    }

    /// Where the entry is, and, once a checkpoint covers it, what shows that it is there to whoever has the public key.
    private void inclusion(ObjectNode proof, OrderStore.Leaf leaf) {
        var place = leaf.place();
        proof.put("audit_action", leaf.action()).put("audit_slot", place.slot()).put("audit_index", place.index());
        try {
            proof.set("inclusion", ground.audit().proofOf(place.slot(), place.index()));
        } catch (MatrixException notYet) {
            proof.put("inclusion_from", "the next checkpoint");
        }
    }
}
