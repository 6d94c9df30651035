package lanyard.platform.sealing;

/// What was to be opened is damaged, was tampered with, belongs elsewhere or was sealed with another key.
public final class SealedDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SealedDataException(String sentence) {
        super(sentence);
    }
}
