package lanyard.governance.disclosure;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import lanyard.governance.disclosure.CaseStep.Field;
import lanyard.governance.disclosure.CaseStep.May;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.console.Choice;
import lanyard.trust.console.ConsoleForm;
import lanyard.trust.console.ConsoleRefusal;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;

/// What can be done with a case on the console.
final class CaseSteps {
    private static final String REASON = "reason";
    private static final String DAY = "day";
    private static final String WHY = "why";
    private static final String ASKED = "asked";
    private static final Field GIVEN_REASON = new Field("textarea", REASON, "Reason", "It is written to the audit.");
    private static final int LONGEST = 4_000;

    private final Cases cases;
    private final CaseForm forms;

    CaseSteps(Cases cases, CaseForm forms) {
        this.cases = cases;
        this.forms = forms;
    }

    List<CaseStep> list() {
        return List.of(
                search(),
                identity(),
                leaveOut(),
                ask(),
                approve(),
                refuse(),
                withdraw(),
                stop(),
                start(),
                extend(),
                acknowledge(),
                time(),
                withdrawOpinion(),
                defer(),
                askCovert(),
                adviseCovert(),
                approveCovert(),
                close(),
                release());
    }

    private CaseStep search() {
        var fields = List.of(
                new Field("textarea", CaseForm.PERSONS, "Colleagues", "One user name a line."),
                new Field("textarea", CaseForm.PATIENTS, "Patients", "One NHS number a line."),
                new Field("textarea", CaseForm.ROOMS, "Conversations", "One room id a line."),
                new Field("date", CaseForm.FROM, "From", ""),
                new Field("date", CaseForm.TO, "To", ""),
                new Field("textarea", "left", "What is not searched", "Or that nothing is left out."),
                new Field("textarea", WHY, "Why that is reasonable and proportionate", ""));
        return work(
                "search",
                "Search metadata",
                CaseNow::whileOpen,
                fields,
                (call, id) -> cases.searching()
                        .search(
                                call.caller(),
                                id,
                                new Searching.Order(
                                        forms.scope(call),
                                        Set.of(),
                                        call.form().text("left", LONGEST),
                                        call.form().text(WHY, LONGEST))));
    }

    private CaseStep identity() {
        var choices = List.of(
                new Choice(IdentityCheck.SHOWN.word(), "They have shown who they are"),
                new Choice(IdentityCheck.NOT_NEEDED.word(), "It is known already"));
        var fields = List.of(
                new Field("radios", "identity", "Identity", "", choices),
                new Field("textarea", REASON, "How", "What was seen, not its number: \"passport, in person\"."));
        return work(
                "identity",
                "Note the identity check",
                CaseNow::whileOpen,
                fields,
                (call, id) -> cases.checkIdentity(
                        call.caller(),
                        id,
                        chosen(
                                call.form(),
                                "identity",
                                List.of(IdentityCheck.SHOWN, IdentityCheck.NOT_NEEDED),
                                IdentityCheck::word),
                        call.form().text(REASON)));
    }

    private CaseStep leaveOut() {
        var fields = List.of(
                new Field("input", "room", "Room id", "It stays held. A search that names it brings it back."),
                GIVEN_REASON);
        return work("leave-out", "Leave a conversation out", CaseNow::leaveOut, fields, (call, id) -> {
            var room = call.form().text("room");
            if (!RoomId.isValid(room)) {
                throw new ConsoleRefusal("Give a room id of the case.", "room");
            }
            cases.leaveOut(call.caller(), id, new RoomId(room), call.form().text(REASON));
        });
    }

    private CaseStep ask() {
        var why = new Field(
                "textarea", REASON, "Why it has to be looked into", "What metadata shows and what it cannot answer.");
        return work(
                "ask",
                "Ask for approval",
                CaseNow::ask,
                List.of(why),
                (call, id) -> cases.ask(call.caller(), id, call.form().text(REASON)));
    }

    private CaseStep approve() {
        return new CaseStep(
                "approve",
                "Approve",
                new May(Approvals.APPROVERS, StepUp.NEEDED, CaseNow::approve),
                List.of(GIVEN_REASON),
                (call, id) -> cases.approve(call.caller(), id, call.form().text(REASON)));
    }

    private CaseStep refuse() {
        return new CaseStep(
                "refuse",
                "Refuse approval",
                new May(Approvals.APPROVERS, StepUp.NOT, CaseNow::refuse),
                List.of(GIVEN_REASON),
                (call, id) -> cases.refuse(call.caller(), id, call.form().text(REASON)));
    }

    private CaseStep withdraw() {
        return new CaseStep(
                "withdraw",
                "Withdraw the approval or the request for it",
                new May(Approvals.WITHDRAWERS, StepUp.NOT, CaseNow::withdraw),
                List.of(GIVEN_REASON),
                (call, id) -> cases.withdraw(call.caller(), id, call.form().text(REASON)));
    }

    private CaseStep stop() {
        return new CaseStep(
                "stop-clock",
                "Stop the clock",
                new May(Cases.WORKERS, StepUp.NOT, CaseNow::stop),
                now -> List.of(
                        new Field("radios", WHY, "Why", "", whys(now)),
                        new Field("date", DAY, "Asked for on", ""),
                        GIVEN_REASON),
                (call, id) -> cases.timing()
                        .stop(
                                call.caller(),
                                id,
                                chosen(call.form(), WHY, List.of(Stop.Why.values()), Stop.Why::word),
                                call.form().date(DAY),
                                call.form().text(REASON)));
    }

    private static List<Choice> whys(CaseNow now) {
        return now.stops().stream()
                .map(why -> new Choice(why.word(), "We wait for " + why.title()))
                .toList();
    }

    private CaseStep start() {
        return work(
                "start-clock",
                "Start the clock again",
                CaseNow::start,
                List.of(new Field("date", DAY, "It came on", "")),
                (call, id) ->
                        cases.timing().start(call.caller(), id, call.form().date(DAY)));
    }

    private CaseStep extend() {
        var told = new Field(
                "date", "told", "The requester was told on", "More time counts only if they were told in time.");
        var until = new Field("date", "until", "Answer by", "");
        return new CaseStep(
                "extend",
                "Take more time",
                new May(Cases.WORKERS, StepUp.NOT, CaseNow::extend),
                now -> now.one().kind() == CaseKind.FREEDOM_OF_INFORMATION
                        ? List.of(told, until, GIVEN_REASON)
                        : List.of(told, GIVEN_REASON),
                (call, id) -> cases.timing()
                        .extend(
                                call.caller(),
                                id,
                                new Extension(
                                        call.form().date("told"),
                                        call.form().optionalDate("until"),
                                        call.form().text(REASON))));
    }

    private CaseStep acknowledge() {
        return work(
                "acknowledge",
                "Note the acknowledgement",
                CaseNow::acknowledge,
                List.of(new Field("date", DAY, "Acknowledged on", "")),
                (call, id) -> cases.timing()
                        .acknowledge(call.caller(), id, call.form().date(DAY)));
    }

    private CaseStep time() {
        var tasks = Arrays.stream(TimeSpent.Task.values())
                .map(task -> new Choice(task.word(), task.title()))
                .toList();
        var fields = List.of(
                new Field("date", DAY, "Day", ""),
                new Field("input", "minutes", "Minutes", ""),
                new Field("radios", "task", "What was done", "", tasks));
        return work(
                "time",
                "Note time",
                CaseNow::whileOpen,
                fields,
                (call, id) -> cases.timing()
                        .spend(
                                call.caller(),
                                id,
                                call.form().date(DAY),
                                call.form().number("minutes", 1, 1440),
                                chosen(call.form(), "task", List.of(TimeSpent.Task.values()), TimeSpent.Task::word)));
    }

    private CaseStep withdrawOpinion() {
        return new CaseStep(
                "withdraw-opinion",
                "Withdraw a question to a health professional",
                new May(Cases.WORKERS, StepUp.NOT, CaseNow::withdrawOpinion),
                now -> List.of(new Field("radios", ASKED, "Who is asked", "", asked(now)), GIVEN_REASON),
                (call, id) -> {
                    var person = call.form().text(ASKED);
                    if (!UserId.isValid(person)) {
                        throw new ConsoleRefusal("Choose one.", ASKED);
                    }
                    cases.opinions()
                            .withdraw(
                                    call.caller(),
                                    id,
                                    new UserId(person),
                                    call.form().text(REASON));
                });
    }

    private List<Choice> asked(CaseNow now) {
        var names = cases.desk().names(Set.copyOf(now.asked()));
        return now.asked().stream()
                .map(one -> new Choice(one.value(), names.getOrDefault(one, one.value()), one.value()))
                .toList();
    }

    private CaseStep defer() {
        var fields = List.of(new Field("date", DAY, "Until", "At most 180 days from now."), GIVEN_REASON);
        return new CaseStep(
                "defer",
                "Defer the notice to participants",
                new May(Set.of(Duty.CALDICOTT_GUARDIAN), StepUp.NOT, CaseNow::whileOpen),
                fields,
                (call, id) -> cases.notices()
                        .defer(
                                call.caller(),
                                id,
                                CaseForm.endOf(call.form().date(DAY)),
                                call.form().text(REASON)));
    }

    private CaseStep askCovert() {
        var grounds = new Field("textarea", REASON, "What serious wrongdoing is suspected", "");
        return work(
                "ask-covert",
                "Ask to work covertly",
                CaseNow::askCovert,
                List.of(grounds),
                (call, id) ->
                        cases.notices().askCovert(call.caller(), id, call.form().text(REASON)));
    }

    private CaseStep adviseCovert() {
        return new CaseStep(
                "advise-covert",
                "Advise on working covertly",
                new May(Set.of(Duty.DATA_PROTECTION_OFFICER), StepUp.NOT, CaseNow::adviseCovert),
                List.of(new Field("textarea", REASON, "Advice", "")),
                (call, id) -> cases.notices()
                        .adviseCovert(call.caller(), id, call.form().text(REASON)));
    }

    private CaseStep approveCovert() {
        var fields = List.of(new Field("date", DAY, "Until", "At most 28 days from now."), GIVEN_REASON);
        return new CaseStep(
                "approve-covert",
                "Approve working covertly",
                new May(Set.of(Duty.SIRO), StepUp.NEEDED, CaseNow::approveCovert),
                fields,
                (call, id) -> cases.notices()
                        .approveCovert(
                                call.caller(),
                                id,
                                CaseForm.endOf(call.form().date(DAY)),
                                call.form().text(REASON)));
    }

    private CaseStep close() {
        var release =
                List.of(new Choice("yes", "Release its holds now", "Not while the requester can still complain."));
        var fields = List.of(
                new Field("textarea", REASON, "Outcome", ""), new Field("checkboxes", "release", "Holds", "", release));
        return work(
                "close",
                "Close the case",
                CaseNow::whileOpen,
                fields,
                (call, id) -> cases.close(
                        call.caller(), id, call.form().text(REASON), call.form().ticked("release")));
    }

    private CaseStep release() {
        return new CaseStep(
                "release-holds",
                "Release its holds",
                new May(Cases.WORKERS, StepUp.NEEDED, CaseNow::release),
                List.of(GIVEN_REASON),
                (call, id) -> cases.releaseHolds(call.caller(), id, call.form().text(REASON)));
    }

    private static CaseStep work(
            String word, String title, Function<CaseNow, CaseNow.Answer> now, List<Field> fields, CaseStep.Deed deed) {
        return new CaseStep(word, title, new May(Cases.WORKERS, StepUp.NOT, now), fields, deed);
    }

    private static <T> T chosen(ConsoleForm form, String field, List<T> all, Function<T, String> word) {
        return all.stream()
                .filter(one -> word.apply(one).equals(form.value(field)))
                .findFirst()
                .orElseThrow(() -> new ConsoleRefusal("Choose one.", field));
    }
}
