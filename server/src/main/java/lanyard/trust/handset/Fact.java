package lanyard.trust.handset;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Something said of a phone, and who says so. A web app can prove nothing of the phone it runs on.
record Fact(String name, String value, Provenance provenance, Instant at) {
    /// How it is known, the weakest first.
    enum Provenance {
        /// The app or its person says so.
        SELF_REPORTED,
        /// The identity provider or the device management says so.
        ASSERTED,
        /// A piece of hardware has signed it.
        ATTESTED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Provenance> find(String word) {
            return Arrays.stream(values())
                    .filter(one -> one.word().equals(word))
                    .findFirst();
        }
    }
}
