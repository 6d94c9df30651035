package lanyard.governance.disclosure;

import java.util.Locale;

/// Whether it is known that the requester is who they say.
public enum IdentityCheck {
    NEEDED,
    SHOWN,
    NOT_NEEDED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static IdentityCheck of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
