package lanyard.messaging.membership;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import lanyard.messaging.room.Conversation;
import lanyard.messaging.room.ReviewStanding;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.audit.AuditEntry;

/// What happens while nobody reviews a conversation (G28): its owner is told three days before, owner, deputy and ward
/// lead on the day; a week later only urgent messages go, four weeks later nothing.
///
/// What could go wrong: people lose a conversation that they were not warned about, because nothing ran for a month or
/// because this rule is newer than the conversation. So each step gives its full notice, counted from when the one
/// before was told; and nothing is archived that an urgent message or a decision still waits in.
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
        parts.rooms().listBehind(limits, MOST).forEach(this::advance);
        // By themselves, because those that are kept open come again and again.
        parts.rooms()
                .listBehind(Map.of(ReviewStanding.URGENT_ONLY, limit(ReviewStanding.URGENT_ONLY)), MOST)
                .forEach(this::advance);
    }

    private long limit(ReviewStanding standing) {
        return parts.now() - over(standing).toMillis();
    }

    private void advance(Conversation behind) {
        if (parts.timeline().findRoom(behind.room()).isEmpty()) {
            return;
        }
        parts.writer().write(commit -> {
            parts.rooms()
                    .find(commit, behind.room())
                    .filter(now -> now.equals(behind))
                    .filter(now -> now.standing() != ReviewStanding.URGENT_ONLY || mayBeArchived(commit, now))
                    .ifPresent(now -> step(commit, now));
            return behind;
        });
    }

    private boolean mayBeArchived(Commit commit, Conversation conversation) {
        return keptOpen.stream().noneMatch(needed -> needed.test(commit, conversation.room()));
    }

    private void step(Commit commit, Conversation before) {
        var standing = next(before.standing());
        var notice = limit(before.standing());
        var after = before.reviewAt(Math.max(before.reviewTs(), notice), standing);
        var told = reviewers.told(after);
        parts.rooms().update(commit, after, told);
        var content = Json.object().put("ts", parts.now());
        told.forEach(user -> parts.accountData().put(commit, user, ACCOUNT_DATA, content));
        var by = parts.rooms().serviceUser(commit, after.room());
        var details = Json.object().put("standing", standing.word()).put("told", told.size());
        var entry = new AuditEntry(
                "room.review_" + standing.word(), by.value(), after.room().value(), "", details);
        parts.trust().audit().record(commit, entry);
    }
}
