package lanyard.governance.review;

import java.time.LocalDate;
import java.util.List;
import lanyard.governance.disclosure.Opinion;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// Health data is disclosed to the person it is about once the appropriate health professional has said whether that
/// would be likely to cause serious harm; an information governance officer alone says neither yes nor no.
/// <https://www.legislation.gov.uk/ukpga/2018/12/schedule/3/part/2>
final class HealthRule {
    private HealthRule() {}

    /// Errors: `M_FORBIDDEN` when serious harm may not be relied on.
    static void requireHarm(List<Opinion> opinions, LocalDate today) {
        var said = opinions.stream().anyMatch(opinion -> opinion.allowsWithholding(today));
        if (!said) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "Serious harm is for the appropriate health professional to find: their opinion, given within the"
                            + " last six months, is not in this case.");
        }
    }

    /// Errors: `M_FORBIDDEN` when health data would leave, or be withheld for harm, without the opinion it takes.
    static void require(List<Item> items, Notes notes, List<Opinion> opinions, LocalDate today) {
        var harm = notes.withholdings().stream().anyMatch(one -> one.reason() == Reason.SAR_SERIOUS_HARM);
        if (harm) {
            requireHarm(opinions, today);
        }
        var withheld = new Withheld(items, notes.withholdings());
        var unasked = items.stream()
                .filter(item -> item.room().health()
                        && withheld.whole(item).isEmpty()
                        && !notes.known().contains(item.id()))
                .count();
        var asked = !opinions.isEmpty() && (harm || opinions.getLast().allowsTelling());
        if (unasked > 0 && !asked) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    unasked + " messages are health data about the person who asks. They are disclosed once the"
                            + " appropriate health professional's opinion is in this case and what would do harm is withheld, or"
                            + " where the person knows them already.");
        }
    }
}
