package lanyard.governance.review;

import lanyard.standards.matrix.UserId;

/// A pack that was made: which of the case's, where it is kept sealed, and the hash of its archive.
public record Pack(int number, String blob, String sha256, long bytes, UserId madeBy, long madeTs) {}
