package lanyard.platform.stream;

/// Where something stands in the stream: the writer's slot and a number that only grows within the slot.
public record Position(int slot, long pos) {
    public Position {
        if (slot < 0 || slot >= SyncToken.SLOTS || pos < 0) {
            throw new IllegalArgumentException("no such position");
        }
    }
}
