package lanyard.messaging.membership;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import lanyard.messaging.room.Conversation;
import lanyard.messaging.room.ReviewStanding;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Person;

/// What happens while nobody reviews a conversation (G28): its owner is told three days before, owner, deputy and ward
/// lead on the day; a week later only urgent messages go, four weeks later nothing.
///
/// What could go wrong: people lose a conversation that they were not warned about, because nothing ran for a month or
/// because this rule is newer than the conversation. So each step gives its full notice, counted from when the one
/// before was told; and nothing is archived that an urgent message or a decision still waits in. What an administrator
/// has closed, and where nobody is inside, is nobody's to review.
final class ReviewClock {
    static final String ACCOUNT_DATA = "org.lanyard.reviews";

    private static final Duration AHEAD = Duration.ofDays(3);
    private static final Duration LIMITED_AFTER = Duration.ofDays(7);
    private static final Duration ARCHIVED_AFTER = Duration.ofDays(28);
    private static final int MOST = 200;

    private final MembershipParts parts;
    private final Reviewers reviewers;
    private final List<BiPredicate<Commit, RoomId>> keptOpen = new CopyOnWriteArrayList<>();

    ReviewClock(MembershipParts parts, Reviewers reviewers) {
        this.parts = parts;
        this.reviewers = reviewers;
    }

    /// `needed` answers whether something waits in a conversation, so that it cannot be archived.
    void keptOpenBy(BiPredicate<Commit, RoomId> needed) {
        keptOpen.add(needed);
    }

    /// How long before or after the review date a standing is over.
    private static Duration over(ReviewStanding standing) {
        return switch (standing) {
            case CURRENT -> AHEAD.negated();
            case REMINDED -> Duration.ZERO;
            case DUE -> LIMITED_AFTER;
            case URGENT_ONLY -> ARCHIVED_AFTER;
            case ARCHIVED -> throw new IllegalArgumentException("nothing comes after it");
        };
    }

    private static ReviewStanding next(ReviewStanding standing) {
        return switch (standing) {
            case CURRENT -> ReviewStanding.REMINDED;
            case REMINDED -> ReviewStanding.DUE;
            case DUE -> ReviewStanding.URGENT_ONLY;
            case URGENT_ONLY -> ReviewStanding.ARCHIVED;
            case ARCHIVED -> throw new IllegalArgumentException("nothing comes after it");
        };
    }

    /// The job's work: one step for each conversation that is behind.
    void tick() {
        var limits = new EnumMap<ReviewStanding, Long>(ReviewStanding.class);
        for (var standing : List.of(ReviewStanding.CURRENT, ReviewStanding.REMINDED, ReviewStanding.DUE)) {
            limits.put(standing, limit(standing));
        }
        // Whom to tell of many is asked once, and before their deeds: it reads everybody who works there.
        var leads = new HashMap<String, List<Person>>();
        parts.rooms().listBehind(limits, MOST).forEach(behind -> advance(behind, leads));
        // By themselves, because those that are kept open come again and again.
        parts.rooms()
                .listBehind(Map.of(ReviewStanding.URGENT_ONLY, limit(ReviewStanding.URGENT_ONLY)), MOST)
                .forEach(behind -> advance(behind, leads));
    }

    private long limit(ReviewStanding standing) {
        return parts.now() - over(standing).toMillis();
    }

    private void advance(Conversation behind, Map<String, List<Person>> leads) {
        if (parts.timeline().findRoom(behind.room()).isEmpty()) {
            return;
        }
        var standing = next(behind.standing());
        var notice = limit(behind.standing());
        var after = behind.reviewAt(Math.max(behind.reviewTs(), notice), standing);
        var told = reviewers.told(after, leads);
        parts.writer().write(commit -> {
            var now = parts.rooms().find(commit, behind.room()).filter(behind::equals);
            if (now.isEmpty()) {
                return behind;
            }
            if (isEmpty(commit, behind.room())) {
                putOff(commit, behind);
            } else if (behind.standing() != ReviewStanding.URGENT_ONLY || mayBeArchived(commit, behind)) {
                step(commit, after, told);
            }
            return behind;
        });
    }

    private boolean isEmpty(Commit commit, RoomId room) {
        return parts.rooms().people(parts.timeline().getRoom(commit, room)).isEmpty();
    }

    /// Where nobody is inside there is nobody to review, and nobody is told; it is looked at again after a period.
    private void putOff(Commit commit, Conversation empty) {
        var every = parts.trust()
                .policies()
                .of(empty.organization())
                .roomKind(empty.kind().word())
                .reviewEvery();
        parts.rooms().update(commit, empty.reviewAt(parts.now() + every.toMillis(), ReviewStanding.CURRENT), List.of());
    }

    private boolean mayBeArchived(Commit commit, Conversation conversation) {
        return keptOpen.stream().noneMatch(needed -> needed.test(commit, conversation.room()));
    }

    private void step(Commit commit, Conversation after, List<UserId> told) {
        parts.rooms().update(commit, after, told);
        var content = Json.object().put("ts", parts.now());
        told.forEach(user -> parts.accountData().put(commit, user, ACCOUNT_DATA, content));
        var by = parts.rooms().serviceUser(commit, after.room());
        var word = after.standing().word();
        var details = Json.object().put("standing", word).put("told", told.size());
        var entry =
                new AuditEntry("room.review_" + word, by.value(), after.room().value(), "", details);
        parts.trust().audit().record(commit, entry);
    }
}
