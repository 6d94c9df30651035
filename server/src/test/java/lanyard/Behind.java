package lanyard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lanyard.messaging.room.ReviewStanding;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditSearch;
import lanyard.trust.identity.Duty;
import lanyard.trust.policy.HandsetRules;

/// What tests do behind the routes of a running server.
public final class Behind {
    private Behind() {}

    /// Does what is due for what is urgent, as the job does every two seconds.
    public static void watchUrgent(TestServer server) {
        server.app().messaging().rest().urgent().look();
    }

    /// What anybody has fetched or read so far is kept and can be told, as it is within a quarter of a second.
    public static void receiptsAreKept(TestServer server) {
        server.app().messaging().marks().flush();
    }

    /// As weeks without a review would leave a conversation, or a review.
    public static void reviewStands(TestServer server, String room, ReviewStanding standing) {
        var rooms = server.app().messaging().rooms();
        server.app().ground().writer().write(commit -> {
            var before = rooms.find(commit, new RoomId(room)).orElseThrow();
            rooms.update(commit, before.reviewAt(before.reviewTs(), standing), List.of());
            return room;
        });
    }

    /// Nobody has reviewed who is in it for as long, and the clock looks.
    public static void reviewIsLate(TestServer server, Duration late, String... unreviewed) {
        var rooms = server.app().messaging().rooms();
        var due = server.app().ground().clock().instant().minus(late).toEpochMilli();
        server.app().ground().writer().write(commit -> {
            for (var room : unreviewed) {
                var before = rooms.find(commit, new RoomId(room)).orElseThrow();
                rooms.update(commit, before.reviewAt(due, ReviewStanding.URGENT_ONLY), List.of());
            }
            return due;
        });
        server.app().messaging().rest().membership().tick();
    }

    /// Plans the demonstration's shifts, as the job does every ten minutes.
    public static void fillRota(TestServer server) {
        server.app().rota().fill();
    }

    /// Puts a policy in force in which presence is shown, or not.
    public static void showPresence(TestServer server, boolean shown) {
        var policies = server.app().ground().trust().policies();
        var organization = organization(server);
        var wanted = policies.of(organization).withPresence(shown);
        policies.change(organization, wanted, new UserId("@officer:lanyard.localhost"), "a test");
    }

    /// Puts a policy in force with other rules for phones.
    public static void phoneRules(TestServer server, int most, int acceptFrom, Map<String, String> required) {
        var policies = server.app().ground().trust().policies();
        var organization = organization(server);
        var wanted = policies.of(organization).withHandsets(new HandsetRules(most, acceptFrom, required));
        policies.change(organization, wanted, new UserId("@officer:lanyard.localhost"), "a test");
    }

    private static String organization(TestServer server) {
        return server.app()
                .ground()
                .identity()
                .organizations()
                .list()
                .getFirst()
                .odsCode();
    }

    /// As the organisation's directory would say it.
    public static void staffNumber(TestServer server, String user, String number) {
        var ground = server.app().ground();
        ground.writer().write(commit -> {
            ground.identity().people().number(commit, new UserId(user), number);
            return number;
        });
    }

    public static Set<Duty> dutiesOf(TestServer server, String user) {
        return server.app().ground().identity().duties().of(new UserId(user));
    }

    /// How many entries of that kind the audit has.
    public static int audited(TestServer server, String action) {
        var ground = server.app().ground();
        var whenever = new AuditSearch.Query(
                Instant.EPOCH,
                ground.clock().instant().plusSeconds(1),
                entry -> entry.action().equals(action));
        return ground.trust().audit().search().find(whenever, 1_000).found().size();
    }
}
