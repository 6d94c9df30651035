package lanyard.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostTest {
    @ParameterizedTest
    @Rule("G17")
    @CsvSource({"60, 2500, WITHIN", "863, 35958, WITHIN", "864, 36000, NEAR", "1080, 45000, NEAR", "1081, 45041, OVER"})
    void theCostLimitIsEighteenHoursAndWarnedOfAtFourFifths(int minutes, int pence, Cost.Standing standing) {
        var cost = new Cost(minutes, 0);
        assertThat(cost.pence()).isEqualTo(pence);
        assertThat(cost.standing()).isEqualTo(standing);
    }

    @Test
    @Rule("G17")
    void reviewingAndWithholdingDoNotCount() {
        var cost = Cost.of(List.of(spent(90, TimeSpent.Task.LOCATE), spent(600, TimeSpent.Task.REVIEW)));
        assertThat(cost).isEqualTo(new Cost(90, 600));
    }

    @Test
    void noDayHasMoreThanTwentyFourHours() {
        assertThatThrownBy(() -> spent(1441, TimeSpent.Task.LOCATE)).isInstanceOf(MatrixException.class);
        assertThatThrownBy(() -> spent(0, TimeSpent.Task.LOCATE)).isInstanceOf(MatrixException.class);
    }

    private static TimeSpent spent(int minutes, TimeSpent.Task task) {
        return new TimeSpent(new UserId("@ig:ward.test"), LocalDate.parse("2026-03-02"), minutes, task);
    }
}
