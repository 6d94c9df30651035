package lanyard.governance.disclosure;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import lanyard.governance.disclosure.SearchStore.Covert;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;

/// What somebody can do with a case as it stands, and what must come before the rest. It only says so: each deed asks
/// for itself. A test holds the two together, so that what is accepted is offered and nothing else.
///
/// @param rooms those that are left out too
/// @param asked the health professionals whose opinion it waits for
/// @param isSelf whether an account is another one of whoever looks
record CaseNow(Case one, List<CaseRoom> rooms, List<UserId> asked, Optional<Covert> covert, Predicate<UserId> isSelf) {
    private static final String COVERS_NOTHING = "The case covers no conversation yet. Search first.";
    private static final Answer CLOSED = new Not("This case is closed.");

    /// Whether something can be done.
    sealed interface Answer {
        /// Empty when it can be done.
        String why();
    }

    record Possible() implements Answer {
        @Override
        public String why() {
            return "";
        }
    }

    /// @param why what must come before it
    record Later(String why) implements Answer {}

    /// It is done, or this case never needs it.
    record Not(String why) implements Answer {}

    static CaseNow of(Cases cases, Caller caller, Case one) {
        var desk = cases.desk();
        return new CaseNow(
                one,
                desk.listRooms(one.id()),
                cases.opinions().listAsked(one.id()),
                cases.notices().covert(one.id()),
                other -> desk.conflicts().isSame(caller.user(), other));
    }

    private Answer open(Answer answer) {
        return one.isClosed() ? CLOSED : answer;
    }

    private Answer open(boolean can, Answer otherwise) {
        return open(can ? new Possible() : otherwise);
    }

    Answer whileOpen() {
        return open(new Possible());
    }

    Answer leaveOut() {
        return open(!rooms.isEmpty(), new Later(COVERS_NOTHING));
    }

    Answer ask() {
        var covered = rooms.stream().filter(room -> room.leftOutBy().isEmpty()).toList();
        return open(Approvals.beforeAsking(one, covered.size())
                .<Answer>map(Later::new)
                .orElseGet(Possible::new));
    }

    Answer approve() {
        return open(
                switch (one.state()) {
                    case OPEN, CLOSED ->
                        new Later("First somebody of the information governance team asks for approval.");
                    case ASKED ->
                        isOwn() ? new Later("Another person must: you logged the case or asked.") : new Possible();
                    case APPROVED ->
                        one.approval().orElseThrow().spent()
                                ? new Later("The approval was used. First another one is asked for.")
                                : new Not("It is approved already.");
                });
    }

    private boolean isOwn() {
        return isSelf.test(one.openedBy())
                || isSelf.test(one.approval().orElseThrow().askedBy());
    }

    Answer refuse() {
        return open(one.state() == CaseState.ASKED, new Not("Nobody is asking for approval of this case."));
    }

    Answer withdraw() {
        var unused = one.approval().filter(approval -> !approval.spent()).isPresent();
        return open(
                unused && one.state() != CaseState.OPEN,
                new Not("There is nothing to withdraw: no approval was asked for, or it was used."));
    }

    Answer stop() {
        if (stops().isEmpty()) {
            return open(new Not("The clock of this kind of case does not stop."));
        }
        return open(one.clock().standing().isEmpty(), new Not("The clock is stopped already."));
    }

    /// What its clock may stop for.
    List<Stop.Why> stops() {
        return Deadlines.stops(one.kind());
    }

    Answer start() {
        return open(one.clock().standing().isPresent(), new Not("The clock is running."));
    }

    Answer extend() {
        if (!one.kind().isExtended()) {
            return open(new Not("Only subject access and freedom of information requests can be given more time."));
        }
        if (one.clock().extension().isPresent()) {
            return open(new Not("The time has been extended before."));
        }
        return open(one.clock().standing().isEmpty(), new Later("First the clock is started again."));
    }

    Answer acknowledge() {
        return open(one.kind().isAcknowledged(), new Not("Only receipt of a complaint is acknowledged."));
    }

    Answer withdrawOpinion() {
        return open(!asked.isEmpty(), new Not("Nobody is asked for an opinion in this case now."));
    }

    Answer askCovert() {
        return open(covert.isEmpty(), new Not("A case is covert once. Participants are told when that has ended."));
    }

    Answer adviseCovert() {
        return covertStep(false);
    }

    Answer approveCovert() {
        return covertStep(true);
    }

    private Answer covertStep(boolean approving) {
        var waiting = covert.filter(asking -> asking.until().isEmpty());
        if (waiting.isEmpty()) {
            return open(new Not("Nobody is asking for this case to be covert."));
        }
        var adviser = waiting.get().advisedBy();
        if (approving && adviser.isEmpty()) {
            return open(new Later("First the data protection officer gives their advice."));
        }
        var own = isSelf.test(waiting.get().askedBy())
                || (approving && adviser.filter(isSelf).isPresent());
        return open(!own, new Later("Another person must: it takes three, who asks, who advises and who approves."));
    }

    Answer release() {
        return one.isClosed() ? new Possible() : new Later("First the case is closed.");
    }
}
