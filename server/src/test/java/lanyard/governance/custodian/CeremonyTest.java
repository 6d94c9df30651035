package lanyard.governance.custodian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import lanyard.platform.sealing.Ed25519;
import lanyard.platform.sealing.SealedDataException;
import lanyard.standards.matrix.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CeremonyTest {
    private static final UserId RECORDS = new UserId("@records:ward.example");
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<Officer> OFFICERS = List.of(
            new Officer("Caldicott Guardian", "first passphrase".toCharArray()),
            new Officer("SIRO", "second passphrase".toCharArray()),
            new Officer("IG lead", "third passphrase".toCharArray()));

    @TempDir
    Path directory;

    private static CeremonyResult hold() {
        var order = new CeremonyOrder("RXX", RECORDS, NOVEMBER, OFFICERS, Instant.EPOCH);
        return new Ceremony(order.making(), Ed25519.publicKey(new byte[32]), RANDOM).hold();
    }

    @Test
    void twelveDevicesHangOnOneIdentity() {
        var result = hold();

        assertThat(result.known().months()).hasSize(12);
        assertThat(result.known().months().getLast().month()).isEqualTo(YearMonth.of(2027, 10));
        result.known().months().forEach(device -> Sender.checkSignatures(result.known(), device));
        assertThat(result.known().months().stream().map(CustodianPublic.MonthDevice::device))
                .doesNotHaveDuplicates();
        assertThat(result.known().months().stream().map(device -> Sender.key(device, "curve25519")))
                .doesNotHaveDuplicates();
    }

    @Test
    void shareFilesAreSealedToTheirOfficersAndReadBack() throws IOException {
        var result = hold();
        var shares = new ShareFiles(directory, RANDOM);
        shares.stage(result, OFFICERS);
        shares.settle(List.of(result.ceremony()));
        var first = directory.resolve("officer-1.share");

        var read = TestOfficer.shareIn(first, "first passphrase");

        assertThat(read.parts().keySet()).hasSize(13).contains("identity", "2026-11", "2027-10");
        assertThat(read.parts().get("2026-11"))
                .isEqualTo(result.shares().getFirst().parts().get("2026-11"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(first, StandardCharsets.UTF_8))
                .contains("Caldicott Guardian")
                .doesNotContain("parts");
        assertThatThrownBy(() -> TestOfficer.shareIn(first, "second passphrase"))
                .isInstanceOf(SealedDataException.class);
    }

    @Test
    void anOfficersFileCannotPassForAnothers() throws IOException {
        var result = hold();
        new ShareFiles(directory, RANDOM).stage(result, OFFICERS);
        new ShareFiles(directory, RANDOM).settle(List.of(result.ceremony()));
        var first = directory.resolve("officer-1.share");
        Files.writeString(first, Files.readString(first).replace("\"officer\":1", "\"officer\":2"));

        assertThatThrownBy(() -> TestOfficer.shareIn(first, "first passphrase"))
                .isInstanceOf(SealedDataException.class);
    }

    @Test
    void sharesOfACeremonyThatNeverTookPlaceAreRemoved() {
        var never = hold();
        var shares = new ShareFiles(directory, RANDOM);
        shares.stage(never, OFFICERS);

        shares.settle(List.of());

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theSharesOfAnEarlierCeremonyStay() {
        var shares = new ShareFiles(directory, RANDOM);
        var first = hold();
        var second = hold();
        for (var result : List.of(first, second)) {
            shares.stage(result, OFFICERS);
            shares.settle(List.of(first.ceremony(), second.ceremony()));
        }

        assertThat(directory.resolve("officer-1.share")).exists();
        assertThat(directory.resolve("officer-1-" + second.ceremony() + ".share"))
                .exists();
        assertThat(TestOfficer.shareIn(directory.resolve("officer-1.share"), "first passphrase")
                        .holder()
                        .ceremony())
                .isEqualTo(first.ceremony());
    }

    @Test
    void aCeremonyNeedsThreeDifferentOfficersWithRealPassphrases() {
        var two = OFFICERS.subList(0, 2);
        var twice = List.of(OFFICERS.get(0), OFFICERS.get(1), OFFICERS.get(0));

        assertThatThrownBy(() -> new CeremonyOrder("RXX", RECORDS, NOVEMBER, two, Instant.EPOCH))
                .isInstanceOf(CustodianRefusal.class);
        assertThatThrownBy(() -> new CeremonyOrder("RXX", RECORDS, NOVEMBER, twice, Instant.EPOCH))
                .isInstanceOf(CustodianRefusal.class);
        assertThatThrownBy(() -> new Officer("SIRO", "short".toCharArray())).isInstanceOf(CustodianRefusal.class);
        assertThat(new String(Officer.withNewPassphrase("SIRO", RANDOM).passphrase()))
                .matches("([a-z2-9]{5}-){5}[a-z2-9]{5}");
    }

    @Test
    void nothingPrintedGivesASecretAway() {
        var result = hold();

        assertThat(result + " " + result.shares() + " " + OFFICERS).doesNotContain("passphrase,", "first passphrase");
        assertThat(result.toString()).contains("hidden");
        assertThat(result.shares().getFirst().toString()).contains("hidden");
    }
}
