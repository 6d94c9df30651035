package lanyard.governance.review;

import java.time.InstantSource;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import lanyard.governance.custodian.OpenedEvent;
import lanyard.governance.disclosure.CaseId;
import lanyard.standards.matrix.EventId;
import lanyard.trust.identity.Caller;

/// Reviews during whose work something happens: after the case was asked for, and before the deed.
public final class Meanwhile {
    private final Reviews plain;
    private final Reviews reviews;
    private final AtomicReference<Runnable> next = new AtomicReference<>(() -> {});

    public Meanwhile(Reviews plain) {
        this.plain = plain;
        var parts = plain.parts();
        var on = parts.ground();
        InstantSource clock = () -> {
            happens();
            return on.clock().instant();
        };
        reviews = new Reviews(new ReviewParts(
                new ReviewParts.Ground(on.database(), on.writer(), on.keys(), on.blobs(), clock, on.random()),
                parts.others(),
                parts.conversations()));
    }

    private void happens() {
        next.getAndSet(() -> {}).run();
    }

    /// Once, in what is called next.
    public Meanwhile when(Runnable what) {
        next.set(what);
        return this;
    }

    public void take(Caller caller, CaseId id, OpenedEvent event) {
        List<OpenedEvent> events = new AbstractList<>() {
            @Override
            public OpenedEvent get(int index) {
                return event;
            }

            @Override
            public int size() {
                happens();
                return 1;
            }
        };
        reviews.take(caller, id, events);
    }

    public void reviewed(Caller caller, CaseId id, EventId event) {
        reviews.reviewed(caller, id, event);
    }

    public int make(Caller caller, CaseId id) {
        return reviews.make(caller, id).number();
    }

    /// A colleague does, without anything happening meanwhile.
    public void withhold(Caller caller, CaseId id, EventId event) {
        plain.withhold(caller, id, new Withholding.Where.Whole(event), Reason.OUT_OF_SCOPE);
    }

    public byte[] fetch(Caller caller, CaseId id, int number) {
        return reviews.fetch(caller, id, number);
    }

    /// How many messages, and of them read ones, and packs a case has.
    public List<Integer> kept(Caller caller, CaseId id) {
        var desk = plain.open(caller, id);
        var read = desk.items().stream().filter(item -> desk.notes().isReviewed(item));
        return List.of(desk.items().size(), (int) read.count(), desk.packs().size());
    }
}
