package lanyard.trust.audit;

/// Ends a verification at the first place that does not hold.
final class BrokenLog extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenLog(String sentence) {
        super(sentence, null, false, false);
    }
}
