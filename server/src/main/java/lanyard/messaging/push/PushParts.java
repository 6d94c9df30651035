package lanyard.messaging.push;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import lanyard.messaging.account.AccountData;
import lanyard.messaging.timeline.ReadMarks;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Database;
import lanyard.platform.stream.Writer;
import lanyard.trust.identity.Identity;

/// What push stands on.
///
/// @param gateways the addresses that may be told, and no others
public record PushParts(
        Database database,
        Writer writer,
        Timeline timeline,
        ReadMarks marks,
        AccountData accountData,
        Identity identity,
        InstantSource clock,
        List<URI> gateways) {
    public PushParts {
        gateways = List.copyOf(gateways);
    }
}
