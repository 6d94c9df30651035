package lanyard.messaging.push;

import java.time.InstantSource;
import lanyard.messaging.account.AccountData;
import lanyard.messaging.timeline.ReadMarks;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Database;
import lanyard.platform.stream.Writer;
import lanyard.trust.identity.Identity;

/// What push stands on.
public record PushParts(
        Database database,
        Writer writer,
        Timeline timeline,
        ReadMarks marks,
        AccountData accountData,
        Identity identity,
        InstantSource clock) {}
