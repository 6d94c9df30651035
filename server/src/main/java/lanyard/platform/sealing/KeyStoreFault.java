package lanyard.platform.sealing;

/// The key store on disk is not as it must be. The sentence names the file and says what to do; nothing is guessed.
public final class KeyStoreFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeyStoreFault(String sentence) {
        super(sentence);
    }

    public KeyStoreFault(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
