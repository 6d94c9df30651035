package lanyard.governance.custodian;

import java.util.List;
import java.util.Set;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;

/// What to look for in what a case has opened: any of `words` (all words of one entry must occur; none means every
/// message), from any of `senders` (none means everybody's), from `fromTs` to `toTs`, both included.
public record Query(List<String> words, Set<UserId> senders, long fromTs, long toTs) {
    private static final int MOST_WORDS = 100;
    private static final int LONGEST = 200;

    /// For a beginning or an end that does not matter; JSON knows no longer numbers.
    public static final long EVER = (1L << 53) - 1;

    public Query {
        fromTs = Math.clamp(fromTs, 0, EVER);
        toTs = Math.clamp(toTs, 0, EVER);
        words = words.stream()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        senders = Set.copyOf(senders);
        if (words.size() > MOST_WORDS || words.stream().anyMatch(word -> word.length() > LONGEST)) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Search for at most 100 entries of at most 200 characters each.");
        }
        if (words.stream().anyMatch(word -> Folded.of(word).isEmpty())) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Each entry needs a letter or a digit to look for.");
        }
    }

    /// People's words stay out of logs.
    @Override
    public String toString() {
        return "Query[" + words.size() + " entries, " + senders.size() + " senders]";
    }
}
