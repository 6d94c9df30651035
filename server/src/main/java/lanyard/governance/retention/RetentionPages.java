package lanyard.governance.retention;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lanyard.messaging.room.Conversation;
import lanyard.messaging.room.Rooms;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.console.Console;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Identity;

/// Retention in the console: the schedule, the worklist, what is marked, certificates.
final class RetentionPages {
    static final Set<Duty> MAY_SEE = Set.of(Duty.RECORDS, Duty.INFORMATION_GOVERNANCE, Duty.DATA_PROTECTION_OFFICER);
    static final Set<Duty> MAY_ACT = Set.of(Duty.RECORDS);
    static final String PATH = "/console/retention";
    private static final int MOST = 200;

    private final Retention retention;
    private final RetentionGround ground;
    private final Identity identity;
    private final Rooms rooms;
    private final OrderStore orders = new OrderStore();
    private final RoomRetentionStore known = new RoomRetentionStore();
    private final CertificateView view;

    RetentionPages(Retention retention, RetentionGround ground, Rooms rooms, Identity identity, CertificateView view) {
        this.retention = retention;
        this.ground = ground;
        this.rooms = rooms;
        this.identity = identity;
        this.view = view;
    }

    void addTo(Console console, Routes routes) {
        console.entry("Retention", PATH, MAY_SEE);
        console.page(routes, "GET " + PATH, MAY_SEE, this::show);
        console.page(routes, "GET " + PATH + "/disposals/{orderId}", MAY_SEE, this::certificate);
        console.page(routes, "GET " + PATH + "/certificates", MAY_SEE, this::certificates);
        console.page(routes, "GET " + PATH + "/certificates/{certificateId}", MAY_SEE, this::otherCertificate);
        console.form(routes, "POST " + PATH + "/disposals/{orderId}/call-off", MAY_ACT, StepUp.NEEDED, this::callOff);
        console.page(routes, "GET " + PATH + "/rooms/{roomId}", MAY_ACT, this::question);
        console.form(routes, "POST " + PATH + "/rooms/{roomId}", MAY_ACT, StepUp.NEEDED, this::answer);
    }

    private Reply show(ConsoleCall call) {
        var organization = call.caller().organization();
        var schedule = new ArrayList<Map<String, Object>>();
        for (var kind : Schedule.kinds()) {
            schedule.add(Map.of(
                    "kind",
                    kind,
                    "days",
                    retention.schedule().keep(organization, kind).toDays()));
        }
        var rules = retention.schedule().disposal(organization);
        var list = ground.database().read(tx -> orders.list(tx, organization, MOST)).stream()
                .map(order -> view.of(retention.certificates().line(order)))
                .toList();
        return call.page(
                "retention/retention",
                Map.of(
                        "schedule", schedule,
                        "files_days",
                                retention.schedule().keepFiles(organization).toDays(),
                        "undo_days", rules.undo().toDays(),
                        "ask_days", rules.askAhead().toDays(),
                        "backup_days", rules.backups().toDays(),
                        "work", work(organization),
                        "files", retention.releases().listWaiting(organization).size(),
                        "disposals", list,
                        "file_orders",
                                retention.files().list(organization, MOST).stream()
                                        .map(order -> FilePages.line(order, view))
                                        .toList(),
                        "acts", call.duties().contains(Duty.RECORDS)));
    }

    private List<Map<String, Object>> work(String organization) {
        return ground.database().read(tx -> known.listWaiting(tx, organization)).stream()
                .map(room -> Map.<String, Object>of(
                        "room", room.room().value(),
                        "purpose",
                                rooms.find(room.room())
                                        .map(Conversation::purpose)
                                        .orElse(""),
                        "owner", rooms.find(room.room()).map(this::owner).orElse(""),
                        "unanswered", room.choice() == null,
                        "messages", room.untransferred(),
                        "goes", room.oldest().plus(retention.schedule().keep(organization, room.kind()))))
                .toList();
    }

    private String owner(Conversation room) {
        return identity.people()
                .find(room.owner())
                .map(person -> person.displayName())
                .orElse("");
    }

    private Order order(ConsoleCall call) {
        var id = call.exchange().param("orderId");
        return ground.database()
                .read(tx -> orders.find(tx, id))
                .filter(order -> order.organization().equals(call.caller().organization()))
                .orElseThrow(Marking::notFound);
    }

    private Reply certificate(ConsoleCall call) {
        var order = order(call);
        var certificate = view.of(retention.certificates().certificate(order));
        return call.page(
                "retention/certificate",
                Map.of(
                        "one",
                        certificate,
                        "acts",
                        order.state() == Order.State.MARKED && call.duties().contains(Duty.RECORDS)));
    }

    private Reply certificates(ConsoleCall call) {
        var list = retention.certificates().list(call.caller().organization(), MOST).stream()
                .map(view::of)
                .toList();
        return call.page("retention/certificates", Map.of("certificates", list));
    }

    private Reply otherCertificate(ConsoleCall call) {
        var certificate = retention
                .certificates()
                .find(call.caller().organization(), call.exchange().param("certificateId"))
                .orElseThrow(Marking::notFound);
        return call.page(
                "retention/otherCertificate",
                Map.of("one", view.of(retention.certificates().certificate(certificate))));
    }

    private Reply callOff(ConsoleCall call) {
        var id = order(call).id();
        var reason = call.form().text("reason", 1_000);
        ground.writer()
                .write(commit ->
                        retention.marking().callOff(commit, id, call.caller().user(), reason));
        return call.see(PATH + "/disposals/" + id);
    }

    private Conversation room(ConsoleCall call) {
        return rooms.find(new RoomId(call.exchange().param("roomId")))
                .filter(room -> room.organization().equals(call.caller().organization()))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such conversation."));
    }

    private Reply question(ConsoleCall call) {
        var room = room(call);
        return call.page(
                "retention/question",
                Map.of("room", room.room().value(), "purpose", room.purpose(), "owner", owner(room)));
    }

    /// Which messages to record the owner alone can say: nobody reads them here.
    private Reply answer(ConsoleCall call) {
        var word = call.form().text("choice");
        if (word.equals(Choice.RECORD_THESE.word())) {
            return call.refuse("Only the owner can name messages: nobody reads them here.", "choice");
        }
        retention.choices().choose(call.caller(), room(call).room(), Choice.of(word), List.of());
        return call.see(PATH);
    }
}
