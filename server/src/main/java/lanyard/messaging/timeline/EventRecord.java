package lanyard.messaging.timeline;

import java.util.Objects;
import lanyard.messaging.timeline.TimelineEvent.Placed;
import lanyard.platform.stream.Position;
import lanyard.standards.matrix.EventId;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/// One stored event, still sealed.
record EventRecord(
        long room,
        Placed placed,
        byte[] body,
        boolean pruned,
        @Nullable String device,
        @Nullable String transaction,
        @Nullable EventId redactedBy,
        byte @Nullable [] because) {
    static EventRecord of(RowView row) {
        var redactedBy = row.getColumn("redacted_by", String.class);
        return new EventRecord(
                row.getColumn("room_nid", Long.class),
                new Placed(
                        row.getColumn("seq", Long.class),
                        new Position(row.getColumn("slot", Integer.class), row.getColumn("pos", Long.class)),
                        new EventId(row.getColumn("event_id", String.class)),
                        row.getColumn("notices", Long.class)),
                Objects.requireNonNull(row.getColumn("body", byte[].class)),
                row.getColumn("pruned_ts", Long.class) != null,
                row.getColumn("device", String.class),
                row.getColumn("txn_id", String.class),
                redactedBy == null ? null : new EventId(redactedBy),
                row.getColumn("because_body", byte[].class));
    }
}
