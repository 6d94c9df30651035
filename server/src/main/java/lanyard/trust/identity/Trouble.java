package lanyard.trust.identity;

import java.time.Instant;

/// A sign that somebody may be trying to be somebody else, for administrators.
///
/// @param user whose account it is about; empty when it is about none, or a name that nobody has
/// @param source the address it came from; empty when it came from several
record Trouble(Instant at, Kind kind, String user, String source) {
    enum Kind {
        ACCOUNT_SLOWED_DOWN("account_slowed_down"),
        SOURCE_SLOWED_DOWN("source_slowed_down"),
        DEVICE_DISOWNED("device_disowned"),
        TOKEN_WITHOUT_KEY("token_without_key");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static Trouble slowedAccount(String user, Instant at) {
        return new Trouble(at, Kind.ACCOUNT_SLOWED_DOWN, user, "");
    }

    static Trouble slowedSource(String source, Instant at) {
        return new Trouble(at, Kind.SOURCE_SLOWED_DOWN, "", source);
    }

    static Trouble disowned(String user, Instant at) {
        return new Trouble(at, Kind.DEVICE_DISOWNED, user, "");
    }

    static Trouble withoutKey(String user, String source, Instant at) {
        return new Trouble(at, Kind.TOKEN_WITHOUT_KEY, user, source);
    }

    @Override
    public String toString() {
        return "Trouble[" + kind + "]";
    }
}
