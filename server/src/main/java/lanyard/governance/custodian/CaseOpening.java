package lanyard.governance.custodian;

import java.security.SecureRandom;
import java.util.List;
import java.util.Set;

/// Opens a case with two officers' shares, offline.
///
/// What could go wrong: more is read than the case is about, by fewer people than it takes, or a forged file makes the
/// officers open something else. The principles: a case file is signed and its scope is obeyed here, not where it was
/// made; keys of other rooms are dropped as they are met; what was opened lives in this process's memory and is closed
/// with it; nothing but events of the room and the span leaves.
final class CaseOpening {
    private final CaseFile file;
    private final TwoOfficers officers;
    private final SecureRandom random;

    CaseOpening(CaseFile file, TwoOfficers officers, SecureRandom random) {
        this.file = file;
        this.officers = officers;
        this.random = random;
    }

    Disclosure open() {
        var room = file.scope().room();
        try (var opener = new Opener(List.of(officers), Set.of(room), random)) {
            return opener.open(file);
        }
    }
}
