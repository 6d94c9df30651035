package lanyard.governance.disclosure;

import java.time.LocalDate;
import java.util.Optional;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// A request as it is logged.
///
/// @param given the day named by who may demand an answer: coroner and safeguarding have to
public record NewCase(
        CaseKind kind,
        Requester requester,
        CaseScope scope,
        String legalBasis,
        LocalDate received,
        Optional<LocalDate> given) {
    private static final int LONGEST_BASIS = 1_000;

    public NewCase {
        legalBasis = Requester.checked(legalBasis, LONGEST_BASIS, "Give the legal basis, in at most 1000 characters.");
        if (scope.namesNothing()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "Name at least one colleague, patient or conversation that it is about.");
        }
        if (kind.datesAreGiven() && given.isEmpty()) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Give the day by which the answer is wanted.");
        }
        if (given.filter(day -> day.isBefore(received)).isPresent()) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The answer is not wanted before the request came.");
        }
    }
}
