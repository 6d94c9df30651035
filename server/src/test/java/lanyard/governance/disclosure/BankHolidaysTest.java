package lanyard.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import lanyard.traceability.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The library against <https://www.gov.uk/bank-holidays> and <https://www.gov.scot/bank-holidays>.
class BankHolidaysTest {
    private static final List<DayOfWeek> WEEKEND = List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    private final BankHolidays holidays = new BankHolidays();

    @ParameterizedTest
    @Rule("G17")
    @CsvSource({
        "2026, 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28, 01-02 03-17 06-15 07-13 08-03 11-30",
        "2027, 01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28, 01-04 03-17 07-12 08-02 11-30",
        "2028, 01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26, 01-04 03-17 07-12 08-07 11-30",
    })
    void theDatesAreThoseThatAreProclaimed(int year, String england, String others) {
        assertThat(onWeekdays(holidays.inEngland(Year.of(year))))
                .containsExactlyInAnyOrderElementsOf(days(year, england).toList());
        assertThat(onWeekdays(holidays.inAnyPart(Year.of(year))))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(days(year, england), days(year, others)).toList());
    }

    private static List<LocalDate> onWeekdays(Collection<LocalDate> all) {
        return all.stream().filter(day -> !WEEKEND.contains(day.getDayOfWeek())).toList();
    }

    private static Stream<LocalDate> days(int year, String words) {
        return Arrays.stream(words.split(" ")).map(day -> LocalDate.parse(year + "-" + day));
    }
}
