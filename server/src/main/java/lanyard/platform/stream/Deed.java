package lanyard.platform.stream;

/// One change, run on the writer's thread inside the batch's transaction. If its batch fails it is run again, so apart
/// from
/// what it does through `commit` it must have no effect. It must be quick: everything else waits behind it.
@FunctionalInterface
public interface Deed<T> {
    T run(Commit commit);
}
