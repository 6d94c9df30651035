package lanyard.platform.db;

import lanyard.platform.CannotStartException;

/// The data directory belongs to a Lanyard that is running.
final class AlreadyRunningException extends CannotStartException {
    private static final long serialVersionUID = 1L;

    AlreadyRunningException(String sentence) {
        super(sentence);
    }
}
