package lanyard.messaging.membership;

import java.time.Duration;
import java.util.Collection;
import lanyard.messaging.room.MemberChange;
import lanyard.messaging.room.MembershipRules;
import lanyard.messaging.room.RoomKind;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.RoomState;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.trust.identity.Person;

/// The organisation's rules wherever a membership changes, so that a client that knows nothing of them is held to the
/// same (G27). What could go wrong: somebody comes in by another way than [Adding] and nobody can say by whose word.
/// So every change of every membership passes here, within its own deed.
final class Admittance implements MembershipRules {
    private final MembershipParts parts;
    private final Owners owners;
    private final MemberStore store = new MemberStore();

    Admittance(MembershipParts parts, Owners owners) {
        this.parts = parts;
        this.owners = owners;
    }

    @Override
    public int mostAtOnce(String organization) {
        return parts.trust().policies().of(organization).everyday().mostAddedAtOnce();
    }

    @Override
    public Duration reviewEvery(String organization, RoomKind kind) {
        return parts.trust().policies().of(organization).roomKind(kind.word()).reviewEvery();
    }

    @Override
    public void mayStartWith(Collection<UserId> people) {
        if (people.stream().anyMatch(this::isOutsider)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "Somebody you chose works for another employer. Start without them, then add them in Lanyard with"
                            + " a sponsor and an end date.");
        }
    }

    @Override
    public void mayInvite(RoomState room, UserId guest) {
        if (isOutsider(guest)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "That person works for another employer. Add them in Lanyard, with a sponsor and an end date.");
        }
        mustBeOpen(room);
    }

    /// Errors: `ORG_LANYARD_REVIEW_DUE` for a conversation that is archived.
    static void mustBeOpen(RoomState room) {
        if (PostingGate.posting(room).equals("archived")) {
            throw new MatrixException(
                    ErrorCode.ORG_LANYARD_REVIEW_DUE,
                    "This conversation is archived because nobody reviewed its membership. Review it first, in"
                            + " Details.");
        }
    }

    private boolean isOutsider(UserId user) {
        return parts.identity().people().find(user).filter(Person::isOutsider).isPresent();
    }

    @Override
    public void changed(Commit commit, MemberChange change) {
        var room = parts.timeline().getRoom(commit, change.room());
        if (room.state(StateKey.of(Rooms.STATE)).isEmpty() || isOwn(room, change.member())) {
            return;
        }
        var row = MemberRow.plain(change.room(), change.member(), change.by(), parts.now(), change.reason());
        switch (change.membership()) {
            case "invite" -> store.put(commit.tx(), row);
            case "join" -> store.putIfNew(commit.tx(), row);
            case "leave", "ban" -> {
                store.remove(commit.tx(), change.room(), change.member());
                owners.left(commit, room, change.member());
            }
            default -> {}
        }
    }

    private boolean isOwn(RoomState room, UserId user) {
        var organization = parts.rooms().organization(room);
        return user.equals(organization.serviceUser()) || user.equals(organization.custodian());
    }
}
