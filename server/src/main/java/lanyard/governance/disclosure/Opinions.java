package lanyard.governance.disclosure;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Person;
import tools.jackson.databind.node.ObjectNode;

/// What health professionals said about a case. Health data is not told to its subject, and not withheld from them,
/// without one of these.
///
/// What could go wrong: words are put into a professional's mouth; or somebody who is asked for an opinion sees a
/// case. The principles: who is asked gives it themselves, with fresh proof, under the registration that the
/// organisation knows them by, and sees the question and the passages it is about, and those only until then or until
/// the question is withdrawn; what was given stays, and counts for what was shown and no more; one that was given on
/// paper says who recorded it and about which messages.
public final class Opinions {
    private static final int LONGEST_QUESTION = 1_000;

    private final CaseDesk desk;
    private final OpinionStore store;

    Opinions(CaseDesk desk) {
        this.desk = desk;
        this.store = new OpinionStore(desk.seal());
    }

    /// One that was given on paper. `covers` are the events it is about, each with the hash of what it says. Errors:
    /// `M_INVALID_PARAM` for one that will be given in the future or is about nothing; what [Opinion] refuses.
    public void add(Caller caller, CaseId id, Opinion opinion, Map<EventId, String> covers) {
        requireAbout(covers);
        if (opinion.given().isAfter(Timing.day(desk.ground().clock().instant()))) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "An opinion was not given in the future.");
        }
        desk.step(caller, id, Cases.WORKERS, (commit, _) -> {
            var entered = new GivenOpinion(opinion, caller.user().value(), false, covers);
            store.insert(commit.tx(), id, entered);
            return new CaseDesk.Step("case.opinion_added", "", details(entered));
        });
    }

    private static void requireAbout(Map<EventId, String> covers) {
        if (covers.isEmpty()) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Name the messages that the opinion is about.");
        }
    }

    private static ObjectNode details(GivenOpinion given) {
        var opinion = given.opinion();
        return Json.object()
                .put("events", given.covers().size())
                .put("finding", opinion.finding().word())
                .put("given", opinion.given().toString());
    }

    /// Asks a registered health professional of the organisation. `passages` is what they are shown of the case.
    /// Errors: `M_NOT_FOUND` for nobody of the organisation, `M_FORBIDDEN` for who has no registration or is whom
    /// the case is about.
    public void ask(Caller caller, CaseId id, UserId person, String question, List<Shown> passages) {
        var words = Requester.checked(question, LONGEST_QUESTION, "Write the question, in at most 1000 characters.");
        var professional = desk.others()
                .identity()
                .people()
                .find(person)
                .filter(one -> one.organization().equals(caller.organization()))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such person here."));
        requireRegistered(professional);
        var accounts = desk.conflicts().accountsOf(person);
        desk.step(caller, id, Cases.WORKERS, (commit, found) -> {
            if (desk.conflicts().isNamed(found, accounts)) {
                throw new MatrixException(ErrorCode.M_FORBIDDEN, "This case is about them: ask somebody else.");
            }
            var asked = new OpinionStore.Question(person, caller.user(), words, passages);
            store.ask(commit.tx(), id, asked, desk.ground().clock().instant());
            var details = Json.object().put("asked", person.value()).put("passages", passages.size());
            return new CaseDesk.Step("case.opinion_asked", "", details);
        });
    }

    /// Takes back a question that has not been answered, and what its professional was shown for it. Errors:
    /// `M_BAD_STATE` (409) when they have given their opinion, which stays, or the case is closed; `M_NOT_FOUND`
    /// for who is not asked.
    public void withdraw(Caller caller, CaseId id, UserId person, String reason) {
        var why = CaseDesk.reason(reason);
        desk.step(caller, id, Cases.WORKERS, (commit, _) -> {
            var tx = commit.tx();
            if (!store.withdraw(tx, id, person, desk.ground().clock().instant())) {
                throw store.hasGiven(tx, id, person)
                        ? CaseDesk.badState("They have given their opinion, and it stays with the case.")
                        : new MatrixException(ErrorCode.M_NOT_FOUND, "They are not asked for an opinion here.");
            }
            return new CaseDesk.Step(
                    "case.opinion_withdrawn", why, Json.object().put("asked", person.value()));
        });
    }

    private static void requireRegistered(Person professional) {
        if (professional.registration().isBlank()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "An opinion counts only from a registered health professional, and no registration is known of them.");
        }
    }

    /// The cases that wait for the caller's own opinion.
    List<CaseId> listAsked(Caller caller) {
        return desk.ground().database().read(tx -> store.listAsked(tx, caller.user()));
    }

    /// Whose opinion the case waits for.
    List<UserId> listAsked(CaseId id) {
        return desk.ground().database().read(tx -> store.listAsked(tx, id));
    }

    /// What the caller is asked, which is written down as looked at. Errors: `M_BAD_STATE` (409) when the question was
    /// withdrawn, `M_NOT_FOUND` for everybody else.
    OpinionStore.Asked read(Caller caller, CaseId id) {
        return desk.ground().writer().write(commit -> {
            var asked = asked(commit, caller, id);
            desk.note(commit, id, caller.user(), new CaseDesk.Step("case.opinion_question_read", ""));
            return asked;
        });
    }

    /// When the caller's question was withdrawn, which only they are told; whoever works on cases withdraws them.
    Optional<Instant> findWithdrawn(Caller caller, CaseId id) {
        return desk.ground()
                .writer()
                .write(commit ->
                        answerable(commit, caller, id).flatMap(_ -> store.withdrawn(commit.tx(), id, caller.user())));
    }

    /// The newest opinion that the caller gave in the case themselves.
    Optional<GivenOpinion> findOwn(Caller caller, CaseId id) {
        return list(id).stream()
                .filter(given -> given.own() && given.by().equals(caller.user().value()))
                .reduce((_, last) -> last);
    }

    private Optional<Case> answerable(Commit commit, Caller caller, CaseId id) {
        var accounts = desk.others().identity().people().accountsOf(commit.tx(), Set.of(caller.user()));
        return desk.store()
                .lock(commit.tx(), id)
                .filter(one -> !one.isClosed() && !desk.conflicts().isNamed(one, accounts));
    }

    /// Nobody is asked any more who turns out to be whom the case is about.
    private OpinionStore.Asked asked(Commit commit, Caller caller, CaseId id) {
        var found = answerable(commit, caller, id);
        if (found.isPresent() && store.withdrawn(commit.tx(), id, caller.user()).isPresent()) {
            throw CaseDesk.badState(
                    "This question was withdrawn: no opinion is needed from you, and none is kept. Who works on the"
                            + " case can ask you again.");
        }
        return found.flatMap(one -> store.findAsked(commit.tx(), id, caller.user()))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "You are not asked here."));
    }

    /// The caller's own opinion on the question of that `mark`. Errors: as [#read] and [#ask]; `M_BAD_STATE` (409) when
    /// they were asked something else meanwhile.
    void give(Caller caller, CaseId id, Opinion.Finding finding, String words, String mark) {
        var professional = desk.others().identity().people().find(caller.user()).orElseThrow();
        requireRegistered(professional);
        var opinion = new Opinion(
                finding,
                Timing.day(desk.ground().clock().instant()),
                professional.displayName(),
                professional.professionalBody(),
                professional.registration(),
                words);
        desk.ground().writer().write(commit -> {
            var asked = asked(commit, caller, id);
            if (!asked.mark().equals(mark)) {
                throw CaseDesk.badState("You are asked something else by now. Read it below, and answer that.");
            }
            var given = new GivenOpinion(
                    opinion, caller.user().value(), true, asked.question().covers());
            store.insert(commit.tx(), id, given);
            store.answered(commit.tx(), id, caller.user());
            desk.note(commit, id, caller.user(), new CaseDesk.Step("case.opinion_given", "", details(given)));
            return opinion;
        });
    }

    /// In the order in which they were entered.
    public List<GivenOpinion> list(CaseId id) {
        return desk.ground().database().read(tx -> store.list(tx, id));
    }
}
