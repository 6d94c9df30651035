package lanyard.governance.disclosure;

import java.util.Collection;
import java.util.List;
import lanyard.platform.stream.Commit;

/// A feature that keeps something for a case and lets go of it when the case's time is over.
public interface CaseKeeper {
    /// What has gone.
    record Cleared(int messages, List<String> files) {
        public Cleared {
            files = List.copyOf(files);
        }
    }

    /// In the deed that ends the case: its rows go; the files they named go afterwards.
    Cleared clear(Commit commit, CaseId id);

    /// May be asked again of the same files.
    void destroy(Collection<String> files, String why);
}
