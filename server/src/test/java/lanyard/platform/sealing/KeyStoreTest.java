package lanyard.platform.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyStoreTest {
    private static final KeyName JUNE = new KeyName("room-month", "7/2026-06");
    private static final KeyName JULY = new KeyName("room-month", "7/2026-07");
    private static final byte[] PLAIN = "hello".getBytes(UTF_8);
    private static final byte[] PLACE = "row 1".getBytes(UTF_8);

    @TempDir
    Path data;

    private Path keys;

    @BeforeEach
    void whereKeysLive() {
        keys = data.resolve("keys");
    }

    private KeyStore open() {
        return KeyStore.open(keys, InstantSource.fixed(Instant.parse("2026-06-01T09:00:00Z")), new SecureRandom());
    }

    private Path file(KeyName name) {
        return keys.resolve(name.scope()).resolve(name.fileName());
    }

    @Test
    void aKeySurvivesARestart() {
        var sealed = open().key(JUNE).seal(PLAIN, PLACE);

        assertThat(open().find(JUNE).orElseThrow().open(sealed, PLACE)).isEqualTo(PLAIN);
    }

    @Test
    void aKeyNobodyMadeIsNotFound() {
        assertThat(open().find(JUNE)).isEmpty();
    }

    @Test
    void filesAreReadableByTheOwnerAloneAndHoldNoBareKey() throws IOException {
        open().key(JUNE);

        for (var kept : new Path[] {file(JUNE), keys.resolve("master.key"), keys.resolve("destroyed.log")}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rwx------");
        assertThat(Files.readString(file(JUNE))).startsWith("lanyard-key 1\nroom-month 7/2026-06\n");
    }

    @Test
    void aDestroyedKeySaysSoForEverAndReachesEveryHolder() {
        var store = open();
        var held = store.key(JUNE);
        var sealed = held.seal(PLAIN, PLACE);

        store.destroy(JUNE, "retention has run out");

        assertThat(file(JUNE)).doesNotExist();
        assertThatThrownBy(() -> held.open(sealed, PLACE)).isInstanceOf(DestroyedKeyException.class);
        assertThatThrownBy(() -> store.find(JUNE)).isInstanceOf(DestroyedKeyException.class);
        assertThatThrownBy(() -> store.key(JUNE)).isInstanceOf(DestroyedKeyException.class);
        assertThatThrownBy(() -> open().key(JUNE)).isInstanceOf(DestroyedKeyException.class);
        assertThat(store.key(JULY).open(store.key(JULY).seal(PLAIN, PLACE), PLACE))
                .isEqualTo(PLAIN);
    }

    @Test
    void destroyingTwiceOrBeforeItExistsIsQuiet() {
        var store = open();
        store.destroy(JUNE, "never used");
        store.destroy(JUNE, "again");

        assertThatThrownBy(() -> store.key(JUNE)).isInstanceOf(DestroyedKeyException.class);
    }

    @Test
    void aDestructionWithoutAReasonIsRefused() {
        var store = open();
        store.key(JUNE);

        assertThatThrownBy(() -> store.destroy(JUNE, " ")).isInstanceOf(IllegalArgumentException.class);
        assertThat(store.find(JUNE)).isPresent();
    }

    @Test
    void aDestroyedKeyThatABackupBringsBackIsDeletedAtTheNextStart() throws IOException {
        var store = open();
        store.key(JUNE);
        var backup = Files.readAllBytes(file(JUNE));
        store.destroy(JUNE, "retention has run out");
        Files.write(file(JUNE), backup);

        var restored = open();

        assertThat(file(JUNE)).doesNotExist();
        assertThatThrownBy(() -> restored.find(JUNE)).isInstanceOf(DestroyedKeyException.class);
    }

    @Test
    void aCrashBetweenTheListAndTheFileIsFinishedAtTheNextStart() {
        open().key(JUNE);
        var interrupted = new ShredList(keys);
        interrupted.append(JUNE, "crash before the file went", Instant.EPOCH);

        open();

        assertThat(file(JUNE)).doesNotExist();
    }

    @Test
    void aDestructionByAnotherProcessIsSeenBeforeAKeyIsMadeAnew() {
        var store = open();
        open().destroy(JUNE, "by the other");

        assertThatThrownBy(() -> store.key(JUNE)).isInstanceOf(DestroyedKeyException.class);
    }

    @Test
    void aTornLastLineOfTheListIsCutOffAndTheListGoesOn() throws IOException {
        open().destroy(JUNE, "done");
        Files.writeString(keys.resolve("destroyed.log"), "2026-06-01T09:00:0", StandardOpenOption.APPEND);

        var store = open();
        store.destroy(JULY, "done too");

        assertThat(Files.readAllLines(keys.resolve("destroyed.log"))).hasSize(2);
        assertThatThrownBy(() -> open().key(JUNE)).isInstanceOf(DestroyedKeyException.class);
        assertThatThrownBy(() -> open().key(JULY)).isInstanceOf(DestroyedKeyException.class);
    }

    @Test
    void aDamagedListStopsTheStart() throws IOException {
        open().destroy(JUNE, "done");
        var list = keys.resolve("destroyed.log");
        Files.writeString(list, Files.readString(list).replace("2026-06\t", "2026-05\t"));

        assertThatThrownBy(this::open).isInstanceOf(KeyStoreFault.class).hasMessageContaining("damaged");
    }

    @Test
    void aTruncatedKeyFileIsNamedAndNeverReplaced() throws IOException {
        open().key(JUNE);
        var whole = Files.readAllBytes(file(JUNE));
        for (var length : new int[] {0, 5, 20, whole.length - 1}) {
            Files.write(file(JUNE), java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> open().key(JUNE))
                    .isInstanceOf(KeyStoreFault.class)
                    .hasMessageContaining(file(JUNE).toString());
        }
    }

    @Test
    void aKeyFileUnderAnotherNameDoesNotOpen() throws IOException {
        open().key(JUNE);
        Files.copy(file(JUNE), file(JULY));

        assertThatThrownBy(() -> open().key(JULY))
                .isInstanceOf(KeyStoreFault.class)
                .hasMessageContaining("belongs to another key");
    }

    @Test
    void aWrappedKeyPutUnderAnotherNameDoesNotOpen() throws IOException {
        open().key(JUNE);
        Files.writeString(file(JULY), Files.readString(file(JUNE)).replace("2026-06", "2026-07"));

        assertThatThrownBy(() -> open().key(JULY))
                .isInstanceOf(KeyStoreFault.class)
                .hasMessageContaining("does not open with this master key");
    }

    @Test
    void aLostMasterKeyIsNotQuietlyReplaced() throws IOException {
        open().key(JUNE);
        Files.delete(keys.resolve("master.key"));

        assertThatThrownBy(this::open).isInstanceOf(KeyStoreFault.class).hasMessageContaining("master key");
    }

    @Test
    void aForeignMasterKeyIsNamed() throws IOException {
        open().key(JUNE);
        var elsewhere = data.resolve("elsewhere");
        KeyStore.open(elsewhere, InstantSource.system(), new SecureRandom());
        Files.write(keys.resolve("master.key"), Files.readAllBytes(elsewhere.resolve("master.key")));

        assertThatThrownBy(() -> open().key(JUNE))
                .isInstanceOf(KeyStoreFault.class)
                .hasMessageContaining("does not open with this master key");
    }

    @Test
    void aThousandThreadsAskingForOneKeyGetTheSame() throws InterruptedException {
        var store = open();
        var seen = ConcurrentHashMap.<SealingKey>newKeySet();
        atOnce(1_000, i -> seen.add(store.key(JUNE)));

        assertThat(seen).hasSize(1);
    }

    @Test
    void twoProcessesMakingOneKeyAgreeOnIt() throws InterruptedException {
        var one = open();
        var other = open();
        var fingerprints = ConcurrentHashMap.<String>newKeySet();
        for (var round = 0; round < 20; round++) {
            var name = new KeyName("race", String.valueOf(round));
            fingerprints.clear();
            atOnce(2, i -> {
                var sealed = (i == 0 ? one : other).key(name).seal(PLAIN, PLACE);
                fingerprints.add(java.util.HexFormat.of().formatHex(sealed, 1, 9));
            });
            assertThat(fingerprints).hasSize(1);
        }
    }

    @Test
    void sealingWhileAKeyIsDestroyedEitherWorksOrSaysSo() throws InterruptedException {
        var store = open();
        var key = store.key(JUNE);
        var refused = new AtomicInteger();
        atOnce(1_000, i -> {
            if (i == 500) {
                store.destroy(JUNE, "in the middle");
            }
            try {
                store.key(JUNE).seal(PLAIN, PLACE);
            } catch (DestroyedKeyException e) {
                refused.incrementAndGet();
            }
        });

        assertThat(refused).hasPositiveValue();
        assertThatThrownBy(() -> key.seal(PLAIN, PLACE)).isInstanceOf(DestroyedKeyException.class);
    }

    private static void atOnce(int threads, java.util.function.IntConsumer work) throws InterruptedException {
        var failures = ConcurrentHashMap.<Throwable>newKeySet();
        var start = new CountDownLatch(1);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < threads; i++) {
                var number = i;
                var _ = pool.submit(() -> {
                    try {
                        start.await();
                        work.accept(number);
                    } catch (InterruptedException | RuntimeException e) {
                        failures.add(e);
                    }
                });
            }
            start.countDown();
        }
        assertThat(failures).isEmpty();
    }
}
