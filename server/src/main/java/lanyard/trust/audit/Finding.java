package lanyard.trust.audit;

/// What a verification found: the log holds, or the first place where it does not, in a sentence.
public sealed interface Finding {
    /// `unsigned` leaves are newer than the last checkpoint: only the last second's should be.
    record Sound(long leaves, long erased, long checkpoints, long unsigned) implements Finding {}

    record Broken(String sentence) implements Finding {}
}
