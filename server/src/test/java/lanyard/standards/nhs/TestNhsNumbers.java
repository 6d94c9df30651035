package lanyard.standards.nhs;

import java.util.stream.Stream;

/// Valid NHS numbers from the range set aside for testing. In test sources only: production code never invents one.
public final class TestNhsNumbers {
    private TestNhsNumbers() {}

    /// About one in eleven stems has no check digit and is skipped.
    public static Stream<NhsNumber> stream() {
        return Stream.iterate(0, i -> i < 1_000_000, i -> i + 1).flatMap(i -> withCheckDigit("999%06d".formatted(i)));
    }

    public static NhsNumber number(int index) {
        return stream().skip(index).findFirst().orElseThrow();
    }

    private static Stream<NhsNumber> withCheckDigit(String stem) {
        return Stream.iterate(0, i -> i < 10, i -> i + 1).flatMap(i -> NhsNumber.find(stem + i).stream());
    }
}
