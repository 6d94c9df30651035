package lanyard.governance.custodian;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// Where passphrases come from: files, or the keyboard. Never the command line, which other users of a machine see.
final class Passphrases {
    private final List<Path> files;

    Passphrases(List<Path> files) {
        this.files = files;
    }

    /// The passphrase for the file at `index` among those asked for.
    String get(int index, String whose) {
        if (files.isEmpty()) {
            return typed(whose);
        }
        if (index >= files.size()) {
            throw new CustodianRefusal("Give one --passphrase-file for each file, in the same order, or none.");
        }
        try {
            return Files.readString(files.get(index), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new CustodianRefusal("The passphrase file " + files.get(index) + " cannot be read.");
        }
    }

    private static String typed(String whose) {
        var console = Objects.requireNonNull(System.console(), "Java always has a console now");
        var typed = console.isTerminal() ? console.readPassword("Passphrase of %s: ", whose) : null;
        if (typed == null) {
            throw new CustodianRefusal("There is no keyboard to ask at: give a --passphrase-file for each file.");
        }
        return new String(typed);
    }
}
