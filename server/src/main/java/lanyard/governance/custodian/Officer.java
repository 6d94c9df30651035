package lanyard.governance.custodian;

import java.security.SecureRandom;

/// One of the three who together guard a custodian, and the passphrase their share is sealed under. (A demonstration's
/// way; a smart card or passkey takes its place behind the same file.)
public record Officer(String name, String passphrase) {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int PASSPHRASE_LETTERS = 30;
    private static final int GROUP = 5;

    public Officer {
        if (name.isBlank() || name.length() > 100) {
            throw new CustodianRefusal("Each officer needs a name of at most 100 characters.");
        }
        if (passphrase.length() < 12) {
            throw new CustodianRefusal("An officer's passphrase needs at least 12 characters.");
        }
    }

    /// An officer with a new passphrase, to be told them once: thirty letters and digits that are not mistaken for one
    /// another, 148 bits.
    public static Officer withNewPassphrase(String name, SecureRandom random) {
        var passphrase = new StringBuilder();
        for (var i = 0; i < PASSPHRASE_LETTERS; i++) {
            if (i > 0 && i % GROUP == 0) {
                passphrase.append('-');
            }
            passphrase.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return new Officer(name, passphrase.toString());
    }

    @Override
    public String toString() {
        return "Officer[" + name + ", passphrase hidden]";
    }
}
