package lanyard.governance.disclosure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.messaging.timeline.MembershipHistory;
import lanyard.platform.db.Database;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.hold.HoldSubject;

/// From what a request names to the rooms and times it covers. A conversation of a group is correspondence between
/// those who were in it then.
final class Scoping {
    private static final int MOST_ROOMS = 5_000;

    private final Cases.Others others;
    private final MembershipHistory history = new MembershipHistory();

    Scoping(Cases.Others others) {
        this.others = others;
    }

    /// Errors: `M_NOT_FOUND` for a person, patient or room that is not the organisation's.
    void requireKnown(Database database, String organization, CaseScope scope) {
        if (!scope.persons().stream().allMatch(person -> isOf(organization, person))) {
            throw unknown("Nobody of this organisation has one of those user ids.");
        }
        scope.rooms().stream()
                .filter(room -> !isOf(organization, room))
                .findFirst()
                .ifPresent(room -> {
                    throw unknown("There is no such conversation in this organisation.");
                });
        database.read(tx -> scope.patients().stream()
                .map(patient -> others.patients().get(tx, organization, patient))
                .toList());
    }

    private boolean isOf(String organization, UserId person) {
        return others.identity()
                .people()
                .find(person)
                .filter(found -> found.organization().equals(organization))
                .isPresent();
    }

    private boolean isOf(String organization, RoomId room) {
        return others.timeline()
                .findRoom(room)
                .filter(found -> found.organization().equals(organization))
                .isPresent();
    }

    private static MatrixException unknown(String sentence) {
        return new MatrixException(ErrorCode.M_NOT_FOUND, sentence);
    }

    /// The same with every account of theirs in the organisation: who works under a new name, or in two posts, is one
    /// person.
    CaseScope withAccounts(Tx tx, String organization, CaseScope scope) {
        var persons = others.identity().people().accountsOf(tx, scope.persons()).stream()
                .filter(person -> scope.persons().contains(person) || isOf(organization, person))
                .collect(Collectors.toSet());
        return new CaseScope(persons, scope.patients(), scope.rooms(), scope.fromTs(), scope.toTs());
    }

    /// Errors: `M_INVALID_PARAM` when there are too many.
    List<CaseRoom> rooms(Tx tx, CaseScope scope) {
        var found = new ArrayList<CaseRoom>();
        var whole = new HashSet<RoomId>();
        scope.rooms().stream().filter(whole::add).forEach(room -> found.add(whole(room, scope, CaseRoom.Why.NAMED)));
        scope.patients().stream()
                .flatMap(patient -> others.patients().listRoomsEver(tx, patient).stream())
                .filter(whole::add)
                .forEach(room -> found.add(whole(room, scope, CaseRoom.Why.PATIENT)));
        var stays = scope.persons().stream()
                .flatMap(person -> history.listOf(tx, person, scope.fromTs(), scope.toTs()).stream())
                .filter(stay -> !whole.contains(stay.room()))
                .map(stay -> new RoomSpan(stay.room(), stay.fromTs(), stay.toTs()))
                .toList();
        // Times of two people in one conversation are one: cut to the request's days they often begin together.
        RoomSpan.merged(stays).forEach(span -> found.add(new CaseRoom(span, CaseRoom.Why.MEMBER, Optional.empty())));
        if (found.size() > MOST_ROOMS) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "That covers more than 5000 conversations. Name fewer people or days.");
        }
        return found;
    }

    private static CaseRoom whole(RoomId room, CaseScope scope, CaseRoom.Why why) {
        return new CaseRoom(new RoomSpan(room, scope.fromTs(), scope.toTs()), why, Optional.empty());
    }

    /// Everything the scope names, between its days.
    List<HoldSubject> subjects(CaseScope scope) {
        var from = Optional.of(Instant.ofEpochMilli(scope.fromTs()));
        var to = Optional.of(Instant.ofEpochMilli(scope.toTs()));
        return Stream.of(
                        scope.persons().stream().map(HoldSubject::person),
                        scope.patients().stream().map(patient -> HoldSubject.patient(patient.value())),
                        scope.rooms().stream().map(HoldSubject::room))
                .flatMap(subjects -> subjects)
                .map(subject -> subject.within(from, to))
                .toList();
    }
}
