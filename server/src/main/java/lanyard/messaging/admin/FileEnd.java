package lanyard.messaging.admin;

import java.util.Optional;
import lanyard.messaging.media.StoredMedia;
import lanyard.platform.db.Tx;

/// Says whether a file may be destroyed: governance's, which knows why things are kept.
public interface FileEnd {
    /// Why the file must stay, as a sentence for the administrator; empty when nothing stands in the way. Asked in the
    /// transaction that then destroys: it is noted there that the file went.
    Optional<String> whyKept(Tx tx, StoredMedia file);
}
