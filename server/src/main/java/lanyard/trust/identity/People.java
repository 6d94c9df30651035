package lanyard.trust.identity;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import lanyard.platform.db.Tx;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.ServerName;
import lanyard.standards.matrix.UserId;

/// Everybody the organisations vouch for. There is no other way into the directory: nobody adds themselves.
public final class People {
    private static final int MOST_REMEMBERED = 50_000;
    private static final int LONGEST_WISH = 60;

    private final IdentityGround ground;
    private final PersonStore store = new PersonStore();
    private final Remembered<UserId, Person> remembered = new Remembered<>(MOST_REMEMBERED);
    private final List<BiConsumer<String, UserId>> listeners = new CopyOnWriteArrayList<>();

    People(IdentityGround ground) {
        this.ground = ground;
    }

    /// Costs no query for somebody seen lately. Service users and people who have left are found too.
    public Optional<Person> find(UserId user) {
        return remembered.get(user, () -> ground.database().read(tx -> store.find(tx, user)));
    }

    public Person get(UserId user) {
        return find(user)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "Nobody here has that user id."));
    }

    /// Everyone who works for the organisation now, without its service users.
    public List<Person> listStaff(String organization) {
        return ground.database().read(tx -> store.listStaff(tx, organization));
    }

    /// Those of `users` who work for the organisation now, as [#listStaff] would show them.
    public List<Person> listStaff(String organization, Collection<UserId> users) {
        return ground.database().read(tx -> store.listStaff(tx, organization, users));
    }

    /// These and every other account of the same people, by the professional registers and by the organisation's own
    /// staff numbers, from one account to the next; of who has left too. What rules that take two people ask: two
    /// spellings of a number are one, and what is no number (`N/A`, `000000`) makes nobody one.
    public Set<UserId> accountsOf(Tx tx, Collection<UserId> users) {
        var accounts = new HashSet<>(users);
        accounts.addAll(store.listSamePeople(tx, users));
        return accounts;
    }

    /// The same for one, on its own.
    public Set<UserId> accountsOf(UserId user) {
        return ground.database().read(tx -> accountsOf(tx, Set.of(user)));
    }

    /// Those of `users` whose second account would not be known, for nothing that is said of them tells people apart.
    public Set<UserId> listUntold(Collection<UserId> users) {
        return Set.copyOf(ground.database().read(tx -> store.listUntold(tx, users)));
    }

    /// Whether the staff number or the registration that somebody was given is none, for example `N/A` or `000000`.
    public boolean hasPlaceholder(Tx tx, UserId user) {
        return store.hasPlaceholder(tx, user);
    }

    /// What the organisation's directory calls the person for ever, whichever account they use; empty when it does not
    /// say.
    public void number(Commit commit, UserId user, String staffNumber) {
        store.number(commit.tx(), user, staffNumber);
    }

    /// Errors: `M_USER_IN_USE`.
    public void add(Commit commit, NewPerson person) {
        add(commit, person, PersonStore.Kind.STAFF);
    }

    void addService(Commit commit, NewPerson person) {
        add(commit, person, PersonStore.Kind.SERVICE);
    }

    private void add(Commit commit, NewPerson person, PersonStore.Kind kind) {
        if (!store.add(commit.tx(), person, kind, ground.now())) {
            throw new MatrixException(ErrorCode.M_USER_IN_USE, "That user name is taken.");
        }
        changed(commit, person.id(), person.organization());
    }

    /// A user id that nobody has, or ever had, made of `wish`: `Ann.O'Hara@trust.nhs.uk` is `ann.o.hara`, and whoever
    /// comes second gets a number.
    public UserId freeId(Commit commit, ServerName server, String wish) {
        var plain = Normalizer.normalize(wish, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        var local = plain.toLowerCase(Locale.ROOT)
                .replaceAll("@.*", "")
                .replaceAll("[^a-z0-9._-]+", ".")
                .replaceAll("^[._-]+|[._-]+$", "");
        var base = local.isEmpty() ? "user" : local.substring(0, Math.min(LONGEST_WISH, local.length()));
        for (var number = 1; ; number++) {
            var wanted = UserId.of(number == 1 ? base : base + "." + number, server);
            if (isFree(commit, wanted)) {
                return wanted;
            }
        }
    }

    private boolean isFree(Commit commit, UserId user) {
        return !NewPerson.isReserved(user.localpart())
                && store.find(commit.tx(), user).isEmpty();
    }

    /// What the organisation's directory says of somebody now.
    public void update(Commit commit, UserId user, String displayName, NewPerson.Post post) {
        store.update(commit.tx(), user, displayName, post)
                .ifPresent(organization -> changed(commit, user, organization));
    }

    /// The directory has said again that somebody works here; kept by the day.
    public void confirm(Commit commit, UserId user) {
        store.confirmed(commit.tx(), user, ground.now()).ifPresent(organization -> changed(commit, user, organization));
    }

    public void rename(Commit commit, UserId user, String displayName) {
        store.rename(commit.tx(), user, displayName).ifPresent(organization -> changed(commit, user, organization));
    }

    /// The encryption feature says so when they have signed a device as theirs: from now on an encrypted message can
    /// reach them, since colleagues' apps write to signed devices only. It stays so when that device is gone:
    /// what was written meanwhile is opened for their next one. Costs nothing once it is known.
    public void reachable(Commit commit, UserId user) {
        if (!remembered.known(user).map(Person::reachable).orElse(false)) {
            store.reachable(commit.tx(), user, ground.now())
                    .ifPresent(organization -> changed(commit, user, organization));
        }
    }

    void signedIn(Commit commit, UserId user) {
        store.signedIn(commit.tx(), user, ground.now());
    }

    /// False when they had left already.
    boolean end(Commit commit, UserId user) {
        var ended = store.end(commit.tx(), user, ground.now());
        ended.ifPresent(organization -> changed(commit, user, organization));
        return ended.isPresent();
    }

    /// `listener` is told the organisation and who of it has changed, after the commit and on the writer's thread.
    public void whenChanged(BiConsumer<String, UserId> listener) {
        listeners.add(listener);
    }

    /// Something of them that other tables or columns hold.
    void changed(Commit commit, UserId user) {
        store.find(commit.tx(), user).ifPresent(person -> changed(commit, user, person.organization()));
    }

    void changed(Commit commit, UserId user, String organization) {
        commit.afterCommit(() -> {
            remembered.forget(user);
            listeners.forEach(listener -> listener.accept(organization, user));
        });
    }
}
