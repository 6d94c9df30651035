package lanyard.messaging.timeline;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.trust.identity.Identity;

/// The timeline's face towards clients: sending, redacting, reading back, receipts, typing.
public final class Messages implements Feature {
    private final Timeline timeline;
    private final Sending sending;
    private final History history;
    private final ReadMarks marks;
    private final FullyRead fullyRead;
    private final Typing typing;
    private final Identity identity;
    private final List<SendingGate> gates = new CopyOnWriteArrayList<>();

    public Messages(Timeline timeline, ReadMarks marks, FullyRead fullyRead, Typing typing, Identity identity) {
        this.timeline = timeline;
        this.sending = new Sending(
                timeline, (commit, origin) -> identity.devices().requireThere(commit, origin.user(), origin.device()));
        this.history = new History(timeline);
        this.marks = marks;
        this.fullyRead = fullyRead;
        this.typing = typing;
        this.identity = identity;
    }

    /// Asked before each message from now on, after those that stand already.
    public void stands(SendingGate before) {
        gates.add(before);
    }

    @Override
    public void routes(Routes routes) {
        new SendingEndpoints(timeline, sending, identity, (caller, room, type, content) -> {
                    for (var gate : gates) {
                        gate.check(caller, room, type, content);
                    }
                })
                .addTo(routes);
        new HistoryEndpoints(timeline, history, identity).addTo(routes);
        new ReceiptEndpoints(marks, fullyRead, typing, identity).addTo(routes);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "What a person sent, end-to-end encrypted, when, and how far they have read.",
                "Through a disclosure case, opened by two officers.",
                "By retention: the event's content is destroyed and a stub stays.");
    }
}
