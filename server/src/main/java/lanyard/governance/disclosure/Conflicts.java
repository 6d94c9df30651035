package lanyard.governance.disclosure;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import lanyard.messaging.timeline.MembershipHistory;
import lanyard.messaging.timeline.MembershipHistory.Stay;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.NewPerson;

/// Who may have no hand in a case: whoever it names, and whoever was in one of its rooms within its span; and two
/// accounts of one person are one.
final class Conflicts {
    private final Identity identity;
    private final CaseRoomStore rooms;
    private final MembershipHistory history = new MembershipHistory();

    Conflicts(Identity identity, CaseRoomStore rooms) {
        this.identity = identity;
        this.rooms = rooms;
    }

    /// Errors: `M_FORBIDDEN`.
    void requireNone(Tx tx, Case about, UserId user) {
        var accounts = identity.people().accountsOf(tx, Set.of(user));
        if (hasPart(tx, about, accounts)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "You are named in this case or were in one of its conversations. A colleague has to work on it.");
        }
    }

    /// Whether a person with these accounts is named in the case, or was in one of its rooms within its span.
    boolean hasPart(Tx tx, Case about, Set<UserId> accounts) {
        return isNamed(about, accounts) || wasThere(tx, about, accounts);
    }

    /// Every account of the person.
    Set<UserId> accountsOf(UserId user) {
        return identity.people().accountsOf(user);
    }

    boolean isNamed(Case about, Set<UserId> accounts) {
        return about.scope().persons().stream().anyMatch(accounts::contains);
    }

    boolean wasThere(Tx tx, Case about, Set<UserId> accounts) {
        var spans = rooms.list(tx, about.id()).stream().map(CaseRoom::span).toList();
        var from = spans.stream().mapToLong(RoomSpan::fromTs).min().orElse(0);
        var to = spans.stream().mapToLong(RoomSpan::toTs).max().orElse(0);
        return accounts.stream()
                .flatMap(account -> history.listOf(tx, account, from, to).stream())
                .anyMatch(stay -> spans.stream().anyMatch(span -> meet(span, stay)));
    }

    static boolean meet(RoomSpan span, Stay stay) {
        return span.room().equals(stay.room()) && stay.fromTs() <= span.toTs() && stay.toTs() >= span.fromTs();
    }

    /// Everybody by every account of theirs, without the organisation's own users.
    Set<UserId> list(Tx tx, Case about, Collection<RoomSpan> spans) {
        var excluded = new HashSet<>(about.scope().persons());
        var from = spans.stream().mapToLong(RoomSpan::fromTs).min().orElse(0);
        var to = spans.stream().mapToLong(RoomSpan::toTs).max().orElse(0);
        var within = spans.stream().map(RoomSpan::room).distinct().toList();
        history.listIn(tx, within, from, to).stream()
                .filter(stay -> spans.stream().anyMatch(span -> meet(span, stay)))
                .map(Stay::user)
                .forEach(excluded::add);
        excluded.removeIf(user -> NewPerson.isReserved(user.localpart()));
        return identity.people().accountsOf(tx, excluded);
    }

    /// Whether two accounts are one person's: the same entry in a professional register, or the same staff number.
    boolean isSame(UserId one, UserId other) {
        return one.equals(other) || accountsOf(one).contains(other);
    }
}
