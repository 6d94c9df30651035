package lanyard.governance.carerecord;

/// What the messages that a decision was taken in wait for, when nobody has said that they should stay.
public enum Delay {
    NONE,
    /// Somebody has not received them.
    UNDELIVERED,
    /// One of them may carry a file that the record does not have, and no clinician has said why it need not.
    FILE
}
