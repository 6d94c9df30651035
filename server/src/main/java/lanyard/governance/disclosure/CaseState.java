package lanyard.governance.disclosure;

import java.util.Locale;

/// How far a case has come.
public enum CaseState {
    /// Logged; its scope is being found.
    OPEN,
    /// Somebody has asked for approval to look into what was sealed.
    ASKED,
    /// A second person has agreed.
    APPROVED,
    CLOSED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static CaseState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
