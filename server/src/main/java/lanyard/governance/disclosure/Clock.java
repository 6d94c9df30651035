package lanyard.governance.disclosure;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What is known of a case's time; what follows from it says [Deadlines].
///
/// @param given the day that the coroner, the court or the safeguarding lead named
/// @param acknowledged when a complaint's receipt was acknowledged
public record Clock(
        CaseKind kind,
        LocalDate received,
        List<Stop> stops,
        Optional<Extension> extension,
        Optional<LocalDate> given,
        Optional<LocalDate> acknowledged) {
    public Clock {
        stops = List.copyOf(stops);
    }

    static Clock started(CaseKind kind, LocalDate received) {
        return new Clock(kind, received, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Optional<Stop> standing() {
        return stops.stream().filter(Stop::stands).findFirst();
    }
}
