package lanyard.governance.disclosure;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lanyard.governance.disclosure.Deadline.Goal;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// The clocks of the law. Where a law can be read in two ways, the earlier day is taken.
final class Deadlines {
    private static final int FOI_WORKING_DAYS = 20;
    private static final int FOI_LONGEST_DAYS = 366;
    private static final int NHS_WORKING_DAYS = 3;
    private static final int NHS_MONTHS = 6;
    private static final int COMPLAINT_DAYS = 30;
    private static final int EXTENDED_MONTHS = 3;

    private final BankHolidays holidays;

    Deadlines(BankHolidays holidays) {
        this.holidays = holidays;
    }

    Deadline of(Clock clock) {
        var standing = clock.standing();
        if (standing.isPresent()) {
            return new Deadline(Goal.ANSWER, Optional.empty(), standing, Optional.empty());
        }
        return switch (clock.kind()) {
            case SUBJECT_ACCESS -> subjectAccess(clock);
            case FREEDOM_OF_INFORMATION -> freedomOfInformation(clock);
            case DATA_PROTECTION_COMPLAINT -> dataProtectionComplaint(clock);
            case NHS_COMPLAINT -> nhsComplaint(clock);
            case CORONER, SAFEGUARDING -> answer(clock.given());
        };
    }

    /// <https://www.legislation.gov.uk/eur/2016/679/article/12A>: one month from the latest of the request, what shows
    /// who asks, and the fee; days of waiting for a clarification do not count; two months more if the requester is
    /// told within the first. The month's last day is rolled on as the Information Commissioner reads it.
    private Deadline subjectAccess(Clock clock) {
        var start = latest(clock, Set.of(Stop.Why.IDENTITY, Stop.Why.FEE));
        var paused = clock.stops().stream()
                .filter(stop -> stop.why() == Stop.Why.CLARIFICATION)
                .mapToLong(stop -> daysWithin(start, stop))
                .sum();
        var first = roll(start.plusMonths(1).plusDays(paused));
        var due = clock.extension().isEmpty()
                ? first
                : roll(start.plusMonths(EXTENDED_MONTHS).plusDays(paused));
        return new Deadline(Goal.ANSWER, Optional.of(due), Optional.empty(), Optional.of(first));
    }

    /// Whole days between; an answer of the same day stops nothing.
    private static long daysWithin(LocalDate start, Stop stop) {
        var from = stop.from().isBefore(start) ? start : stop.from();
        return stop.to()
                .map(to -> Math.max(0, ChronoUnit.DAYS.between(from, to)))
                .orElse(0L);
    }

    /// <https://www.legislation.gov.uk/ukpga/2000/36/section/10>: promptly, and not later than the twentieth working
    /// day
    /// after receipt; what is asked to make it clear starts the count afresh; the days of waiting for the fee are
    /// disregarded. Weighing the public interest takes longer only with a notice inside the twenty (section 17(2)).
    private Deadline freedomOfInformation(Clock clock) {
        var start = latest(clock, Set.of(Stop.Why.CLARIFICATION));
        var fees = clock.stops().stream()
                .filter(stop -> stop.why() == Stop.Why.FEE)
                .toList();
        Predicate<LocalDate> counts =
                day -> holidays.isWorkingDayEverywhere(day) && fees.stream().noneMatch(fee -> isWithin(day, fee));
        var twentieth = after(start, FOI_WORKING_DAYS, counts);
        var due = clock.extension().flatMap(Extension::until).orElse(twentieth);
        return new Deadline(Goal.ANSWER, Optional.of(due), Optional.empty(), Optional.of(twentieth));
    }

    private static boolean isWithin(LocalDate day, Stop stop) {
        return !day.isBefore(stop.from())
                && stop.to().filter(to -> !day.isAfter(to)).isPresent();
    }

    /// <https://www.legislation.gov.uk/ukpga/2018/12/section/164A>: acknowledged within thirty days, of which the day
    /// after receipt is the first.
    private Deadline dataProtectionComplaint(Clock clock) {
        return clock.acknowledged().isPresent()
                ? answer(clock.given())
                : acknowledge(roll(clock.received().plusDays(COMPLAINT_DAYS)));
    }

    /// <https://www.legislation.gov.uk/uksi/2009/309/regulation/13> and 14: acknowledged not later than three working
    /// days after the day of receipt, answered within six months unless another time was agreed.
    private Deadline nhsComplaint(Clock clock) {
        if (clock.acknowledged().isEmpty()) {
            return acknowledge(after(clock.received(), NHS_WORKING_DAYS, holidays::isWorkingDay));
        }
        return answer(clock.given().or(() -> Optional.of(clock.received().plusMonths(NHS_MONTHS))));
    }

    private static Deadline acknowledge(LocalDate due) {
        return new Deadline(Goal.ACKNOWLEDGE, Optional.of(due), Optional.empty(), Optional.empty());
    }

    private static Deadline answer(Optional<LocalDate> due) {
        return new Deadline(Goal.ANSWER, due, Optional.empty(), Optional.empty());
    }

    private static LocalDate latest(Clock clock, Set<Stop.Why> why) {
        return clock.stops().stream()
                .filter(stop -> why.contains(stop.why()))
                .flatMap(stop -> stop.to().stream())
                .filter(day -> day.isAfter(clock.received()))
                .max(LocalDate::compareTo)
                .orElse(clock.received());
    }

    private LocalDate roll(LocalDate day) {
        return Stream.iterate(day, next -> next.plusDays(1))
                .filter(holidays::isWorkingDay)
                .findFirst()
                .orElseThrow();
    }

    private static LocalDate after(LocalDate start, int days, Predicate<LocalDate> counts) {
        return Stream.iterate(start.plusDays(1), next -> next.plusDays(1))
                .filter(counts)
                .skip(days - 1L)
                .findFirst()
                .orElseThrow();
    }

    /// What this kind of case waits for.
    static List<Stop.Why> stops(CaseKind kind) {
        return switch (kind) {
            case SUBJECT_ACCESS -> List.of(Stop.Why.values());
            case FREEDOM_OF_INFORMATION -> List.of(Stop.Why.CLARIFICATION, Stop.Why.FEE);
            case DATA_PROTECTION_COMPLAINT, NHS_COMPLAINT, CORONER, SAFEGUARDING -> List.of();
        };
    }

    /// Errors: `M_INVALID_PARAM` for what this kind of case does not wait for.
    static void requireStops(CaseKind kind, Stop.Why why) {
        if (!stops(kind).contains(why)) {
            throw invalid("The clock of this kind of case does not stop for " + why.title() + ".");
        }
    }

    /// Errors: `M_INVALID_PARAM` when the requester was not told in time, or more time cannot be had.
    void requireTimely(Clock clock, Extension extension) {
        var tellBy = of(clock)
                .tellBy()
                .orElseThrow(
                        () -> invalid("Only subject access and freedom of information requests with a running clock"
                                + " can be given more time."));
        if (extension.told().isAfter(tellBy) || extension.told().isBefore(clock.received())) {
            throw invalid("The requester must be told between " + clock.received() + " and " + tellBy
                    + ", or the time is not extended.");
        }
        var dated = extension.until().isPresent();
        if (dated != (clock.kind() == CaseKind.FREEDOM_OF_INFORMATION)) {
            throw invalid(dated ? "Subject access has two months more, no other day." : "Give the day of the answer.");
        }
        extension.until().ifPresent(until -> requireLater(until, tellBy));
    }

    private static void requireLater(LocalDate until, LocalDate tellBy) {
        if (!until.isAfter(tellBy) || until.isAfter(tellBy.plusDays(FOI_LONGEST_DAYS))) {
            throw invalid("More time ends after " + tellBy + ", within a year.");
        }
    }

    private static MatrixException invalid(String sentence) {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, sentence);
    }
}
