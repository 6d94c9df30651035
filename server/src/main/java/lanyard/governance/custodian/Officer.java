package lanyard.governance.custodian;

import java.security.SecureRandom;
import java.util.Arrays;

/// One of the three who together guard a custodian, and the passphrase their share is sealed under. (A demonstration's
/// way; a smart card or passkey takes its place behind the same file.)
public record Officer(String name, char[] passphrase) {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int PASSPHRASE_LETTERS = 30;
    private static final int GROUP = 5;

    public Officer {
        if (name.isBlank() || name.length() > 100) {
            throw new CustodianRefusal("Each officer needs a name of at most 100 characters.");
        }
        if (passphrase.length < 12) {
            throw new CustodianRefusal("An officer's passphrase needs at least 12 characters.");
        }
    }

    /// An officer with a new passphrase, to be told them once: thirty letters and digits that are not mistaken for one
    /// another, 148 bits.
    public static Officer withNewPassphrase(String name, SecureRandom random) {
        var passphrase = new char[PASSPHRASE_LETTERS + PASSPHRASE_LETTERS / GROUP - 1];
        for (var i = 0; i < passphrase.length; i++) {
            passphrase[i] = i % (GROUP + 1) == GROUP ? '-' : LETTERS.charAt(random.nextInt(LETTERS.length()));
        }
        return new Officer(name, passphrase);
    }

    /// Once the share is sealed under it and it has been told.
    public void forgetPassphrase() {
        Arrays.fill(passphrase, '\0');
    }

    @Override
    public String toString() {
        return "Officer[" + name + ", passphrase hidden]";
    }
}
