package lanyard.messaging.membership;

import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.SendingGate;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Person;

/// Who is in a conversation, by whose word, why and until when (G27); whose it is; its regular review (G28). Owns
/// `room_member` and `membership_review`.
public final class Membership implements Feature {
    private final MembershipParts parts;
    private final Adding adding;
    private final Owners owners;
    private final Departures departures;
    private final Reviewers reviewers;
    private final Reviewing reviewing;
    private final ReviewClock clock;
    private final PostingGate gate;
    private final MemberStore store = new MemberStore();

    public Membership(MembershipParts parts) {
        this.parts = parts;
        this.adding = new Adding(parts);
        this.owners = new Owners(parts);
        this.departures = new Departures(parts);
        this.reviewers = new Reviewers(parts);
        this.reviewing = new Reviewing(parts, reviewers);
        this.clock = new ReviewClock(parts, reviewers);
        this.gate = new PostingGate(
                parts.timeline(),
                user -> parts.identity()
                        .people()
                        .find(user)
                        .map(Person::displayName)
                        .orElse("the owner"));
        parts.rooms().ruledBy(new Admittance(parts, owners));
    }

    /// What stands before each message: nothing but urgent ones where a review is far behind.
    public SendingGate gate() {
        return gate;
    }

    /// `announced` answers whether somebody has said that their next message in a room is urgent.
    public void urgentGoes(BiPredicate<UserId, RoomId> announced) {
        gate.lets(announced);
    }

    /// `needed` answers whether something waits in a conversation, so that it is not archived.
    public void keptOpenBy(BiPredicate<Commit, RoomId> needed) {
        clock.keptOpenBy(needed);
    }

    /// Who is on call in an organisation, by its ODS code.
    public void rota(Function<String, Stream<UserId>> onCall) {
        adding.rota(onCall);
    }

    /// Joins somebody who is on call, in the organisation's name, who reads what was said since `readsFromTs`; nothing
    /// when they are inside already. Errors: `M_FORBIDDEN` for who works for another employer.
    public void addOnCall(Commit commit, RoomId room, UserId person, String reason, long readsFromTs) {
        adding.addOnCall(commit, room, person, reason, readsFromTs);
    }

    /// Errors: `ORG_LANYARD_REVIEW_DUE` for a conversation that is archived.
    public void mustBeOpen(RoomState room) {
        Admittance.mustBeOpen(room);
    }

    /// One step for each conversation whose review is behind; the job's work.
    public void tick() {
        clock.tick();
    }

    /// Ends memberships that are over; the job's work.
    public void takeOut() {
        departures.takeOut();
    }

    List<MemberRow> list(RoomId room) {
        return parts.database().read(tx -> store.list(tx, room));
    }

    @Override
    public void routes(Routes routes) {
        var members = new MemberEndpoints(this, parts, adding, owners, reviewing);
        members.addTo(routes);
        new ReviewEndpoints(parts, reviewers, reviewing, members).addTo(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("memberships-that-end", Duration.ofSeconds(15), this::takeOut);
        jobs.every("membership-reviews", Duration.ofMinutes(1), this::tick);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Who added a person to which conversation, when, why and until when, and who answers for them; what"
                        + " reviews decided about them.",
                "Through a disclosure case: membership with its dates.",
                "When the membership ends; reviews with their room.");
    }
}
