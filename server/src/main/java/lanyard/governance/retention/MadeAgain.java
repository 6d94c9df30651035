package lanyard.governance.retention;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lanyard.messaging.timeline.Expiring;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.trust.audit.AuditEntry;

/// Disposals as the list outside the database has them: written to it, and made again from it in a database that is
/// older.
///
/// What could go wrong: what was called off is carried out after a restore; nobody can say by what right something
/// went. The principles: the end of a disposal is listed, whichever it was, and wins over what a restored database
/// says; what is still open there waits the policy's days anew; and each that is made again leaves a leaf of its own in
/// the restored audit log, with what its certificate says.
final class MadeAgain {
    private static final String ACTOR = "lanyard.retention";
    private static final String AGAIN = "disposal.made_again";
    private static final String WHY = "the database was older than the list of what was disposed of";

    private final RetentionGround ground;
    private final Schedule schedule;
    private final OrderStore orders = new OrderStore();
    private final CertificateStore certificates = new CertificateStore();
    private final OrderListStore listing = new OrderListStore();

    MadeAgain(RetentionGround ground, Schedule schedule) {
        this.ground = ground;
        this.schedule = schedule;
    }

    /// What the list does not have yet.
    record Unlisted(List<Order> orders, List<Certificate> certificates) {
        boolean isEmpty() {
            return orders.isEmpty() && certificates.isEmpty();
        }

        List<GoneList.Facts> lines() {
            return Stream.concat(
                            orders.stream().map(OrderFacts::of),
                            certificates.stream().map(Certificate::facts))
                    .toList();
        }
    }

    Unlisted listUnlisted(Tx tx, int most) {
        return new Unlisted(listing.listUnlisted(tx, most), certificates.listUnlisted(tx, most));
    }

    void listed(Tx tx, Unlisted facts) {
        facts.orders().forEach(order -> listing.listed(tx, order));
        certificates.listed(tx, facts.certificates());
    }

    /// How many lines each disposal had in this database, so that those that come again are numbered as they were.
    final class Counted {
        private final Map<String, Long> lines = new HashMap<>();

        long before(String disposal) {
            return lines.computeIfAbsent(
                    disposal,
                    id -> ground.database()
                            .read(tx -> orders.find(tx, id)
                                    .map(Order::events)
                                    .or(() -> certificates
                                            .find(tx, id)
                                            .map(one -> one.tally().messages()))
                                    .orElse(0L)));
        }

        void add(String disposal, int more) {
            lines.merge(disposal, (long) more, Long::sum);
        }
    }

    /// Makes again what the database does not know or knows as it was before.
    ///
    /// @param older whether the database is known to be older than the list
    Counted carryOut(List<GoneList.Facts> listed, boolean older) {
        var counted = new Counted();
        var restored = older;
        for (var facts : listed) {
            counted.before(facts.id());
            restored |= facts.kind().equals(OrderFacts.KIND)
                    ? makeAgain(OrderFacts.order(facts))
                    : makeAgain(Certificate.of(facts));
        }
        if (restored) {
            waitAnew();
        }
        return counted;
    }

    /// False when the database has it so already.
    private boolean makeAgain(Order order) {
        var known = ground.database().read(tx -> orders.find(tx, order.id()));
        if (known.filter(one -> !one.isOpen() || order.isOpen()).isPresent()) {
            return false;
        }
        var now = ground.clock().instant();
        var details = Json.object()
                .put("order", order.id())
                .put("state", order.state().word())
                .put("events", order.events())
                .put("lines_sha256", HexFormat.of().formatHex(order.chain()))
                .put("policy_version", order.policyVersion());
        Optional.ofNullable(order.endedTs()).ifPresent(ts -> details.put("ended_ts", ts));
        var leaf = new AuditEntry(AGAIN, ACTOR, order.room().value(), WHY, details);
        return ground.writer().write(commit -> {
            var made = listing.makeAgain(commit.tx(), order, now);
            if (made) {
                orders.proved(commit.tx(), order.id(), OrderStore.Leaf.of(ground.audit(), commit, leaf));
            }
            return made;
        });
    }

    private boolean makeAgain(Certificate certificate) {
        if (ground.database()
                .read(tx -> certificates.find(tx, certificate.id()))
                .isPresent()) {
            return false;
        }
        var now = ground.clock().instant();
        var details = Json.object()
                .put("kind", certificate.kind().word())
                .put("events", certificate.tally().messages())
                .put(
                        "lines_sha256",
                        HexFormat.of().formatHex(certificate.tally().chain()))
                .put("reference", certificate.reference())
                .put("ended_ts", certificate.ended().toEpochMilli());
        var entry = new AuditEntry(AGAIN, ACTOR, certificate.id(), WHY, details);
        return ground.writer()
                .write(commit -> certificates.add(
                        commit.tx(), certificate, OrderStore.Leaf.of(ground.audit(), commit, entry), now));
    }

    private void waitAnew() {
        var now = ground.clock().instant();
        ground.database().write(tx -> {
            var all = listing.listOrganizations(tx);
            all.forEach(one ->
                    listing.notBefore(tx, one, now.plus(schedule.disposal(one).undo())));
            return all;
        });
    }

    /// By what right the disposal of that id went, if anybody knows.
    Optional<DisposalStore.Authority> authority(Tx tx, String id) {
        return orders.find(tx, id)
                .map(Destruction::authority)
                .or(() -> certificates
                        .find(tx, id)
                        .map(one -> new DisposalStore.Authority(id, one.authority(), one.reference())));
    }

    /// An order that is not ended went further.
    void further(Tx tx, OrderStore.Step step, List<Expiring.Gone> gone) {
        var open = orders.lock(tx, step.order()).filter(Order::isOpen);
        if (open.isPresent() && !gone.isEmpty()) {
            var tally = open.get().tally();
            for (var one : gone) {
                tally = tally.with(one.id(), one.sha256(), one.timestamp());
            }
            orders.advance(tx, open.get().further(tally, open.get().atSeq()));
        }
    }
}
