package lanyard.platform.sealing;

/// The key was destroyed on purpose: what it sealed is gone for good, and retrying will not help.
public final class DestroyedKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DestroyedKeyException(KeyName name) {
        super("The key \"" + name + "\" has been destroyed; what it sealed can never be read again.");
    }
}
