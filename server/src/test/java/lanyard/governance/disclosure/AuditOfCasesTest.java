package lanyard.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.audit.AuditKeys;
import lanyard.trust.audit.AuditSearch;
import lanyard.trust.audit.VerifyAudit;
import lanyard.trust.hold.HoldSubject;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// What the audit keeps of a case.
@Rule("G39")
class AuditOfCasesTest {
    private final TestCases test = new TestCases();
    private final Cases cases = test.cases;

    @AfterEach
    void close() {
        test.close();
    }

    private List<AuditEntry> entries() {
        var now = test.record.ward.clock.instant();
        var query = new AuditSearch.Query(now.minusSeconds(1L << 30), now.plusSeconds(1), _ -> true);
        return test.record.ward.audit.search().find(query, 100_000).found().stream()
                .map(AuditSearch.Found::entry)
                .toList();
    }

    private List<AuditEntry> seenBy(UserId user) {
        return entries().stream()
                .filter(new CaseEntries(cases.desk()).shownTo(user))
                .toList();
    }

    private AuditEntry recorded(AuditEntry entry) {
        return test.record.ward.writer.write(commit -> {
            test.record.ward.audit.record(commit, entry);
            return entry;
        });
    }

    private CaseId about(UserId user) {
        return cases.open(
                test.officer,
                TestCases.asked(CaseKind.SUBJECT_ACCESS, TestCases.about(Set.of(user), Set.of(), Set.of())));
    }

    @Test
    void whateverNamesTheCaseOrIsDoneWithItsHoldsIsTheCases() {
        var id = about(test.dpo.user());
        var room = test.record.room.value();
        recorded(new AuditEntry("custodian.session_begun", test.officer.user().value(), id.value(), "to look"));
        recorded(new AuditEntry(
                "custodian.case_exported",
                test.officer.user().value(),
                room,
                "to look",
                Json.object().put("case", id.value())));
        recorded(new AuditEntry("console.read", test.officer.user().value(), "/console/cases/" + id + "/search", ""));
        cases.close(test.officer, id, "answered", true);
        assertThat(seenBy(test.siro.user()))
                .extracting(AuditEntry::action)
                .contains(
                        "custodian.session_begun",
                        "custodian.case_exported",
                        "console.read",
                        "hold.lifted",
                        "case.closed");
        assertThat(seenBy(test.dpo.user()))
                .isNotEmpty()
                .extracting(AuditEntry::action)
                .noneMatch(action -> action.startsWith("case.")
                        || action.startsWith("custodian.")
                        || action.startsWith("hold.")
                        || action.startsWith("console."));
    }

    @Test
    void aHoldOnThemselvesIsShownToOthersOnly() {
        var subject = HoldSubject.person(test.dpo.user());
        test.record.holds.place(new NewHold(
                TestIdentity.ORGANIZATION.odsCode(), subject, test.officer.user(), "an inquiry into a colleague"));
        assertThat(seenBy(test.siro.user())).extracting(AuditEntry::action).contains("hold.placed");
        assertThat(seenBy(test.dpo.user())).extracting(AuditEntry::action).doesNotContain("hold.placed");
    }

    /// From before words were kept out of the audit.
    @Test
    void onceACaseIsGoneNobodyIsShownWhatWasTypedInIt() {
        var id = about(test.dpo.user());
        var typed = recorded(new AuditEntry(
                "case.covert_asked", test.officer.user().value(), id.value(), "suspected theft of drugs"));
        assertThat(seenBy(test.siro.user())).extracting(AuditEntry::reason).contains(typed.reason());
        cases.close(test.officer, id, "answered", true);
        test.record.ward.clock.pass(CaseDisposals.KEPT);
        cases.expire();
        test.record.ward.clock.pass(CaseDisposals.UNDO);
        cases.expire();
        assertThat(cases.find(id)).isEmpty();
        for (var reader : List.of(test.siro.user(), test.dpo.user())) {
            assertThat(seenBy(reader)).extracting(AuditEntry::reason).doesNotContain(typed.reason());
            assertThat(seenBy(reader)).extracting(AuditEntry::action).contains("case.disposed", "case.key_destroyed");
        }
    }

    private static final String MARK = "Quillfeather";

    /// Every step of a case in which somebody types why. Answers what they typed, by action.
    private Map<String, String> typed(CaseId id) {
        var now = test.record.ward.clock.instant();
        var typed = new LinkedHashMap<String, String>();
        BiConsumer<String, Consumer<String>> step = (action, deed) -> {
            var words = MARK + " by " + action;
            typed.put(action, words);
            deed.accept(words);
        };
        step.accept(
                "case.identity_checked", words -> cases.checkIdentity(test.officer, id, IdentityCheck.SHOWN, words));
        step.accept(
                "case.metadata_searched",
                words -> cases.searching()
                        .search(
                                test.officer,
                                id,
                                new Searching.Order(
                                        TestCases.about(Set.of(test.record.registrar), Set.of(), Set.of()),
                                        Set.of(),
                                        "nothing",
                                        words)));
        step.accept("case.approval_asked", words -> cases.ask(test.officer, id, words));
        step.accept("case.approved", words -> cases.approve(test.approver, id, words));
        typed.put("case.approval_used", typed.get("case.approval_asked"));
        test.record.ward.writer.write(commit -> cases.spend(commit, id, test.officer.user()));
        step.accept(
                "case.notice_deferred", words -> cases.notices().defer(test.caldicott, id, now.plusSeconds(60), words));
        step.accept("case.covert_asked", words -> cases.notices().askCovert(test.officer, id, words));
        step.accept("case.covert_advised", words -> cases.notices().adviseCovert(test.dpo, id, words));
        step.accept(
                "case.covert_approved",
                words -> cases.notices().approveCovert(test.siro, id, now.plusSeconds(60), words));
        step.accept("case.closed", words -> cases.close(test.officer, id, words, false));
        step.accept("case.holds_released", words -> cases.releaseHolds(test.officer, id, words));
        return typed;
    }

    @Test
    void theAuditProvesThatAReasonWasGivenAndNeverSaysIt() {
        var id = test.subjectAccess();
        var typed = typed(id);
        var steps = entries().stream()
                .filter(entry -> typed.containsKey(entry.action()))
                .toList();
        assertThat(steps).extracting(AuditEntry::action).containsAll(typed.keySet());
        assertThat(entries()).noneMatch(entry -> entry.toString().contains(MARK));
        for (var entry : steps) {
            var words = Objects.requireNonNull(typed.get(entry.action()));
            assertThat(entry.details().path(CaseDesk.PROOF).asString(""))
                    .as(entry.action())
                    .isEqualTo(cases.desk().seal().proof(id, words))
                    .isNotEqualTo(cases.desk().seal().proof(id, words + "."));
        }
        assertThat(cases.listLog(id))
                .filteredOn(line -> typed.containsKey(line.action()))
                .allSatisfy(line -> assertThat(line.reason()).isEqualTo(typed.get(line.action())));
    }

    /// An entry of the audit takes a reason of half that length.
    @Test
    void aSearchTakesAsLongAReasonAsItsPageSays() {
        var id = test.subjectAccess();
        var what = TestCases.about(Set.of(test.record.registrar), Set.of(), Set.of());
        var words = "a".repeat(2_000);
        cases.searching().search(test.officer, id, new Searching.Order(what, Set.of(), "nothing", words));
        assertThat(cases.listLog(id).getLast().reason()).isEqualTo(words);
        assertThatThrownBy(() -> new Searching.Order(what, Set.of(), "nothing", words + "a"))
                .hasMessageContaining("reasonable and proportionate");
    }

    @Test
    void onceACaseIsGoneNothingThatWasTypedIsLeftAndTheAuditVerifies() {
        var ward = test.record.ward;
        var id = test.subjectAccess();
        typed(id);
        ward.clock.pass(CaseDisposals.KEPT);
        cases.expire();
        cases.disposals().callOff(test.officer, id, MARK + " has complained");
        ward.clock.pass(Duration.ofDays(28));
        cases.expire();
        ward.clock.pass(CaseDisposals.UNDO);
        cases.expire();
        assertThat(cases.find(id)).isEmpty();
        assertThat(entries())
                .extracting(AuditEntry::action)
                .contains("case.covert_asked", "case.disposal_called_off", "case.key_destroyed");
        assertThat(entries()).noneMatch(entry -> entry.toString().contains(MARK));
        assertThat(inClear()).hasSizeGreaterThan(20).noneMatch(row -> row.contains(MARK));
        assertThatThrownBy(() -> cases.desk().seal().proof(id, MARK)).isInstanceOf(DestroyedKeyException.class);
        ward.audit.checkpoint();
        assertThat(verified()).startsWith("The audit log holds: ").contains("(0 erased)", " 0 entries not yet signed");
    }

    /// Every row of the tables of the audit, of holds and of cases, as a dump has it.
    private List<String> inClear() {
        return test.record.ward.database.read(
                tx -> tx.query("""
                        select encode(sealed, 'escape')
                        from audit_leaf where sealed is not null
                        union all select audit_checkpoint::text from audit_checkpoint
                        union all select audit_words::text from audit_words
                        union all select hold::text from hold
                        union all select case_disposal::text from case_disposal
                        """).mapTo(String.class).list());
    }

    private String verified() {
        var ward = test.record.ward;
        var keys = new AuditKeys(ward.keys, ward.random, TestIdentity.ORGANIZATION.serverName());
        var out = new StringWriter();
        var printer = new PrintWriter(out);
        new CommandLine(new VerifyAudit(_ -> new VerifyAudit.Opened(ward.database, keys, () -> {})))
                .setOut(printer)
                .setErr(printer)
                .execute("--data", ".", "--witness", ward.witness().toString());
        return out.toString();
    }
}
