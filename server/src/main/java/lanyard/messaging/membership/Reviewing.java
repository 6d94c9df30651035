package lanyard.messaging.membership;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import lanyard.messaging.room.Conversation;
import lanyard.messaging.room.ReviewStanding;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;

/// A review: every member by name, keep or remove. What could go wrong: somebody presses *all as before*. So the
/// answer names everybody, and it is refused when people came or went since the list was read.
final class Reviewing {
    private final MembershipParts parts;
    private final Reviewers reviewers;
    private final ReviewStore store = new ReviewStore();

    Reviewing(MembershipParts parts, Reviewers reviewers) {
        this.parts = parts;
        this.reviewers = reviewers;
    }

    record Answer(List<UserId> keep, List<UserId> remove, String request) {}

    /// A conversation that the caller is in or may review. Errors: `M_FORBIDDEN`.
    Conversation get(Caller caller, RoomId room) {
        return parts.rooms()
                .find(room)
                .filter(found -> isIn(caller.user(), room)
                        || reviewers.as(caller.user(), found).isPresent())
                .orElseThrow(() -> new MatrixException(ErrorCode.M_FORBIDDEN, "You are not in this conversation."));
    }

    private boolean isIn(UserId user, RoomId room) {
        return parts.timeline()
                .findRoom(room)
                .filter(found -> found.isJoined(user))
                .isPresent();
    }

    Optional<ReviewStore.Row> findNewest(RoomId room) {
        return parts.database().read(tx -> store.findNewest(tx, room));
    }

    /// Errors: `M_FORBIDDEN`, `M_INVALID_PARAM`, `M_BAD_STATE` when the members are others by now.
    void review(Caller caller, RoomId id, Answer answer) {
        get(caller, id);
        parts.writer().write(commit -> {
            if (!store.exists(commit.tx(), id, answer.request())) {
                review(commit, caller.user(), id, answer);
            }
            return id;
        });
    }

    private void review(Commit commit, UserId by, RoomId id, Answer answer) {
        var before = parts.rooms().find(commit, id).orElseThrow();
        if (reviewers.as(by, before).isEmpty()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Its owner or the deputy reviews who is in this conversation. Ask them.");
        }
        check(commit, before, answer);
        for (var user : answer.remove()) {
            parts.rooms().takeOut(commit, id, user, "Taken out when the membership was reviewed.");
            var details = Json.object().put("member", user.value());
            audit(commit, new AuditEntry("room.member_reviewed_out", by.value(), id.value(), "", details));
        }
        var now = parts.now();
        store.add(commit.tx(), new ReviewStore.Row(id, answer.request(), now, by, answer.keep(), answer.remove()));
        // A deputy who was taken out is none by now.
        var reviewed = parts.rooms().find(commit, id).orElseThrow();
        var every = parts.trust()
                .policies()
                .of(reviewed.organization())
                .roomKind(reviewed.kind().word())
                .reviewEvery();
        parts.rooms().update(commit, reviewed.reviewAt(now + every.toMillis(), ReviewStanding.CURRENT), List.of());
        var details = Json.object()
                .put("kept", answer.keep().size())
                .put("removed", answer.remove().size());
        audit(commit, new AuditEntry("room.membership_reviewed", by.value(), id.value(), "", details));
    }

    private void check(Commit commit, Conversation conversation, Answer answer) {
        var named = new HashSet<>(answer.keep());
        named.addAll(answer.remove());
        if (named.size() != answer.keep().size() + answer.remove().size()) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Each member is kept or removed, not both.");
        }
        if (answer.remove().contains(conversation.owner())) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "The owner cannot be removed. Name another owner first, in Details.");
        }
        var people = parts.rooms().people(parts.timeline().getRoom(commit, conversation.room()));
        if (!named.equals(new HashSet<>(people))) {
            throw new MatrixException(
                    ErrorCode.M_BAD_STATE, "Somebody came or went since you opened the list. Look at it again.");
        }
    }

    private void audit(Commit commit, AuditEntry entry) {
        parts.trust().audit().record(commit, entry);
    }
}
