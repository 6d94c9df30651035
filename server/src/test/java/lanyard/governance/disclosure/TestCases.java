package lanyard.governance.disclosure;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.governance.carerecord.TestRecord;
import lanyard.messaging.patient.PatientId;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.NewPerson;
import lanyard.trust.identity.TestIdentity;

/// The ward of [TestRecord] with an information governance office, and its cases.
public final class TestCases implements AutoCloseable {
    static final LocalDate TODAY = LocalDate.parse("2026-11-02");
    static final Map<EventId, String> COVERS = Map.of(new EventId("$said"), "hash of said");
    static final Shown SHOWN = new Shown("said", COVERS);
    static final long FROM = Instant.parse("2026-10-01T00:00:00Z").toEpochMilli();
    static final long TO = Instant.parse("2026-11-30T00:00:00Z").toEpochMilli();

    public final TestRecord record = new TestRecord();
    public final Cases cases = new Cases(
            new CasesGround(
                    record.ward.database,
                    record.ward.writer,
                    record.ward.keys,
                    record.ward.audit,
                    record.ward.clock,
                    record.ward.random),
            new Cases.Others(
                    record.ward.identity, record.holds, record.patients, record.rooms.rooms, record.rooms.timeline));
    public final Caller officer = with("ig", Duty.INFORMATION_GOVERNANCE);
    public final Caller approver = with("appro", Duty.CASE_APPROVER);
    public final Caller caldicott = with("caldi", Duty.CALDICOTT_GUARDIAN);
    public final Caller dpo = with("dpo", Duty.DATA_PROTECTION_OFFICER);
    public final Caller siro = with("siro", Duty.SIRO);
    private int people;

    /// Somebody of the office.
    public Caller with(String name, Duty... duties) {
        var user = record.ward.person(
                name, "Of " + name, new NewPerson.Post("Office", "Trust", "NMC", "18B%04dE".formatted(++people)));
        give(user, duties);
        return caller(user);
    }

    public void give(UserId user, Duty... duties) {
        record.ward.writer.write(commit -> {
            for (var duty : duties) {
                record.ward.identity.duties().give(commit, user, duty, TestIdentity.ORGANIZATION.serviceUser());
            }
            return true;
        });
    }

    public static Caller caller(UserId user) {
        return new Caller(user, new DeviceId("CONSOLE"), TestIdentity.ORGANIZATION.odsCode());
    }

    static Requester requester() {
        return new Requester("Alex Quill", "alex@example.org", "themselves", "Everything said of me by Dr Smith.");
    }

    static CaseScope about(Set<UserId> persons, Set<PatientId> patients, Set<RoomId> rooms) {
        return new CaseScope(persons, patients, rooms, FROM, TO);
    }

    static NewCase asked(CaseKind kind, CaseScope scope) {
        var given = kind.datesAreGiven() ? Optional.of(TODAY.plusDays(9)) : Optional.<LocalDate>empty();
        return new NewCase(kind, requester(), scope, kind.usualBasis(), TODAY, given);
    }

    /// A subject access request about the registrar.
    CaseId subjectAccess() {
        return cases.open(officer, asked(CaseKind.SUBJECT_ACCESS, about(Set.of(record.registrar), Set.of(), Set.of())));
    }

    /// The same, with the identity shown and approval given.
    CaseId approved() {
        var id = subjectAccess();
        cases.checkIdentity(officer, id, IdentityCheck.SHOWN, "passport seen");
        cases.ask(officer, id, "metadata shows 3 conversations");
        cases.approve(approver, id, "proportionate");
        return id;
    }

    Searching.Order order(Set<UserId> persons) {
        return new Searching.Order(
                about(persons, Set.of(), Set.of()), Set.of(), "Social conversations.", "They are about patients only.");
    }

    List<String> actions(CaseId id) {
        return cases.listLog(id).stream().map(CaseLogStore.Line::action).toList();
    }

    @Override
    public void close() {
        record.close();
    }
}
