package lanyard.governance.custodian;

/// A ceremony, an export or an opening that cannot be, with a sentence for the officer in front of it.
public final class CustodianRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CustodianRefusal(String sentence) {
        super(sentence, null, false, false);
    }
}
