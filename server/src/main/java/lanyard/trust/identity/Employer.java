package lanyard.trust.identity;

/// Whom somebody works for, where that is not the organisation itself: an agency, another trust. The ODS code is kept
/// as
/// it was given and may be missing.
public record Employer(String ods, String name) {
    /// The organisation itself.
    public static final Employer OWN = new Employer("", "");

    public boolean isOther(String organization) {
        return !equals(OWN) && !ods.equals(organization);
    }
}
