package lanyard.governance.review;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lanyard.governance.disclosure.GivenOpinion;
import lanyard.governance.disclosure.Opinion.Finding;
import lanyard.governance.review.Withholding.Where;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;

/// Health data is disclosed to the person it is about once the appropriate health professional has said whether that
/// would be likely to cause serious harm; an information governance officer alone says neither yes nor no.
/// <https://www.legislation.gov.uk/ukpga/2018/12/schedule/3/part/2>
///
/// What could go wrong: an opinion on two messages lets seventeen go; or the officer types over what a professional
/// found. The principles: an opinion counts for the events that it was given on, as they were shown, and for no other;
/// where a professional has given their own, none from paper is asked; and what was found to do harm is not told until
/// the professional finds otherwise, whatever anybody else enters.
final class HealthRule {
    private final List<Item> items;
    private final Notes notes;
    private final List<GivenOpinion> opinions;
    private final Withheld withheld;
    private final HealthTexts texts;

    HealthRule(List<Item> items, Notes notes, List<GivenOpinion> opinions) {
        this.items = List.copyOf(items);
        this.notes = notes;
        // Of those given on one day, the one that was entered last comes last.
        this.opinions = opinions.stream()
                .sorted(Comparator.comparing(given -> given.opinion().given()))
                .toList();
        this.withheld = new Withheld(items, notes.withholdings());
        this.texts = new HealthTexts(items, notes);
    }

    /// Whether what is said there counts as data concerning health.
    boolean isHealth(Item item) {
        return item.room().health() || notes.health().containsKey(item.id()) || wouldHarm(item);
    }

    /// What a professional has found of it, the last that counts.
    Optional<Finding> finding(Item item) {
        return wouldHarm(item)
                ? Optional.of(Finding.SERIOUS_HARM)
                : decides(item.id()).map(given -> given.opinion().finding());
    }

    /// Those that count for an event: a professional's own, and what came on paper where there is none of those.
    private List<GivenOpinion> about(EventId event) {
        var all = opinions.stream()
                .filter(given -> given.covers().containsKey(event))
                .toList();
        var own = all.stream().filter(GivenOpinion::own).toList();
        return own.isEmpty() ? all : own;
    }

    private Optional<GivenOpinion> decides(EventId event) {
        var all = about(event);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    private boolean wouldHarm(Item item) {
        return item.versions().stream()
                .flatMap(version -> decides(version.event()).stream())
                .anyMatch(given -> !given.opinion().allowsTelling());
    }

    /// Whether an opinion on every version of it, as it would be told, lets it be told.
    boolean mayBeTold(Item item) {
        return texts.covers(item).entrySet().stream().allMatch(this::mayBeTold);
    }

    private boolean mayBeTold(Map.Entry<EventId, String> shown) {
        return decides(shown.getKey())
                .filter(given -> given.opinion().allowsTelling()
                        && shown.getValue().equals(given.covers().get(shown.getKey())))
                .isPresent();
    }

    /// The messages that cannot leave yet for want of an opinion.
    List<Item> waiting() {
        return items.stream().filter(this::waits).toList();
    }

    private boolean waits(Item item) {
        var known = notes.known(item).isPresent() && !wouldHarm(item);
        return isHealth(item) && withheld.whole(item).isEmpty() && !known && !mayBeTold(item);
    }

    /// Errors: `M_FORBIDDEN` when serious harm may not be relied on there.
    void requireHarm(Where where, LocalDate today) {
        var found = withheldAt(where)
                .flatMap(item -> item.versions().stream())
                .flatMap(version -> about(version.event()).stream())
                .anyMatch(given -> given.opinion().allowsWithholding(today));
        if (!found) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "Serious harm is for the appropriate health professional to find: their opinion on this message,"
                            + " given within the last six months, is not in this case.");
        }
    }

    private Stream<Item> withheldAt(Where where) {
        return items.stream().filter(item -> switch (where) {
            case Where.Words(var event, var _, var _) -> item.has(event);
            case Where.Whole(var event) -> item.has(event);
            case Where.File(var event) -> item.has(event);
            case Where.Name(var person) ->
                Withheld.people(item).anyMatch(one -> one.id().equals(person));
        });
    }

    /// Errors: `M_FORBIDDEN` when health data would leave, or be withheld for harm, without the opinion it takes.
    void require(LocalDate today) {
        notes.withholdings().stream()
                .filter(one -> one.reason() == Reason.SAR_SERIOUS_HARM)
                .forEach(one -> requireHarm(one.where(), today));
        var waiting = waiting();
        if (!waiting.isEmpty()) {
            var numbers = Numbers.text(waiting.stream().map(Item::number).toList());
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    count(waiting.size()) + " health data about the person who asks, and no health professional's"
                            + " opinion says that they may be told as they stand: " + numbers + ". Ask for one about"
                            + " them, withhold whole what would do harm, or say why the person knows them already.");
        }
    }

    private static String count(int messages) {
        return messages == 1 ? "1 message is" : messages + " messages are";
    }
}
