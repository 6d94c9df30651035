package lanyard.trust.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What somebody is trusted to do for the organisation, apart from their work. None of them reads anybody's messages
/// by itself.
public enum Duty {
    /// Opens and works cases.
    INFORMATION_GOVERNANCE("information governance team"),
    /// Agrees, as a second person, that a case may look into what was sealed.
    CASE_APPROVER("case approver"),
    CALDICOTT_GUARDIAN("Caldicott guardian"),
    DATA_PROTECTION_OFFICER("data protection officer"),
    /// The senior information risk owner.
    SIRO("senior information risk owner"),
    /// Holds a share of the custodian's key.
    CUSTODIAN_OFFICER("custodian officer"),
    /// Retention, and what waits for the record.
    RECORDS("records manager"),
    HELP_DESK("help desk"),
    /// Keeps the on-call roles and who holds them when.
    ROTA("rota coordinator"),
    ADMINISTRATOR("administrator");

    private final String title;

    Duty(String title) {
        this.title = title;
    }

    /// As a sentence has it.
    public String title() {
        return title;
    }

    /// As forms, addresses and the database spell it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Duty> find(String word) {
        return Arrays.stream(values()).filter(duty -> duty.word().equals(word)).findFirst();
    }
}
