package lanyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import lanyard.trust.console.TestConsole;

/// What a review offers when no pack can be made of it yet, and when its case is closed: then it is read, and its packs
/// are fetched.
final class ReviewOffers {
    private ReviewOffers() {}

    /// Before everything was read: what has to come first is said in its place.
    static void noPackIsOffered(TestConsole helen, String path) {
        assertThat(helen.get(path).text())
                .contains("A pack can be made later. 17 of 17 messages have not been reviewed yet.")
                .doesNotContain("Make a pack");
    }

    /// Closing ended its unsealing, and whoever still has its page open reads why nothing more is done.
    static void isReadOnly(TestConsole helen, String path, String word, String thirdParty) {
        var pack = helen.post(path + "/pack", path, Map.of());
        assertThat(pack.status()).isEqualTo(422);
        assertThat(pack.text()).contains("This case is closed");
        var search = Map.of("words", word, "left_out", "nothing", "why", "one more");
        var late = helen.post(path + "/search", path, search);
        assertThat(late.status()).isEqualTo(422);
        assertThat(late.text()).contains("This case is closed", "one more").doesNotContain("messages match");
        assertThat(helen.get(path).text())
                .contains("This case is closed: nothing more is unsealed", "Download pack 1", "Message 12")
                .doesNotContain("Make a pack", "Ask for an opinion", "Withhold the name", "Words to search for");
        assertThat(helen.get(path + "/12").text())
                .contains("Withheld: “Mr " + thirdParty)
                .doesNotContain("Take back", "Withhold the words", "This is health data", "Reviewed, go on");
        assertThat(helen.get(path + "/opinion/paper").text())
                .contains("This case is closed.")
                .doesNotContain("Record the opinion");
    }
}
