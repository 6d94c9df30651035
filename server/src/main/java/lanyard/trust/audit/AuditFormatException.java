package lanyard.trust.audit;

/// A part of the log is not what this server writes. The verifier turns it into a finding.
final class AuditFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuditFormatException(String sentence) {
        super(sentence);
    }
}
