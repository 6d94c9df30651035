package lanyard.governance.disclosure;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.messaging.patient.PatientId;
import lanyard.messaging.patient.Patients;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.nhs.NhsNumber;
import lanyard.trust.console.Choice;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.ConsoleForm;
import lanyard.trust.console.ConsoleRefusal;

/// What is typed into the pages of cases, as types.
final class CaseForm {
    static final String PERSONS = "persons";
    static final String PATIENTS = "patients";
    static final String ROOMS = "rooms";
    static final String FROM = "from";
    static final String TO = "to";
    static final String KIND = "kind";

    private static final ZoneId HERE = ZoneId.of("Europe/London");
    private static final int LONGEST = 8_000;

    private final Patients patients;

    CaseForm(Patients patients) {
        this.patients = patients;
    }

    static List<Choice> kinds() {
        return Stream.concat(
                        Stream.of(new Choice("", "Choose one")),
                        Arrays.stream(CaseKind.values()).map(kind -> new Choice(kind.word(), kind.title())))
                .toList();
    }

    NewCase newCase(ConsoleCall call) {
        var form = call.form();
        var kind = CaseKind.find(form.value(KIND)).orElseThrow(() -> new ConsoleRefusal("Choose what it is.", KIND));
        var requester = new Requester(
                form.text("name"),
                form.optional("contact").orElse(""),
                form.optional("relation").orElse(""),
                form.text("words", LONGEST));
        return new NewCase(
                kind,
                requester,
                scope(call),
                form.optional("basis").orElse(kind.usualBasis()),
                form.date("received"),
                form.optionalDate("given"));
    }

    /// Both days are whole.
    CaseScope scope(ConsoleCall call) {
        var form = call.form();
        var from = form.date(FROM).atStartOfDay(HERE).toInstant().toEpochMilli();
        var to = endOf(form.date(TO)).toEpochMilli();
        if (from > to) {
            throw new ConsoleRefusal("The first day is not after the last.", FROM);
        }
        return new CaseScope(persons(call, PERSONS), patients(call), rooms(form), from, to);
    }

    static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(HERE).toInstant().minusMillis(1);
    }

    /// User names, or whole user ids.
    static Set<UserId> persons(ConsoleCall call, String field) {
        return lines(call.form(), field).map(line -> call.user(line, field)).collect(Collectors.toSet());
    }

    private Set<PatientId> patients(ConsoleCall call) {
        var found = new HashSet<PatientId>();
        lines(call.form(), PATIENTS).forEach(line -> found.add(patient(call, line)));
        return found;
    }

    private PatientId patient(ConsoleCall call, String line) {
        return patients.find(call.caller().organization(), NhsNumber.of(line))
                .orElseThrow(() -> new ConsoleRefusal(
                        "No patient of this organisation has one of those NHS numbers. Check it at the source.",
                        PATIENTS))
                .id();
    }

    private static Set<RoomId> rooms(ConsoleForm form) {
        return lines(form, ROOMS)
                .map(line -> {
                    if (!RoomId.isValid(line)) {
                        throw new ConsoleRefusal("Give one room id a line.", ROOMS);
                    }
                    return new RoomId(line);
                })
                .collect(Collectors.toSet());
    }

    private static Stream<String> lines(ConsoleForm form, String field) {
        return form.value(field).lines().map(String::strip).filter(line -> !line.isEmpty());
    }
}
