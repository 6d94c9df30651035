package lanyard.platform.db;

/// What became of a transaction, asked by its id. `TOO_OLD` means that PostgreSQL no longer remembers.
public enum TransactionOutcome {
    COMMITTED,
    ABORTED,
    IN_PROGRESS,
    TOO_OLD
}
