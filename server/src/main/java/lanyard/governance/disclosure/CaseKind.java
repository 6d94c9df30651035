package lanyard.governance.disclosure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why somebody asks; it sets the clock.
public enum CaseKind {
    SUBJECT_ACCESS("Subject access request", "UK GDPR Article 15"),
    FREEDOM_OF_INFORMATION("Freedom of information request", "Freedom of Information Act 2000 section 1"),
    DATA_PROTECTION_COMPLAINT("Data protection complaint", "Data Protection Act 2018 section 164A"),
    NHS_COMPLAINT("NHS complaint", "NHS Complaints (England) Regulations 2009"),
    CORONER("Coroner", "Coroners and Justice Act 2009 Schedule 5"),
    SAFEGUARDING("Safeguarding", "Care Act 2014 section 45; Children Act 2004");

    private final String title;
    private final String usualBasis;

    CaseKind(String title, String usualBasis) {
        this.title = title;
        this.usualBasis = usualBasis;
    }

    /// As a heading has it.
    public String title() {
        return title;
    }

    /// The law such a case usually rests on.
    public String usualBasis() {
        return usualBasis;
    }

    /// As forms, addresses and the database spell it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CaseKind> find(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /// Whether it is not done until the requester has shown who they are. Freedom of information asks nobody why or
    /// who.
    boolean needsIdentity() {
        return this == SUBJECT_ACCESS;
    }

    /// Whether whoever asks says by when.
    boolean datesAreGiven() {
        return this == CORONER || this == SAFEGUARDING;
    }

    /// Whether the law lets whoever answers take more time.
    boolean isExtended() {
        return this == SUBJECT_ACCESS || this == FREEDOM_OF_INFORMATION;
    }

    /// Whether receipt has to be acknowledged by a date of its own.
    boolean isAcknowledged() {
        return this == DATA_PROTECTION_COMPLAINT || this == NHS_COMPLAINT;
    }

    /// Whether what costs too much need not be answered. A subject access request has no such limit: that one is
    /// manifestly unfounded or excessive is another thing.
    /// <https://www.legislation.gov.uk/ukpga/2000/36/section/12>
    boolean hasCostLimit() {
        return this == FREEDOM_OF_INFORMATION;
    }
}
