package lanyard.governance.custodian;

/// One of the three who together guard a custodian, and the passphrase their share is sealed under. (A demonstration's
/// way; a smart card or passkey takes its place behind the same file.)
public record Officer(String name, String passphrase) {
    public Officer {
        if (name.isBlank() || name.length() > 100) {
            throw new CustodianRefusal("Each officer needs a name of at most 100 characters.");
        }
        if (passphrase.length() < 12) {
            throw new CustodianRefusal("An officer's passphrase needs at least 12 characters.");
        }
    }

    @Override
    public String toString() {
        return "Officer[" + name + ", passphrase hidden]";
    }
}
