package lanyard.platform.db;

import lanyard.platform.Unavailable;

/// The connection went while the commit was on its way, so it may or may not have been kept. Never retry blindly: ask
/// [Database#outcome] with the transaction's id.
public final class CommitUnknownException extends RuntimeException implements Unavailable {
    private static final long serialVersionUID = 1L;

    CommitUnknownException(Throwable cause) {
        super("The connection to the database was lost during the commit; whether it was kept is unknown.", cause);
    }
}
