package lanyard.messaging.urgent;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lanyard.messaging.timeline.StoredEvents;
import lanyard.messaging.urgent.Course.Terms;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;

/// What sender and recipients do with something urgent.
///
/// What could go wrong: somebody stops phones from ringing whom it does not concern. So only who was asked answers,
/// only the sender ends it, and to everybody else it is not there.
final class Answering {
    private final UrgentParts parts;
    private final UrgentStore store;
    private final Finding finding;
    private final Course course;
    private final StoredEvents events;
    private final Consumer<Urgency> ended;

    Answering(UrgentParts parts, UrgentStore store, Finding finding, Course course, Consumer<Urgency> ended) {
        this.parts = parts;
        this.store = store;
        this.finding = finding;
        this.course = course;
        this.ended = ended;
        this.events = new StoredEvents(parts.conversations().timeline());
    }

    private Urgency get(String id) {
        return parts.ground().database().read(tx -> store.find(tx, id)).orElseThrow(Answering::none);
    }

    private static MatrixException none() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such urgent message for you.");
    }

    private Urgency sentBy(Caller caller, String id) {
        var urgency = get(id);
        if (!urgency.sender().equals(caller.user())) {
            throw none();
        }
        return urgency;
    }

    private void requireAsked(Commit commit, Caller caller, String id) {
        if (!store.isAsked(commit.tx(), id, caller.user())) {
            throw none();
        }
    }

    /// The message that says what is urgent. Errors: `M_NOT_FOUND`, `M_BAD_STATE` when it was another.
    void event(Caller caller, String id, EventId event) {
        var urgency = sentBy(caller, id);
        if (urgency.event().filter(known -> !known.equals(event.value())).isPresent()) {
            throw new MatrixException(ErrorCode.M_BAD_STATE, "Another message was named for this already.");
        }
        var room = parts.conversations().timeline().getRoomOf(caller.user(), urgency.room());
        var found = parts.ground()
                .database()
                .read(tx -> events.find(tx, room, event))
                .filter(stored -> stored.sender().equals(caller.user()) && !stored.isState())
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_NOT_FOUND, "That message of yours is not in the conversation."));
        parts.ground().writer().write(commit -> {
            store.saveEvent(commit.tx(), id, event, found.seq());
            course.tell(commit, urgency);
            return id;
        });
    }

    /// The caller has looked at it. Errors: `M_NOT_FOUND`.
    void seen(Caller caller, String id) {
        var urgency = get(id);
        parts.ground().writer().write(commit -> {
            requireAsked(commit, caller, id);
            if (store.seen(commit.tx(), id, caller.user(), parts.now())) {
                course.tell(commit, urgency.sender());
            }
            return id;
        });
    }

    /// @param passTo who is to be asked instead, when the answer is no
    record Said(Answer answer, Optional<UserId> passTo, Optional<String> passToRole) {}

    /// Errors: `M_NOT_FOUND`; `M_BAD_STATE` once the sender has ended it; `M_INVALID_PARAM` when it cannot be passed on
    /// to whom it says, `M_FORBIDDEN` when they work for another employer and are not in the conversation.
    void answer(Caller caller, String id, Said said) {
        var urgency = get(id);
        var whom = passedTo(caller, urgency, said);
        var terms = course.terms(urgency);
        parts.conversations().timeline().prepare(List.of(urgency.room()));
        parts.ground().writer().write(commit -> {
            requireAsked(commit, caller, id);
            var now = store.find(commit.tx(), id).orElseThrow(Answering::none);
            if (now.standing() == Standing.ENDED) {
                throw new MatrixException(ErrorCode.M_BAD_STATE, "Whoever sent this has ended it; nothing is needed.");
            }
            var passed = said.passTo().map(UserId::value).or(said::passToRole);
            var given = new UrgentStore.Given(caller.user(), said.answer(), passed, parts.now());
            store.answered(commit.tx(), id, given);
            course.ask(commit, now, whom, now.progress().step(), terms);
            var settled = settled(commit, now, terms);
            if (settled.broadcast()) {
                // Nobody else sees who has; all of them told of each would be a hundred thousand for one broadcast.
                Stream.of(settled.sender(), caller.user()).forEach(user -> course.tell(commit, user));
            } else {
                course.tell(commit, settled);
            }
            return id;
        });
    }

    private Urgency settled(Commit commit, Urgency urgency, Terms terms) {
        if (urgency.broadcast()) {
            return course.count(commit, urgency);
        }
        var settled = course.settle(commit, urgency, terms);
        if (settled.standing() != urgency.standing()) {
            course.ring(commit, List.of(urgency.sender()), settled.standing() == Standing.UNANSWERED);
        }
        return settled;
    }

    private List<UserId> passedTo(Caller caller, Urgency urgency, Said said) {
        if (said.passTo().isEmpty() && said.passToRole().isEmpty()) {
            return List.of();
        }
        if (said.answer() != Answer.CANNOT || urgency.broadcast()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Only who cannot come passes it on, and no broadcast is passed on.");
        }
        var organization = urgency.organization();
        var found = said.passTo().isPresent()
                ? finding.people(organization, List.of(said.passTo().get()), caller.user())
                : finding.role(organization, said.passToRole().orElse(""), caller.user());
        finding.requireOwn(parts.conversations().timeline().getRoom(urgency.room()), found);
        var others = found.rung().stream()
                .filter(user -> !user.equals(urgency.sender()))
                .toList();
        if (others.isEmpty()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "Nobody can be reached there now. Choose somebody else, or say that you cannot.");
        }
        return others;
    }

    /// The sender says that nothing is needed any more. Errors: `M_NOT_FOUND`.
    void end(Caller caller, String id) {
        sentBy(caller, id);
        parts.ground().writer().write(commit -> {
            var now = store.find(commit.tx(), id).orElseThrow(Answering::none);
            if (now.standing() != Standing.ENDED) {
                var over = now.with(now.progress().as(Standing.ENDED).silent());
                course.tell(commit, course.saved(commit, over));
                commit.afterCommit(() -> ended.accept(over));
            }
            return id;
        });
    }
}
