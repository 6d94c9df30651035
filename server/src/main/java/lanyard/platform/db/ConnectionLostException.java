package lanyard.platform.db;

import lanyard.platform.Unavailable;

/// The connection went before the commit was asked for, so nothing of the transaction was kept: it is safe to try
/// again.
public final class ConnectionLostException extends RuntimeException implements Unavailable {
    private static final long serialVersionUID = 1L;

    ConnectionLostException(Throwable cause) {
        super("The connection to the database was lost before the commit; nothing was kept.", cause);
    }
}
