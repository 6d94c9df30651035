package lanyard.platform;

/// Marks an exception that says only that something this server needs is away for a moment: nothing is broken, and the
/// caller may try again with the same transaction id.
public interface Unavailable {}
