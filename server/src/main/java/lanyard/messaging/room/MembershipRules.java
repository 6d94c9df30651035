package lanyard.messaging.room;

import java.time.Duration;
import java.util.Collection;
import lanyard.messaging.timeline.RoomState;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.UserId;

/// What the organisation asks of membership, wherever it changes: asked by our own routes and by Matrix's.
public interface MembershipRules {
    /// Nobody has said anything: for tests of rooms alone.
    MembershipRules NONE = new MembershipRules() {
        @Override
        public int mostAtOnce(String organization) {
            return 30;
        }

        @Override
        public Duration reviewEvery(String organization, RoomKind kind) {
            return Duration.ofDays(28);
        }

        @Override
        public void mayStartWith(Collection<UserId> people) {}

        @Override
        public void mayInvite(RoomState room, UserId guest) {}

        @Override
        public void changed(Commit commit, MemberChange change) {}
    };

    /// How many people one step may bring in.
    int mostAtOnce(String organization);

    Duration reviewEvery(String organization, RoomKind kind);

    /// Errors: `M_FORBIDDEN` for somebody who cannot be in a room from its beginning.
    void mayStartWith(Collection<UserId> people);

    /// Errors: `M_FORBIDDEN` for somebody whom a plain invitation cannot bring in.
    void mayInvite(RoomState room, UserId guest);

    /// Told within the deed.
    void changed(Commit commit, MemberChange change);
}
