package lanyard.governance.minimise;

/// How often one kind of identifier was pointed out, and what became of it.
record NudgeCount(String roomKind, String identifier, long shown, long replaced, long kept) {
    /// Fewer than this could be one person's.
    static final long LEAST_SHOWN = 5;
}
