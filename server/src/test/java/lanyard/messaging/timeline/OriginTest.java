package lanyard.messaging.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import lanyard.platform.db.TestDatabase;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import org.junit.jupiter.api.Test;

class OriginTest {
    private static final UserId ALICE = new UserId("@alice:example.org");
    private static final DeviceId PHONE = new DeviceId("PHONE");
    private static final Origin SENT = new Origin(ALICE, PHONE, "!room/m.room.message", "t1");

    @Test
    void theKeyNamesDeviceEndpointAndTransaction() {
        assertThat(new Origin(ALICE, PHONE, "!room/m.room.message", "t1").key()).isEqualTo(SENT.key());
        assertThat(new Origin(new UserId("@bob:example.org"), PHONE, SENT.endpoint(), "t1").key())
                .isNotEqualTo(SENT.key());
        assertThat(new Origin(ALICE, new DeviceId("OTHER"), SENT.endpoint(), "t1").key())
                .isNotEqualTo(SENT.key());
        assertThat(new Origin(ALICE, PHONE, "!other/m.room.message", "t1").key())
                .isNotEqualTo(SENT.key());
        assertThat(new Origin(ALICE, PHONE, SENT.endpoint(), "t2").key()).isNotEqualTo(SENT.key());
    }

    @Test
    void everyKeyOfADeviceLiesInItsRange() {
        var range = Origin.keysOf(ALICE, PHONE);
        for (var n = 0; n < 1000; n++) {
            var key = new Origin(ALICE, PHONE, "e", "t" + n).key();
            assertThat(Arrays.compareUnsigned(range[0], key)).isLessThanOrEqualTo(0);
            assertThat(Arrays.compareUnsigned(key, range[1])).isLessThanOrEqualTo(0);
        }
        var others = new Origin(new UserId("@bob:example.org"), PHONE, "e", "t").key();
        assertThat(Arrays.compareUnsigned(range[0], others) <= 0 && Arrays.compareUnsigned(others, range[1]) <= 0)
                .isFalse();
    }

    /// What the migration makes of the keys that older versions kept.
    @Test
    void theDatabaseNamesADeviceAsWeDo() {
        try (var database = TestDatabase.fresh()) {
            var device = database.read(tx -> tx.query("""
                            select substr(sha256(convert_to(:user, 'UTF8') || '\\x00'::bytea
                                || convert_to(:device, 'UTF8')), 1, 8)
                            """)
                    .bind("user", ALICE.value())
                    .bind("device", PHONE.value())
                    .mapTo(byte[].class)
                    .one());
            assertThat(Arrays.copyOf(SENT.key(), 8)).isEqualTo(device);
        }
    }
}
