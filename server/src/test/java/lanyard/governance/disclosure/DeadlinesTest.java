package lanyard.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lanyard.standards.matrix.MatrixException;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The days are worked out by hand from the law and from gov.uk/bank-holidays.
class DeadlinesTest {
    private final Deadlines deadlines = new Deadlines(new BankHolidays());

    @ParameterizedTest
    @Rule("G17")
    @CsvSource({
        "2026-03-16, 2026-04-16",
        "2026-03-15, 2026-04-15",
        // The end of a shorter month, and of a leap February.
        "2026-01-30, 2026-03-02",
        "2027-01-31, 2027-03-01",
        "2028-01-31, 2028-02-29",
        "2026-05-31, 2026-06-30",
        // Saturday and Sunday roll on to Monday.
        "2026-06-18, 2026-07-20",
        "2026-06-19, 2026-07-20",
        // Good Friday to Easter Monday; Christmas with its substitutes; New Year.
        "2026-03-03, 2026-04-07",
        "2026-11-25, 2026-12-29",
        "2027-11-25, 2027-12-29",
        "2026-12-01, 2027-01-04",
        // A bank holiday that is Scotland's alone does not roll a month on.
        "2026-10-30, 2026-11-30",
    })
    void subjectAccessHasOneMonth(LocalDate received, LocalDate due) {
        var deadline = deadlines.of(Clock.started(CaseKind.SUBJECT_ACCESS, received));
        assertThat(deadline.due()).contains(due);
        assertThat(deadline.tellBy()).contains(due);
    }

    @Test
    @Rule("G17")
    void twoMonthsMoreCountFromTheReceiptWhenTheRequesterWasToldWithinTheFirst() {
        var clock = Clock.started(CaseKind.SUBJECT_ACCESS, day("2026-01-30"));
        deadlines.requireTimely(clock, told("2026-03-02"));
        assertThat(deadlines.of(extended(clock, told("2026-03-02"))).due()).contains(day("2026-04-30"));
        refused(clock, told("2026-03-03"), "between 2026-01-30 and 2026-03-02");
        refused(clock, told("2026-01-29"), "between");
        refused(clock, until("2026-02-20", "2026-06-01"), "two months more");
    }

    @Test
    @Rule("G17")
    void proofOfIdentityStartsTheMonthAndAClarificationStopsIt() {
        var received = day("2026-03-02");
        assertThat(stopped(received, stop(Stop.Why.IDENTITY, "2026-03-03", "2026-03-20")))
                .contains(day("2026-04-20"));
        assertThat(stopped(received, stop(Stop.Why.CLARIFICATION, "2026-03-10", "2026-03-20")))
                .contains(day("2026-04-13"));
        assertThat(stopped(received, stop(Stop.Why.CLARIFICATION, "2026-03-10", "2026-03-10")))
                .contains(day("2026-04-02"));
        assertThat(stopped(
                        received,
                        stop(Stop.Why.CLARIFICATION, "2026-03-03", "2026-03-12"),
                        stop(Stop.Why.IDENTITY, "2026-03-03", "2026-03-10")))
                .contains(day("2026-04-13"));
    }

    @Test
    void aClockThatStandsHasNoDayAndCannotBeExtended() {
        var stop = new Stop(Stop.Why.IDENTITY, day("2026-03-03"), Optional.empty());
        var clock = with(CaseKind.SUBJECT_ACCESS, day("2026-03-02"), List.of(stop));
        assertThat(deadlines.of(clock).due()).isEmpty();
        assertThat(deadlines.of(clock).on(day("2027-01-01"))).isEqualTo(Deadline.Standing.STOPPED);
        refused(clock, told("2026-03-20"), "running clock");
    }

    @ParameterizedTest
    @Rule("G17")
    @CsvSource({
        "2026-09-01, 2026-09-29",
        // A request of Saturday counts from Monday.
        "2026-09-05, 2026-10-02",
        // St Patrick's Day (Northern Ireland), Good Friday and Easter Monday.
        "2026-03-16, 2026-04-16",
        // Early May, Spring and the Battle of the Boyne's substitute of 13 July; Scotland's 15 June 2026.
        "2026-04-30, 2026-06-01",
        "2026-06-12, 2026-07-14",
        "2026-06-19, 2026-07-20",
        // Scotland's summer holiday of 3 August, and everybody else's of 31 August.
        "2026-07-31, 2026-09-01",
        "2026-08-05, 2026-09-03",
        // St Andrew's Day, Christmas, Boxing Day's substitute, New Year, 2 January's substitute.
        "2026-11-23, 2026-12-22",
        "2026-12-01, 2026-12-31",
        "2026-12-02, 2027-01-05",
        "2027-12-10, 2028-01-13",
    })
    void freedomOfInformationHasTwentyDaysOnWhichAllOfTheUnitedKingdomWorks(LocalDate received, LocalDate due) {
        assertThat(deadlines
                        .of(Clock.started(CaseKind.FREEDOM_OF_INFORMATION, received))
                        .due())
                .contains(due);
    }

    @Test
    @Rule("G17")
    void weighingThePublicInterestTakesLongerOnlyWithANoticeInsideTheTwentyDays() {
        var clock = Clock.started(CaseKind.FREEDOM_OF_INFORMATION, day("2026-09-01"));
        var inTime = until("2026-09-29", "2026-10-27");
        deadlines.requireTimely(clock, inTime);
        assertThat(deadlines.of(extended(clock, inTime)).due()).contains(day("2026-10-27"));
        refused(clock, until("2026-09-30", "2026-10-27"), "and 2026-09-29");
        refused(clock, until("2026-09-20", "2026-09-29"), "ends after 2026-09-29");
        refused(clock, told("2026-09-20"), "Give the day");
    }

    @Test
    @Rule("G17")
    void aClarificationStartsTheTwentyDaysAfreshAndAFeeOnlyStopsThem() {
        var received = day("2026-09-01");
        var clarified = with(
                CaseKind.FREEDOM_OF_INFORMATION,
                received,
                List.of(stop(Stop.Why.CLARIFICATION, "2026-09-02", "2026-09-08")));
        assertThat(deadlines.of(clarified).due()).contains(day("2026-10-06"));
        var paid = with(
                CaseKind.FREEDOM_OF_INFORMATION, received, List.of(stop(Stop.Why.FEE, "2026-09-03", "2026-09-07")));
        assertThat(deadlines.of(paid).due()).contains(day("2026-10-02"));
    }

    @ParameterizedTest
    @Rule("G39")
    @CsvSource({
        "DATA_PROTECTION_COMPLAINT, 2026-06-22, 2026-07-22",
        // 25 July is a Saturday; 25 December is Christmas on a Friday.
        "DATA_PROTECTION_COMPLAINT, 2026-06-25, 2026-07-27",
        "DATA_PROTECTION_COMPLAINT, 2026-11-25, 2026-12-29",
        "NHS_COMPLAINT, 2026-09-01, 2026-09-04",
        "NHS_COMPLAINT, 2026-09-03, 2026-09-08",
        "NHS_COMPLAINT, 2026-04-02, 2026-04-09",
        "NHS_COMPLAINT, 2026-12-24, 2026-12-31",
    })
    void aComplaintIsAcknowledgedInTime(CaseKind kind, LocalDate received, LocalDate due) {
        var deadline = deadlines.of(Clock.started(kind, received));
        assertThat(deadline.goal()).isEqualTo(Deadline.Goal.ACKNOWLEDGE);
        assertThat(deadline.due()).contains(due);
    }

    @Test
    void anAcknowledgedNhsComplaintIsAnsweredWithinSixMonthsUnlessAnotherDayWasAgreed() {
        var received = day("2026-03-02");
        var acknowledged = Optional.of(day("2026-03-04"));
        var clock = new Clock(
                CaseKind.NHS_COMPLAINT, received, List.of(), Optional.empty(), Optional.empty(), acknowledged);
        assertThat(deadlines.of(clock).goal()).isEqualTo(Deadline.Goal.ANSWER);
        assertThat(deadlines.of(clock).due()).contains(day("2026-09-02"));
        var agreed = new Clock(
                CaseKind.NHS_COMPLAINT,
                received,
                List.of(),
                Optional.empty(),
                Optional.of(day("2026-05-01")),
                acknowledged);
        assertThat(deadlines.of(agreed).due()).contains(day("2026-05-01"));
    }

    @ParameterizedTest
    @EnumSource(
            value = CaseKind.class,
            names = {"CORONER", "SAFEGUARDING"})
    void whoeverMayDemandItNamesTheDay(CaseKind kind) {
        var given = Optional.of(day("2026-12-25"));
        var clock = new Clock(kind, day("2026-12-01"), List.of(), Optional.empty(), given, Optional.empty());
        assertThat(deadlines.of(clock).due()).isEqualTo(given);
        assertThat(deadlines.of(clock).on(day("2026-12-01"))).isEqualTo(Deadline.Standing.IN_TIME);
        assertThat(deadlines.of(clock).on(day("2026-12-20"))).isEqualTo(Deadline.Standing.SOON);
        assertThat(deadlines.of(clock).on(day("2026-12-26"))).isEqualTo(Deadline.Standing.OVERDUE);
    }

    @Test
    void noOtherClockStops() {
        Deadlines.requireStops(CaseKind.SUBJECT_ACCESS, Stop.Why.IDENTITY);
        Deadlines.requireStops(CaseKind.FREEDOM_OF_INFORMATION, Stop.Why.CLARIFICATION);
        assertThatThrownBy(() -> Deadlines.requireStops(CaseKind.FREEDOM_OF_INFORMATION, Stop.Why.IDENTITY))
                .isInstanceOf(MatrixException.class);
        assertThatThrownBy(() -> Deadlines.requireStops(CaseKind.CORONER, Stop.Why.CLARIFICATION))
                .hasMessageContaining("does not stop");
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    private static Extension told(String day) {
        return new Extension(day(day), Optional.empty(), "complex");
    }

    private static Extension until(String told, String until) {
        return new Extension(day(told), Optional.of(day(until)), "public interest");
    }

    private static Stop stop(Stop.Why why, String from, String to) {
        return new Stop(why, day(from), Optional.of(day(to)));
    }

    private static Clock with(CaseKind kind, LocalDate received, List<Stop> stops) {
        return new Clock(kind, received, stops, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Clock extended(Clock clock, Extension extension) {
        return new Clock(
                clock.kind(), clock.received(), clock.stops(), Optional.of(extension), clock.given(), Optional.empty());
    }

    private Optional<LocalDate> stopped(LocalDate received, Stop... stops) {
        return deadlines
                .of(with(CaseKind.SUBJECT_ACCESS, received, Stream.of(stops).toList()))
                .due();
    }

    private void refused(Clock clock, Extension extension, String words) {
        assertThatThrownBy(() -> deadlines.requireTimely(clock, extension)).hasMessageContaining(words);
    }
}
