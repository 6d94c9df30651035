package lanyard.trust.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import lanyard.platform.sealing.Hashes;
import org.junit.jupiter.api.Test;

class CompactRangeTest {
    private static final HexFormat HEX = HexFormat.of();

    /// The leaves and roots that Certificate Transparency implementations test one another with.
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void rootsAgreeWithOtherImplementations() {
        var range = new CompactRange();
        for (var i = 0; i < LEAVES.size(); i++) {
            range.add(CompactRange.leafHash(HEX.parseHex(LEAVES.get(i))));
            assertThat(HEX.formatHex(range.root())).isEqualTo(ROOTS.get(i));
        }
    }

    @Test
    void theEmptyTreeHasTheHashOfNothing() {
        assertThat(new CompactRange().root()).isEqualTo(Hashes.sha256());
    }

    /// RFC 9162's definition, written down as it stands.
    private static byte[] treeHash(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        var split = Integer.highestOneBit(leaves.size() - 1);
        return Hashes.sha256(
                new byte[] {1}, treeHash(leaves.subList(0, split)), treeHash(leaves.subList(split, leaves.size())));
    }

    @Test
    void everySizeAgreesWithTheDefinitionAndContinuesFromItsFrontier() {
        var leaves = new ArrayList<byte[]>();
        var range = new CompactRange();
        for (var i = 0; i < 300; i++) {
            leaves.add(CompactRange.leafHash(new byte[] {(byte) i, (byte) (i >> 8)}));
            range = CompactRange.of(range.size(), range.frontier());
            range.add(leaves.getLast());
            assertThat(range.root()).isEqualTo(treeHash(leaves));
        }
    }

    @Test
    void aFrontierOfTheWrongLengthIsRefused() {
        assertThatThrownBy(() -> CompactRange.of(3, new byte[32])).isInstanceOf(IllegalArgumentException.class);
    }
}
