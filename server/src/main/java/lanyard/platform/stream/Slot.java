package lanyard.platform.stream;

/// The slot a writer holds, and the epoch in which it took it.
record Slot(int number, long epoch) {}
