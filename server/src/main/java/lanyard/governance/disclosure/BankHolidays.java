package lanyard.governance.disclosure;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which days are working days. The dates come from a library that people keep; a test holds it against the dates that
/// the government has published. A bank holiday proclaimed after that library's release makes a deadline a day too
/// early, never too late.
final class BankHolidays {
    /// England's and Wales's are the same: where a health service in England works.
    private static final List<String> ENGLAND = List.of("eng");

    private static final List<String> UNITED_KINGDOM = List.of("eng", "wls", "sct", "nir");

    private final HolidayManager calendar =
            HolidayManager.getInstance(ManagerParameters.create(HolidayCalendar.UNITED_KINGDOM));
    private final Map<Year, Set<LocalDate>> england = new ConcurrentHashMap<>();
    private final Map<Year, Set<LocalDate>> anyPart = new ConcurrentHashMap<>();

    /// Whether people work on it in England.
    boolean isWorkingDay(LocalDate day) {
        return !isWeekend(day) && !inEngland(Year.from(day)).contains(day);
    }

    /// As the Freedom of Information Act counts: a bank holiday in any part of the United Kingdom is none.
    /// <https://www.legislation.gov.uk/ukpga/2000/36/section/10>
    boolean isWorkingDayEverywhere(LocalDate day) {
        return !isWeekend(day) && !inAnyPart(Year.from(day)).contains(day);
    }

    Set<LocalDate> inEngland(Year year) {
        return england.computeIfAbsent(year, key -> dates(key, ENGLAND));
    }

    Set<LocalDate> inAnyPart(Year year) {
        return anyPart.computeIfAbsent(year, key -> dates(key, UNITED_KINGDOM));
    }

    private Set<LocalDate> dates(Year year, List<String> parts) {
        return parts.stream()
                .flatMap(part -> calendar.getHolidays(year, part).stream())
                .flatMap(BankHolidays::days)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The day itself and the one that stands in for it.
    private static Stream<LocalDate> days(Holiday holiday) {
        return Stream.concat(Stream.of(holiday.getActualDate()), holiday.getObservedDate().stream());
    }

    private static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}
