package lanyard.messaging.directory;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.People;

/// The index of one organisation, which follows what changes. One node serves an organisation, so that every change
/// passes through its [People].
final class LiveIndex {
    private final String organization;
    private final People people;
    private final Nicknames nicknames;
    private final Set<UserId> changed = ConcurrentHashMap.newKeySet();
    private Optional<DirectoryIndex> index = Optional.empty();

    LiveIndex(String organization, People people, Nicknames nicknames) {
        this.organization = organization;
        this.people = people;
        this.nicknames = nicknames;
    }

    void changed(UserId user) {
        changed.add(user);
    }

    /// With everything that was committed before it was asked for.
    synchronized DirectoryIndex get() {
        var known = index.filter(one -> !one.isWorn()).orElseGet(this::build);
        var users = Set.copyOf(changed);
        if (!users.isEmpty()) {
            // Whoever changes from here on is read again next time.
            changed.removeAll(users);
            try {
                known.replace(users, people.listStaff(organization, users));
            } catch (RuntimeException e) {
                changed.addAll(users);
                throw e;
            }
        }
        return known;
    }

    private DirectoryIndex build() {
        var fresh = new DirectoryIndex(people.listStaff(organization), nicknames);
        index = Optional.of(fresh);
        return fresh;
    }
}
